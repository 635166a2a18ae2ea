"""Coverage-guided fuzzing of one format: `python tests/fuzz/fuzz_guided.py PROFILE -runs=100000`, libFuzzer's options.

Our damage on layers is the mutator, libFuzzer keeps what reached new code. Needs atheris (in the development group).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "src"), str(Path(__file__).resolve().parent)]

import atheris

with atheris.instrument_imports(include=["zhixing.gateway"]):
    from zhixing.gateway.profiles.registry import wire_get

from fuzz_bodies import message_sound
from fuzz_checks import judge
from fuzz_mutations import damaged

_SEEDS = 40


def main(arguments: list[str]) -> None:
    """Runs until libFuzzer has enough, or a rule breaks."""
    profile, *options = arguments
    wire = wire_get(profile)
    corpus = Path(tempfile.mkdtemp(prefix="zhixing-fuzz-"))
    for number in range(_SEEDS):
        (corpus / f"sound-{number}").write_bytes(message_sound(wire, Random(number)))

    def mutate(raw: bytes, most: int, seed: int) -> bytes:
        return damaged(bytes(raw), Random(seed))[:most]

    atheris.Setup(
        [sys.argv[0], "-max_len=65536", *options, str(corpus)],
        lambda raw: judge(wire, raw) and None,
        custom_mutator=mutate,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
