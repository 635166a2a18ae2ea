"""What letters to institutions say, from the figures and the law book."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from zhixing.command.scores import Figures, Owed
from zhixing.courts.models import Court, Staff
from zhixing.gateway.models import Agency, AgencyKind, OrderKind
from zhixing.kernel.clock import COURT_ZONE, court_date
from zhixing.law.book import book
from zhixing.law.terms import add_months, term_days

BANK_LIKE = frozenset({AgencyKind.BANK, AgencyKind.FUND_BANK})
LISTED = 40  # a reminder stays within two pages; the rest is told as a number


def duty_of(kind: str, *, on: date) -> str:
    """The hours and where they stand. For an institution without such a rule: our reference, said to be one."""
    if kind in BANK_LIKE:
        source = book().citation("bank64")
        return f"《{source.title}》（{source.number}）要求金融机构收到网络查控请求后{term_days('bank.answer', on=on)}小时内有效反馈。"
    hours = book().at(on).value("gateway.answer_hours")
    return f"对贵单位的反馈时限没有统一规定，本函以{hours}小时作为参考时限，仅供双方核对办理情况。"


def contact_of(court: Court, staff: Staff | None) -> str:
    """Whom the institution calls."""
    name = f"{staff.name}，" if staff is not None else ""
    return f"{name}{court.name}执行指挥中心，电话{court.phone or '见本院公告'}"


def letter_content(
    agency: Agency, figures: Figures, *, court: Court, staff: Staff | None, moment: datetime
) -> dict[str, Any]:
    """Fields of 协助执行情况通报函."""
    day, first = court_date(moment), figures.month
    return {
        "number": f"（{first.year}）{court.code}协通{first.month}号之{agency.code}",
        "addressee": agency.name,
        "first_day": first,
        "last_day": add_months(first, 1) - timedelta(days=1),
        "counted_at": moment_words(moment),
        "figures": [
            {"name": name, "value": value, "meaning": meaning}
            for name, value, meaning in figure_lines(figures, is_bank=agency.kind in BANK_LIKE)
        ],
        "duty": duty_of(agency.kind, on=day),
        "contact_line": contact_of(court, staff),
    }


def reminder_content(
    agency: Agency, owed: list[Owed], *, count: int, court: Court, staff: Staff | None, moment: datetime
) -> dict[str, Any]:
    """Fields of 协助执行提醒函. count: all that is owed, of which the oldest are listed."""
    return {
        "number": f"（{moment.astimezone(COURT_ZONE).year}）{court.code}协提{moment.astimezone(COURT_ZONE):%m%d}号之{agency.code}",
        "addressee": agency.name,
        "counted_at": moment_words(moment),
        "owed": [
            {
                "request_number": row.request_no,
                "kind": str(OrderKind(row.kind).label),
                "handed_at": moment_words(row.listed_at),
                "hours": row.hours,
            }
            for row in owed[:LISTED]
        ],
        "more": max(0, count - LISTED),
        "duty": duty_of(agency.kind, on=court_date(moment)),
        "contact_line": contact_of(court, staff),
    }


def figure_lines(row: Figures, *, is_bank: bool) -> list[tuple[str, str, str]]:
    """Name, figure, meaning; facts only."""
    hours = "时限" if is_bank else "参考时限"
    share = f"（{row.late_share:.1%}）" if row.late_share is not None else ""
    return [
        ("送达的请求", f"{row.handed} 件", "查询和控制请求，含重发"),
        ("已经反馈", f"{row.answered} 件", "收到可以解读的反馈"),
        ("反馈用时中位数", minutes_words(row.median), "一半请求在此时间内反馈"),
        ("反馈用时九成位", minutes_words(row.p90), "九成请求在此时间内反馈"),
        (f"超过{hours}", f"{row.late} 件{share}", f"占已反馈和超{hours}未反馈之和的比例"),
        ("其中仍未反馈", f"{row.silent} 件", f"超过{hours}且至今没有反馈"),
        ("退回", f"{row.refused} 件", "因手续、文书或者其他原因退回"),
        ("技术异常", f"{row.failed} 件", "反馈为系统故障、超时等"),
        ("部分反馈", f"{row.partial} 件", "有的记录无法使用"),
        ("报文无法解读", f"{row.schema_faults} 份", "格式、字符集或者编码有误"),
        ("前后不一致", f"{row.conflicts} 份", "对同一请求再次反馈且内容不同"),
        ("请求单号不明", f"{row.unknown} 份", "写明的单号不是发给贵单位的请求"),
        ("更正反馈", f"{row.corrections} 份", "登记机构依规则作出的更正"),
    ]


def minutes_words(value: int | None) -> str:
    """Minutes as people say them."""
    if value is None:
        return "—"
    return f"{value} 分钟" if value < 120 else f"{value / 60:.1f} 小时"


def moment_words(moment: datetime) -> str:
    """Court time to the minute."""
    return f"{moment.astimezone(COURT_ZONE):%Y年%m月%d日 %H:%M}"
