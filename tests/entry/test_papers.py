"""Opening a sealed paper, and checking one without a login."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from acts_world import World, case_make, party_login, probe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhixing.acts.models import Draft, Entry, EntryKind
from zhixing.acts.services import step_decide
from zhixing.documents.models import Document
from zhixing.documents.views import ATTEMPTS
from zhixing.kernel.clock import now

Login = Callable[[str], Client]


@pytest.fixture
def paper(world: World) -> Document:
    """A closing notice, approved and sealed."""
    draft: Draft = probe(world, moment=now(), papers=True)
    for who in ("manager", "chief", "vice"):
        step_decide(draft_id=draft.pk, actor=world.actor(who), approve=True, opinion="同意", moment=now())
    return Document.objects.get(draft_id=draft.pk)


def party(world: World, role: str = "applicant") -> Client:
    client = Client()
    client.force_login(party_login(world.case, role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_staff_and_party_of_the_case_open_it_and_each_opening_is_journalled(
    world: World, login: Login, paper: Document
) -> None:
    answer = login("judge").get(f"/documents/{paper.pk}/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("inline")
    assert (
        party(world).get(f"/documents/{paper.pk}/?download=1")["Content-Disposition"].startswith("attachment")
    )
    names = list(
        Entry.objects.filter(chain=world.case.pk, kind=EntryKind.READ)
        .order_by("seq")
        .values_list("actor_name", flat=True)
    )
    assert names == ["张文清", "韩玉芬"]


def test_party_of_another_case_strangers_and_blind_officers_do_not(
    world: World, login: Login, paper: Document
) -> None:
    other = World(staff=world.staff, case=case_make(world.staff["judge"]))
    assert party(other).get(f"/documents/{paper.pk}/").status_code == 404
    assert login("officer").get(f"/documents/{paper.pk}/").status_code == 404
    assert Client().get(f"/documents/{paper.pk}/")["Location"].startswith("/login/")


def test_code_tells_court_kind_number_and_day_but_no_person(world: World, paper: Document) -> None:
    answer = Client().get("/verify/", {"code": paper.code.lower().replace("-", " ")}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    for shown in ("孟村回族自治县人民法院", paper.number, paper.code, paper.sha256, "结案通知书"):
        assert shown in page
    for hidden in ("韩玉芬", "田文祥", "张文清"):
        assert hidden not in page


def test_unknown_and_impossible_codes_are_told_apart(world: World) -> None:
    assert Client().get("/verify/2222-3333-4444/").status_code == 404
    answer = Client().get("/verify/", {"code": "O0-1"})
    assert answer.status_code == 422
    assert "这不是文书核验码" in answer.content.decode()


def upload(content: bytes, name: str = "paper.pdf") -> str:
    answer = Client().post(
        "/verify/", {"file": SimpleUploadedFile(name, content, content_type="application/pdf")}
    )
    return answer.content.decode()


def test_original_file_passes_and_a_changed_one_does_not(world: World, paper: Document) -> None:
    from zhixing.documents.services import document_content

    original = document_content(paper)
    assert "核验通过" in upload(original)
    changed = bytearray(original)
    changed[len(changed) // 3] ^= 1
    page = upload(bytes(changed))
    assert "核验不通过" in page
    assert "核验通过" not in page.replace("核验不通过", "")
    assert "核验不通过" in upload(original + b"\n% more")


def test_unsealed_file_picture_and_nothing_are_refused_in_words(world: World) -> None:
    assert "这不是 PDF 文件" in upload(b"\x89PNG....")
    assert "没有选择文件" in Client().post("/verify/", {}).content.decode()
    assert "核验不通过" in upload(b"%PDF-1.7\nnothing")


def test_attempts_of_one_session_are_limited(world: World) -> None:
    client = Client()
    codes = {client.get("/verify/2222-3333-4444/").status_code for _ in range(ATTEMPTS)}
    assert codes == {404}
    assert client.get("/verify/2222-3333-4444/").status_code == 429
