"""The receipt a bank or registry sends back: a PDF that states each measure, the figures and the reasons."""

from __future__ import annotations

from datetime import datetime

from simworld.catalog import Agency
from simworld.institutions.bank_control import Outcome
from simworld.institutions.clock import stamp
from simworld.institutions.freezing import yuan
from simworld.paperfiles import render_pdf

MEASURE_NAMES = {
    "01": "冻结",
    "02": "继续冻结",
    "03": "轮候冻结",
    "04": "解除冻结",
    "05": "解除轮候冻结",
    "06": "扣划",
    "11": "查封",
    "12": "继续查封",
    "14": "解除查封",
}
_SOURCE = """
#let data = json(bytes(sys.inputs.at("data")))
#set page(paper: "a4", margin: (x: 2.4cm, y: 2.6cm))
#set text(font: ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun"), size: 11pt, lang: "zh")
#align(center, text(17pt, weight: "bold", "协助执行回执"))
#v(0.8em)
#data.addressed：
#par(first-line-indent: (amount: 2em, all: true), data.opening)
#for item in data.items {
  v(0.6em)
  text(weight: "bold", item.title)
  v(0.2em)
  table(columns: (5.8cm, 1fr), stroke: 0.5pt + luma(140), inset: 6pt,
    ..item.rows.map(row => (row.at(0), row.at(1))).flatten())
}
#v(1.6em)
#align(right, block(align(center)[#data.name \\ #data.code \\ #data.at]))
#place(bottom + right, dx: -0.6cm, dy: -1.2cm, rotate(-12deg, circle(radius: 1.7cm, stroke: 1.4pt + rgb("#b42318"),
  align(center + horizon, text(8.5pt, fill: rgb("#b42318"), data.stamp)))))
"""


def bank_receipt(
    agency: Agency,
    head: dict[str, str],
    items: list[tuple[dict[str, str], Outcome]],
    *,
    now: datetime,
    font_paths: list[str],
) -> bytes:
    """Receipt for all items of one control request."""
    first = items[0][0] if items else {}
    ruling = first.get("CKWH", "")
    opening = (
        f"贵院{head.get('AH', '')}一案，{ruling}裁定书及{head.get('CKH', '') or '协助执行通知书'}"
        f"（请求单号{head.get('BDHM', '')}）收悉，现将办理结果回复如下："
    )
    return render_pdf(
        _SOURCE,
        {
            "addressed": head.get("FYMC", ""),
            "opening": opening,
            "items": [_item(item, outcome) for item, outcome in items],
            "name": agency.name,
            "code": agency.code,
            "at": stamp(now),
            "stamp": f"{agency.name}\n司法协助专用\n（模拟）",
        },
        font_paths,
    )


def _item(item: dict[str, str], outcome: Outcome) -> dict:
    name = MEASURE_NAMES.get(outcome.action, outcome.action)
    rows = [["账号", outcome.account], ["办理结果", "已办理" if outcome.controlled else "未办理"]]
    if outcome.controlled:
        amount = {"06": "实际扣划金额（元）", "04": "解除金额（元）", "05": "解除金额（元）"}.get(
            outcome.action, "实际冻结可用金额（元）"
        )
        rows += [["办理时账户余额（元）", yuan(outcome.balance)], [amount, yuan(outcome.amount)]]
        if outcome.action in ("01", "02", "03"):
            rows += [
                ["冻结限额（元）", yuan(outcome.limit)],
                ["额度冻结（超额）金额（元）", yuan(outcome.excess)],
                ["期限", f"{outcome.start[:16]} 至 {outcome.until[:16]}"],
            ]
        if outcome.action == "06":
            rows.append(["收款账户", f"{item.get('ZXKZHHM', '')} {item.get('ZXKZHZH', '')}"])
    else:
        rows.append(["未办理原因", outcome.reason])
    for freeze in outcome.earlier:
        rows.append(
            ["在先冻结", f"{freeze['DJJG']} {freeze['DJWH']}，{freeze['DJJE']}元，至{freeze['DJJZRQ'][:10]}"]
        )
    for right in outcome.rights:
        rows.append([right["QLLX"], f"{right['QLR']}，{right['QLJE']}元"])
    if outcome.remark:
        rows.append(["备注", outcome.remark])
    return {"title": f"第{outcome.number}项　{name}", "rows": rows}


def registry_receipt(
    agency: Agency, head: dict[str, str], rows: list[dict], *, at: str, font_paths: list[str]
) -> bytes:
    """Receipt of the registry: one table per item."""
    items = []
    for row in rows:
        table = [["不动产单元号", row["unit"]], ["办理结果", "已办理" if row["controlled"] else "未办理"]]
        for label, key in (
            ("查封业务号", "seizure_no"),
            ("期限", "period"),
            ("未办理原因", "reason"),
            ("备注", "remark"),
        ):
            if row[key]:
                table.append([label, row[key]])
        items.append({"title": f"{MEASURE_NAMES.get(row['action'], row['action'])}", "rows": table})
    return render_pdf(
        _SOURCE,
        {
            "addressed": head.get("FYMC", ""),
            "opening": f"贵院{head.get('AH', '')}一案协助执行通知书（请求单号{head.get('CXQQDH', '')}）收悉，"
            "现将办理结果回复如下：",
            "items": items,
            "name": agency.name,
            "code": agency.code,
            "at": at,
            "stamp": f"{agency.name}\n司法协助专用\n（模拟）",
        },
        font_paths,
    )
