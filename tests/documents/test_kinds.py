"""Contents are checked as a whole, keep their values and rest on law that the law book knows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from documents_samples import SAMPLES

from zhixing.documents.domain.kinds import KINDS, kind_of, paper_build
from zhixing.documents.domain.paper import ACT_TITLES
from zhixing.documents.domain.problems import ContentRefused, UnknownKind
from zhixing.documents.engine.press import TEMPLATES
from zhixing.law.book import book


def test_every_kind_has_sample_and_template() -> None:
    assert set(SAMPLES) == set(KINDS)
    assert [c for c in KINDS if not (TEMPLATES / f"{c}.typ").exists()] == []
    assert len({k.label for k in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("code", KINDS)
def test_content_survives_storing(code: str) -> None:
    paper = paper_build(code, SAMPLES[code])
    assert paper_build(code, paper.model_dump(mode="json")) == paper


def test_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UnknownKind, match="freeze_ruling"):
        kind_of("love_letter")


def test_all_problems_are_told_at_once() -> None:
    content = {k: v for k, v in SAMPLES["deduct_ruling"].items() if k != "number"}
    content |= {"court": "  ", "total": 567323.54, "extra": 1, "cause": "买卖\u202e合同"}
    with pytest.raises(ContentRefused) as refusal:
        paper_build("deduct_ruling", content)
    sentences = [p.sentence for p in refusal.value.problems]
    assert sentences == [
        "“法院名称”不能为空",
        "缺少“文号”",
        "“案由”：含有不能印出的控制字符（U+202E），请删去后再试",
        "“扣划总额（元）”：金额应以文字或定点数给出，不能用浮点数",
        "“extra”不是这种文书的内容，请删去",
    ]
    assert {p.field for p in refusal.value.problems} == {"court", "number", "cause", "total", "extra"}


def test_problem_inside_a_list_names_the_row_and_not_the_value() -> None:
    content = SAMPLES["freeze_notice"] | {
        "accounts": [{"institution": "某行", "account": "", "amount": "1.234"}]
    }
    with pytest.raises(ContentRefused) as refusal:
        paper_build("freeze_notice", content)
    told = str(refusal.value)
    assert "“账户清单”的第 1 项的“账号”不能为空" in told
    assert "“账户清单”的第 1 项的“金额（元）”最多保留两位小数" in told
    assert "1.234" not in told


def test_deduct_total_must_equal_the_list() -> None:
    with pytest.raises(ContentRefused, match=r"567323\.53 元与清单合计 567323\.54 元不一致"):
        paper_build("deduct_ruling", SAMPLES["deduct_ruling"] | {"total": "567323.53"})


def test_payout_balances_must_agree() -> None:
    with pytest.raises(ContentRefused, match="发放前余额减去发放合计"):
        paper_build("payout_form", SAMPLES["payout_form"] | {"balance_after": "7982.01"})


def test_two_officers_are_needed() -> None:
    content = SAMPLES["freeze_notice"]
    with pytest.raises(ContentRefused, match="“执行人员”至少应有 2 项"):
        paper_build("freeze_notice", content | {"officers": content["officers"][:1]})


def test_amounts_are_exact() -> None:
    paper = paper_build("freeze_ruling", SAMPLES["freeze_ruling"])
    assert paper.limit == Decimal("567323.54")
    assert paper.print_data()["limit"]["cap"] == "伍拾陆万柒仟叁佰贰拾叁元伍角肆分"


def test_legal_basis_is_in_the_law_book_under_the_same_title() -> None:
    citations = book().citations
    for kind in KINDS.values():
        for key in kind.law_keys():
            assert key in citations, f"{kind.code}: {key}"
    for act, title in ACT_TITLES.items():
        inner = citations[act].title.replace("《", "〈").replace("》", "〉")
        assert inner == title
