"""What the tags write."""

from __future__ import annotations

import re
from datetime import date

import pytest

from zhixing.kernel.errors import Problem
from zhixing.ui.forms import Choice, FieldView, FormView
from zhixing.ui.parts import ApprovalStep, CheckLine, Stage
from zhixing.ui.templatetags.ui import CHIP_ICONS


def test_icon_is_hidden_from_readers_unless_named(draw) -> None:
    assert 'aria-hidden="true"' in draw('{% icon "check" %}')
    assert "vendor/icons.svg#check" in draw('{% icon "check" %}')
    assert 'role="img" aria-label="超期"' in draw('{% icon "check" "超期" %}')


def test_chip_escapes_and_refuses_unknown_kinds(draw) -> None:
    assert "&lt;b&gt;" in draw("{% chip 'done' words %}", words="<b>")
    with pytest.raises(KeyError):
        draw("{% chip 'purple' 'x' %}")
    assert all(f"chip-{kind}" in draw(f"{{% chip '{kind}' 'x' %}}") for kind in CHIP_ICONS)


def test_law_takes_text_or_key(draw) -> None:
    assert draw('{% law "查扣冻规定第十九条" %}') == '<span class="law">查扣冻规定第十九条</span>'
    assert "第二百五十三条 30 日" in draw('{% law "cpl.253" "30 日" %}')
    assert draw('{% law "" %}') == ""


def test_unknown_citation_is_an_error_not_a_blank(draw) -> None:
    with pytest.raises(Exception, match="nosuch"):
        draw('{% law "nosuch.1" %}')


def test_due_chip_uses_todays_date_in_court(draw) -> None:
    assert "超期 2 天" in draw("{% due_chip due %}", due=date(2026, 3, 2))
    assert "chip-warn" in draw('{% due_chip due tier="T3" %}', due=date(2026, 3, 2))


def test_crumb_links_all_but_the_last(draw) -> None:
    html = draw('{% crumb "工作台" "/" "案件" "/cases/" "案款" %}')
    assert html.count("<a ") == 2
    assert '<span aria-current="page">案款</span>' in html


def test_metro_says_states_in_words(draw) -> None:
    stages = [
        Stage(name="立案", state="done"),
        Stage(name="查询", state="now", flag="late"),
        Stage(name="结案"),
    ]
    html = draw("{% metro stages %}", stages=stages)
    assert "s3" in html and 'aria-current="step"' in html
    assert [word in html for word in ("，已办结", "，超期", "，未到")] == [True, True, True]


def test_steps_and_checks_carry_words_for_readers(draw) -> None:
    assert "，退回" in draw("{% approval_steps s %}", s=[ApprovalStep(name="刘振国", state="back")])
    problem = Problem(code="a.b", sentence="超出总额。", mend="请减少。", law="查扣冻规定第十九条")
    html = draw("{% checks c %}", c=[CheckLine(sentence="已生效"), problem])
    assert "is-ok" in html and "is-bad" in html and "请减少。" in html


def test_empty_works_inside_and_beside_a_loop(draw) -> None:
    beside = '{% empty "没有" "原因" label="去" href="/a/" %}'
    text = '{% for x in xs %}{% empty_state "甲" %}{% empty %}' + beside + "{% endfor %}"
    assert "没有" in draw(text, xs=[]) and 'href="/a/"' in draw(text, xs=[])
    assert "甲" in draw(text, xs=[1])


def _form(**changes: object) -> FormView:
    given: dict[str, object] = {
        "action": "/do/",
        "idempotency_key": "k-1",
        "fields": (
            FieldView(
                name="amount",
                label="金额",
                widget="money",
                value="1",
                required=True,
                hint="不超过总额",
                problems=(Problem(code="x.y", sentence="超出。", mend="请减少。"),),
            ),
            FieldView(
                name="kind",
                label="种类",
                widget="radio",
                value="b",
                choices=(Choice(value="a", label="甲"), Choice(value="b", label="乙")),
            ),
            FieldView(
                name="what",
                label="查什么",
                widget="checkboxes",
                value=("a",),
                choices=(Choice(value="a", label="甲"),),
            ),
            FieldView(name="paper", label="文书", widget="file", accept=".pdf,.docx", max_bytes=31457280),
            FieldView(
                name="items",
                label="清单",
                widget="rows",
                items=((FieldView(name="items-0-n", label="名"),),),
                blank=(FieldView(name="items-__n__-n", label="名"),),
            ),
            FieldView(name="case", label="", widget="hidden", value="7"),
        ),
    }
    return FormView(**(given | changes))  # pyright: ignore[reportArgumentType]: test helper


def test_form_names_every_problem_above_and_beside(draw) -> None:
    html = draw("{% act_form form %}", form=_form(problems=(Problem(code="a.b", sentence="案件已结。"),)))
    assert "还有 2 处要改" in html
    assert 'href="#f-amount"' in html and 'aria-invalid="true"' in html
    assert html.count("超出。") == 2


def test_form_references_only_ids_that_exist(draw) -> None:
    html = draw("{% act_form form %}", form=_form(blocked="还差 1 项"))
    ids = set(re.findall(r' id="([^"]+)"', html))
    used = {one for found in re.findall(r'aria-describedby="([^"]+)"', html) for one in found.split()}
    assert used <= ids
    assert set(re.findall(r' for="([^"]+)"', html)) <= ids
    assert len(re.findall(r' id="([^"]+)"', html)) == len(ids)


def test_form_posts_key_token_and_files(draw) -> None:
    html = draw("{% act_form form %}", form=_form(), csrf_token="t-1")
    assert 'name="idempotency_key" value="k-1"' in html
    assert 'name="csrfmiddlewaretoken" value="t-1"' in html
    assert "multipart/form-data" in html and 'data-max-bytes="31457280"' in html
    assert "可选 PDF、DOCX。不超过 30 MB。" in html


def test_form_keeps_choices(draw) -> None:
    html = draw("{% act_form form %}", form=_form())
    assert re.search(r'type="radio" name="kind" value="b" checked', html)
    assert re.search(r'type="checkbox" name="what" value="a" checked', html)


def test_warning_may_be_overridden_with_a_reason(draw) -> None:
    warning = Problem(code="id.check_digit", sentence="校验位不符。", level="warning")
    html = draw(
        "{% act_form form %}",
        form=_form(problems=(warning,), overridden=("id.check_digit",), override_reason="原件如此"),
    )
    assert 'name="override" value="id.check_digit" checked' in html
    assert 'name="override_reason"' in html and "原件如此" in html
    assert "还有 1 处要改" in html  # the warning is not counted among what must be mended


def test_blocked_form_says_why(draw) -> None:
    html = draw("{% act_form form %}", form=_form(blocked="还差 3 项认定"))
    assert "disabled" in html and "还差 3 项认定" in html
