"""Base pages and the gallery: drawn whole, and free of anything the page policy forbids."""

from __future__ import annotations

import re
import types

import pytest
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import include, path, set_urlconf

from zhixing.ui import samples, samples_public
from zhixing.ui.shell import nav_build

FORBIDDEN = re.compile(r"\sstyle=|\son[a-z]+=|javascript:|<style", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r'<script(?![^>]*\bsrc=)(?![^>]*type="application/json")', re.IGNORECASE)


def _urls(*routes: str) -> types.ModuleType:
    module = types.ModuleType("urls_of_test")
    views = [path(route, lambda request: HttpResponse()) for route in routes]
    module.urlpatterns = [path("ui/", include("zhixing.ui.urls")), *views]  # pyright: ignore[reportAttributeAccessIssue]
    return module


@pytest.fixture(autouse=True)
def _addresses():
    set_urlconf(_urls("", "cases/", "cases/<int:pk>/", "funds/"))
    yield
    set_urlconf(None)


def _gallery_context() -> dict[str, object]:
    return {"shell": samples.shell("/ui/"), "csrf_token": "t", **samples.gallery()}


PAGES = [
    ("ui/gallery.html", _gallery_context),
    (
        "ui/gallery_phone.html",
        lambda: {"shell": samples.shell("/ui/phone/", phone=True), **samples_public.phone()},
    ),
    ("ui/gallery_hall.html", lambda: {"shell": samples.shell("/ui/hall/"), **samples_public.hall()}),
    ("ui/gallery_plain.html", lambda: {"form": samples.login_form()}),
    *[(f"{code}.html", lambda: {}) for code in ("400", "403", "403_csrf", "404", "413", "500")],
]


@pytest.mark.parametrize(("name", "context"), PAGES)
def test_page_is_whole_and_keeps_the_page_policy(engine: Engine, name: str, context) -> None:
    html = engine.get_template(name).render(Context(context()))
    assert html.count("<h1") == 1
    assert html.count("<main") == 1 and 'lang="zh-CN"' in html and 'class="skip"' in html
    assert FORBIDDEN.search(html) is None
    assert INLINE_SCRIPT.search(html) is None


@pytest.mark.parametrize(("name", "context"), PAGES[:4])
def test_ids_are_unique_and_fields_are_labelled(engine: Engine, name: str, context) -> None:
    html = engine.get_template(name).render(Context(context()))
    plain = re.sub(r"<template.*?</template>|<defs>.*?</defs>", "", html, flags=re.DOTALL)
    ids = re.findall(r'\sid="([^"]+)"', plain)
    assert sorted(ids) == sorted(set(ids))
    for found in re.findall(r"<(?:input|select|textarea)\b[^>]*>", plain):
        if 'type="hidden"' in found or 'type="checkbox"' in found or 'type="radio"' in found:
            continue
        control = re.search(r'\sid="([^"]+)"', found)
        assert control and f'for="{control[1]}"' in plain, found


def test_rail_holds_no_dead_link_and_marks_the_longest_match() -> None:
    keys = {"workbench", "cases", "funds", "supervision"}
    nav = nav_build(path="/cases/12/", keys=keys, counts={"workbench": 21})
    assert [item.key for item in nav] == ["workbench", "cases", "funds"]
    assert [item.key for item in nav if item.current] == ["cases"]
    assert nav[0].count == 21


def test_nothing_is_current_elsewhere() -> None:
    assert not any(item.current for item in nav_build(path="/search", keys={"workbench", "cases"}))
