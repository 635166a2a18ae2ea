"""Filing by the pages: papers in, form filled in, warnings overridden with a reason, bad files told one by one."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from pages_fixtures import world  # noqa: F401
from pages_world import World, checked_id, paper_text
from paper_files import scanned_pdf

from zhixing.cases.models import Case, Filing, Paper
from zhixing.platform import scope


def upload(client: Any, *files: SimpleUploadedFile, **more: str) -> Any:
    return client.post("/cases/new/", {"papers": list(files), **more})


def text_file(name: str = "申请书.txt", *, obligor: str | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, paper_text(obligor=obligor).encode())


def form_values(page: str) -> dict[str, str]:
    """What a browser would send back unchanged."""
    values = dict(re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', page))
    for value, name in re.findall(r'<input[^>]*? value="([^"]*)"[^>]*? name="([^"]+)"', page):
        values.setdefault(name, value)
    for name, body in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        values[name] = chosen.group(1) if chosen else ""
    values |= dict(re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL))
    return {k: v for k, v in values.items() if "__n__" not in k}


def test_papers_fill_the_form_and_the_case_is_docketed(world: World) -> None:  # noqa: F811
    clerk = world.client("clerk")
    answer = upload(clerk, text_file())
    assert answer.status_code == 302
    page = clerk.get(answer.url).content.decode()
    values = form_values(page)
    assert values["title_number"] == "（2025）冀0930民初871号"
    assert values["title_kind"] == "民事判决书"
    assert values["principal"] == "80000.00"
    assert values["costs"] == "1800"
    assert values["perform_by"] == "2025-12-31"
    assert values["cause"] == "民间借贷纠纷"
    assert values["parties-1-name"] == "马立群"
    assert values["parties-1-id_number"] == checked_id("13093019740304961")
    done = clerk.post(answer.url, values)
    assert done.status_code == 302, re.findall(r"bad-list.*?</ul>", done.content.decode(), re.DOTALL)
    with scope.system("test"):
        case = Case.objects.get()
        assert re.fullmatch(r"（\d{4}）冀0930执1号", case.number)
        assert Paper.objects.get().case_id == case.pk
    assert done.url == f"/cases/{case.pk}/clues/"
    clues = clerk.get(done.url).content.decode()
    assert "6217004830000023382" in clues
    assert "<mark>6217004830000023382</mark>" in clues


def test_each_bad_file_is_told_and_the_good_one_is_kept(world: World, settings: Any) -> None:  # noqa: F811
    settings.PAPER_MAX_BYTES = 4000
    clerk = world.client("clerk")
    answer = upload(
        clerk,
        text_file(),
        SimpleUploadedFile("照片.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 300),
        SimpleUploadedFile("大卷.txt", b"a" * 4001),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "照片.jpg" in page
    assert "大卷.txt" in page
    assert "没有收下" in page
    assert "已收下" in page
    with scope.system("test"):
        filing = Filing.objects.get()
        assert [p.filename for p in filing.papers.all()] == ["申请书.txt"]
    again = upload(
        clerk,
        SimpleUploadedFile("补充.txt", "被执行人马立群，手机13831790175。".encode()),
        filing=str(filing.pk),
    )
    assert again.url == f"/cases/new/{filing.pk}/"
    with scope.system("test"):
        assert filing.papers.count() == 2


def test_the_same_file_twice_is_kept_once(world: World) -> None:  # noqa: F811
    clerk = world.client("clerk")
    first = upload(clerk, text_file())
    filing = first.url.split("/")[-2]
    upload(clerk, text_file("副本.txt"), filing=filing)
    with scope.system("test"):
        assert Paper.objects.count() == 1


def test_a_scan_without_text_is_refused_in_words(world: World) -> None:  # noqa: F811
    answer = upload(world.client("clerk"), SimpleUploadedFile("扫描件.pdf", scanned_pdf()))
    assert answer.status_code == 422
    assert "OCR" in answer.content.decode()
    with scope.system("test"):
        assert not Filing.objects.exists()


def test_a_wrong_check_digit_warns_and_yields_to_a_reason(world: World) -> None:  # noqa: F811
    clerk = world.client("clerk")
    right = checked_id("13093019740304961")
    wrong = right[:17] + ("0" if right[17] != "0" else "1")
    url = upload(clerk, text_file(obligor=wrong)).url
    values = form_values(clerk.get(url).content.decode()) | {
        "parties-1-id_kind": "resident_id",
        "parties-1-id_number": wrong,
    }
    refused = clerk.post(url, values)
    page = refused.content.decode()
    assert refused.status_code == 422
    codes = re.findall(r'name="override" value="([^"]+)"', page)
    assert codes, "the warning must offer to be overridden"
    with scope.system("test"):
        assert not Case.objects.exists()
    kept = form_values(page)
    assert kept["parties-1-id_number"] == wrong
    done = clerk.post(url, kept | {"override": codes, "override_reason": "与身份证原件核对一致"})
    assert done.status_code == 302
    with scope.system("test"):
        assert Case.objects.count() == 1


def test_a_title_of_another_court_is_pointed_out(world: World) -> None:  # noqa: F811
    clerk = world.client("clerk")
    text = paper_text().replace(
        "孟村回族自治县人民法院（2025）冀0930民初871号", "盐山县人民法院（2025）冀0925民初12号"
    )
    url = upload(clerk, SimpleUploadedFile("申请书.txt", text.encode())).url
    page = clerk.get(url).content.decode()
    assert "盐山县人民法院作出，请核对本院是否为" in page


def test_an_assistant_does_not_docket(world: World) -> None:  # noqa: F811
    assert world.client("assistant").get("/cases/new/").status_code == 403


def test_a_filing_of_another_court_is_not_found(world: World) -> None:  # noqa: F811
    url = upload(world.client("clerk"), text_file()).url
    assert world.client("stranger").get(url).status_code == 404


def test_an_enforcement_number_is_no_title(world: World) -> None:  # noqa: F811
    clerk = world.client("clerk")
    url = upload(clerk, text_file()).url
    values = form_values(clerk.get(url).content.decode()) | {"title_number": "（2025）冀0925执12号"}
    answer = clerk.post(url, values)
    assert answer.status_code == 422
    assert "是执行案件的案号，不是执行依据的文号" in answer.content.decode()
