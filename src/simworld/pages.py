"""The two pages a visitor of the simulation looks at: a phone and a mailbox. Readable on a phone."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from simworld.inbox import Inbox, Letter

_STYLE = """
:root{--ink:#1b2733;--soft:#5b6b7a;--line:#dfe5ea;--paper:#fff;--ground:#eef2f5;--mark:#1f5fa8}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);
 font:16px/1.65 -apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
header{background:#17324d;color:#fff;padding:14px 18px}
header a{color:#fff;text-decoration:none}
header p{margin:2px 0 0;font-size:13px;color:#c9d6e2}
nav{display:flex;gap:18px;margin-top:6px;font-size:15px}
main{max-width:760px;margin:0 auto;padding:16px}
h1{font-size:19px;margin:6px 0 14px}
a{color:var(--mark)}
.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;margin:0 0 12px;padding:14px 16px}
.row{display:flex;justify-content:space-between;gap:12px;align-items:baseline}
.row a{font-weight:600;text-decoration:none;overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:13px}
.phone{max-width:420px;margin:0 auto;background:#fff;border:1px solid var(--line);border-radius:26px;
 padding:18px 14px 26px;min-height:60vh}
.phone h1{text-align:center;border-bottom:1px solid var(--line);padding-bottom:10px}
.bubble{background:#e9edf1;border-radius:4px 16px 16px 16px;padding:10px 13px;margin:4px 28px 14px 0;
 overflow-wrap:anywhere;white-space:pre-wrap}
.code{font-weight:700;letter-spacing:1px}
.letter{white-space:pre-wrap;overflow-wrap:anywhere;margin:10px 0 0}
ul.files{list-style:none;margin:12px 0 0;padding:10px 0 0;border-top:1px solid var(--line)}
.empty{text-align:center;color:var(--soft);padding:40px 10px}
"""


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="refresh" content="5"><title>{escape(title)}</title><style>{_STYLE}</style></head><body>'
        '<header><a href="/"><strong>模拟手机与邮箱</strong></a>'
        "<p>演示用：短信和邮件只到这里，不会发给任何真实号码。每 5 秒自动刷新。</p>"
        '<nav><a href="/phone">手机短信</a><a href="/mail">电子邮箱</a></nav></header>'
        f"<main>{body}</main></body></html>"
    )


def _list(title: str, rows: list[tuple[str, int, str]], link: str, unit: str, empty: str) -> str:
    cards = "".join(
        f'<div class="card row"><a href="{link}{quote(name)}">{escape(name)}</a>'
        f'<span class="soft">{count} {unit}，最近 {escape(at)}</span></div>'
        for name, count, at in rows
    )
    return f"<h1>{title}</h1>{cards or f'<p class=empty>{empty}</p>'}"


def index(inbox: Inbox) -> str:
    """Both lists on one page."""
    return _page("模拟手机与邮箱", _phones(inbox) + _boxes(inbox))


def _phones(inbox: Inbox) -> str:
    return _list(
        "手机短信", inbox.numbers(), "/phone?n=", "条", "还没有短信。法院发出开启码或通知后会出现在这里。"
    )


def _boxes(inbox: Inbox) -> str:
    return _list("电子邮箱", inbox.boxes(), "/mail?box=", "封", "还没有邮件。")


def phone(inbox: Inbox, number: str) -> str:
    """One phone with its messages, newest on top; the list of phones when no number is given."""
    if not number:
        return _page("手机短信", _phones(inbox))
    messages = inbox.sms(number)
    bubbles = "".join(
        f'<div class="soft">{escape(m["at"])}</div><div class="bubble">{_with_code(m["text"])}</div>'
        for m in messages
    )
    empty = '<p class="empty">这个号码还没有短信。</p>'
    body = f'<div class="phone"><h1>{escape(number)}</h1>{bubbles or empty}</div>'
    return _page(f"{number} 的短信", body)


def _with_code(text: str) -> str:
    """The text with a one-time code made easy to see."""
    return re.sub(r"(?<![\d.])(\d{6})(?![\d.])", r'<span class="code">\1</span>', escape(text))


def mail(inbox: Inbox, box: str) -> str:
    """Letters of one mailbox; the list of mailboxes when none is given."""
    if not box:
        return _page("电子邮箱", _boxes(inbox))
    letters = "".join(_letter(letter) for letter in inbox.mail(box))
    return _page(f"{box} 的邮箱", f"<h1>{escape(box)}</h1>{letters or '<p class=empty>没有邮件。</p>'}")


def _letter(letter: Letter) -> str:
    files = "".join(
        f'<li><a href="/mail/attachment?id={letter.id}&amp;n={place}">{escape(name)}</a>'
        f' <span class="soft">{_size(len(content))}</span></li>'
        for place, (name, _, content) in enumerate(letter.attachments)
    )
    return (
        f'<div class="card"><div class="row"><strong>{escape(letter.subject) or "（无主题）"}</strong>'
        f'<span class="soft">{escape(letter.at)}</span></div>'
        f'<div class="soft">发件人 {escape(letter.sender)}</div><div class="letter">{escape(letter.text)}</div>'
        + (f'<ul class="files">{files}</ul>' if files else "")
        + "</div>"
    )


def _size(count: int) -> str:
    return f"{count / 1024:.1f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"
