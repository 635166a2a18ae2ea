"""A press, an authority and a sealer shared by all tests of this room."""

from __future__ import annotations

import sys
import warnings
from datetime import timedelta
from pathlib import Path

import pytest

# Test modules are imported by path, so what they share must be on the search path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from documents_samples import COURT, MOMENT

from zhixing.documents.domain.paper import Imprint
from zhixing.documents.engine.press import Press
from zhixing.documents.engine.seals.authority import Authority
from zhixing.documents.engine.seals.sealer import Sealer

_CHECKOUT = Path(__file__).resolve().parents[2]
# The product's own fonts first; the distribution's package has the same glyphs under another family name.
_FONT_DIRECTORIES = (_CHECKOUT / "build" / "assets" / "fonts", Path("/usr/share/fonts/opentype/noto"))


@pytest.fixture(scope="session")
def fonts_dir() -> Path:
    for directory in _FONT_DIRECTORIES:
        if any(directory.glob("NotoSerif*")):
            if directory != _FONT_DIRECTORIES[0]:
                warnings.warn(f"product fonts not installed, testing with {directory}", stacklevel=2)
            return directory
    pytest.fail("No Noto Serif SC found: run `make setup`, or install fonts-noto-cjk.")


@pytest.fixture(scope="session")
def press(fonts_dir: Path) -> Press:
    return Press(fonts_dir=fonts_dir)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = Authority(keys_dir=tmp_path_factory.mktemp("keys"), passphrase=b"only for tests")
    made.seal_issue(
        court_code="130930",
        court=COURT,
        high_code="130000",
        high_court="河北省高级人民法院",
        moment=MOMENT - timedelta(days=30),
    )
    return made


@pytest.fixture(scope="session")
def sealer(authority: Authority, press: Press) -> Sealer:
    return Sealer(authority=authority, fonts=press.fonts)


@pytest.fixture
def imprint() -> Imprint:
    return Imprint(
        verification_code="7F3K-9QX2-M4TD",
        verification_url="http://127.0.0.1:8000/verify/7F3K-9QX2-M4TD",
        site="127.0.0.1:8000/verify",
    )
