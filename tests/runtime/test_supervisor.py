"""Programs are kept alive and none outlives its supervisor."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from runtime_installation import SOURCES, Installation, eventually

from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.supervisor import Service, Supervisor, sole_supervisor, state_read

pytestmark = pytest.mark.slow

# A program with a child of its own; both write their numbers. The child ignores polite requests.
PARENT = """
import os, signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"])
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()} {child.pid}\\n")
time.sleep(600)
"""
SUPERVISOR = """
import sys
from zhixing.platform.runtime.settings import Runtime
from zhixing.platform.runtime.supervisor import Service, Supervisor, sole_supervisor
runtime = Runtime.from_environment()
with sole_supervisor(runtime):
    arguments = (sys.executable, "-c", sys.argv[1], sys.argv[2])
    supervisor = Supervisor(runtime, [Service(name="program", arguments=arguments)], lambda note: None)
    supervisor.start()
    print("started", flush=True)
    supervisor.run()
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def numbers(file: Path) -> list[list[int]]:
    """(program, its child) of every start so far."""
    return (
        [[int(word) for word in line.split()] for line in file.read_text().splitlines()]
        if file.exists()
        else []
    )


@pytest.fixture
def supervised(installed: Installation, tmp_path: Path) -> tuple[subprocess.Popen[str], Path]:
    """A running supervisor with one program."""
    file = tmp_path / "numbers"
    process = installed.start("-c", SUPERVISOR, PARENT, str(file))
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    assert eventually(lambda: numbers(file))
    return process, file


def test_supervisor_asked_to_stop_leaves_no_process(supervised: tuple[subprocess.Popen[str], Path]):
    process, file = supervised
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert not any(alive(pid) for pid in numbers(file)[0])


def test_supervisor_restarts_a_killed_program_and_buries_its_children(
    installed: Installation, supervised: tuple[subprocess.Popen[str], Path]
):
    process, file = supervised
    program, child = numbers(file)[0]
    os.kill(program, signal.SIGKILL)
    assert eventually(lambda: len(numbers(file)) == 2)
    assert not alive(child), "the child of the killed program was left behind"
    assert eventually(lambda: (state_read(installed.runtime) or {})["services"]["program"]["restarts"] == 1)
    process.terminate()
    assert process.wait(20) == 0
    assert state_read(installed.runtime) is None


def test_supervisor_killed_takes_its_programs_along(supervised: tuple[subprocess.Popen[str], Path]):
    process, file = supervised
    process.kill()
    assert eventually(lambda: not alive(numbers(file)[0][0]))
    os.kill(numbers(file)[0][1], signal.SIGKILL)  # the stubborn grandchild belongs to this test


def test_supervisor_second_one_in_the_same_home_is_refused(
    installed: Installation, supervised: tuple[subprocess.Popen[str], Path]
):
    with pytest.raises(RuntimeProblem, match="zhixing stop"), sole_supervisor(installed.runtime):
        pass
    shown = installed.command("status", "--json")
    assert shown.returncode == 0
    assert json.loads(shown.stdout)["pid"] == supervised[0].pid
    assert installed.command("stop").returncode == 0
    assert supervised[0].wait(20) == 0
    assert installed.command("status").returncode == 3


@pytest.fixture
def signals_kept():
    """`Supervisor.start` takes the signals of the process it runs in; here that is the test run."""
    kept = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for sign, handler in kept.items():
        signal.signal(sign, handler)


@pytest.mark.usefixtures("signals_kept")
def test_supervisor_program_that_cannot_start_is_told_with_its_log(installed: Installation):
    notes: list[str] = []
    # Nobody answers at that address, so the program never counts as healthy.
    listed = [
        Service(name="sound", arguments=("/bin/sleep", "60")),
        Service(name="hopeless", arguments=("/bin/false",), health="http://127.0.0.1:9/"),
    ]
    supervisor = Supervisor(installed.runtime, listed, notes.append)
    with sole_supervisor(installed.runtime), pytest.raises(RuntimeProblem, match=r"log/hopeless\.log"):
        supervisor.start()
    assert any("next start in 1.0 s" in note for note in notes), "the pause must grow"
    assert all(child.process is None for child in supervisor.children)


def test_sources_are_where_the_tests_think():
    assert (SOURCES / "zhixing" / "platform" / "runtime" / "supervisor.py").is_file()
