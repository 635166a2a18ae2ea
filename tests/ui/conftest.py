"""Rendering of single components needs no more than the address of static files."""

from __future__ import annotations

from pathlib import Path

import django
import pytest
from django.conf import settings
from django.template import Context, Engine

if not settings.configured:
    settings.configure(
        STATIC_URL="/static/", ROOT_URLCONF="zhixing.ui.urls", USE_TZ=True, INSTALLED_APPS=["zhixing.ui"]
    )
    django.setup()

UI = Path(__file__).resolve().parents[2] / "src" / "zhixing" / "ui"


@pytest.fixture(autouse=True)
def _frozen_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIXING_NOW", "2026-03-04T08:46")


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The template engine as the project sets it up: our tags built in."""
    return Engine(
        dirs=[str(UI / "templates")],
        builtins=["zhixing.ui.templatetags.ui", "django.templatetags.static"],
    )


@pytest.fixture
def draw(engine: Engine):
    """Render a template text with a context."""

    def _draw(text: str, **context: object) -> str:
        return engine.from_string(text).render(Context(context))

    return _draw
