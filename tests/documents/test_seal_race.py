"""Several processes that start at once make one seal, never a mixture of two."""

from __future__ import annotations

import subprocess
import sys

MAKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from zhixing.documents.engine.seals.authority import Authority
made = Authority(keys_dir=Path(sys.argv[1]), passphrase=b"test-only").seal_issue(
    court_code="130930", court="某县人民法院", high_code="130000", high_court="某省高级人民法院", moment=datetime(2026, 3, 4, tzinfo=UTC))
assert made.key.public_key() == made.certificate.public_key()
print(made.certificate.serial_number)
"""


def test_one_seal_from_many_makers(tmp_path):
    makers = [
        subprocess.Popen([sys.executable, "-c", MAKER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    told = [maker.communicate(timeout=60)[0].strip() for maker in makers]
    assert [maker.returncode for maker in makers] == [0] * 6
    assert len(set(told)) == 1
