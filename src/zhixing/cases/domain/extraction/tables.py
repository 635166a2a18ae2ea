"""Tables in plain text: rows of cells parted by tabs, bars or wide gaps, under a row of headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADING = re.compile(
    r"^(?:序号|编号|姓名|名称|姓名[/或及(]名称\)?|户名|被执行人(?:姓名|名称)?|申请(?:执行)?人(?:姓名|名称)?|当事人|债务人|"
    r"诉讼地位|身份|性别|身份证(?:号码?)?|公民身份号码|证件号码?|(?:证件号|身份证号)[/或].*|统一社会信用代码|"
    r"(?:联系)?(?:电话|方式)|手机号?码?|联系电话.*|电话.*|微信号?|QQ号?码?|支付宝(?:账号)?|(?:电子)?邮箱|"
    r"(?:家庭)?住址|(?:联系|家庭|现住)?地址|工作单位|单位|车牌号码?|开户(?:银)?行|(?:银行)?(?:账|帐)号|银行卡号|卡号|"
    r"不动产权证(?:书)?号?|产权证号|房产证号|坐落|所有人|权利人|车主|财产(?:类型|种类|名称|线索)|线索(?:内容|类型)|"
    r"备注|说明|金额|余额|关系|内容|[^\d\s]{0,6}(?:号码|账号|电话|姓名))$"
)
SPLIT = re.compile(r"\t| *\| *| {2,}")
NAME_HEADINGS = re.compile(r"姓名|名称|户名|被执行人|申请(?:执行)?人|当事人|债务人|所有人|权利人|车主")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell; `label` is its column heading, empty for a table without headings."""

    start: int
    end: int
    row: int
    label: str
    heading: bool = False


def _pieces(line: str, offset: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    last = 0
    for gap in [*SPLIT.finditer(line), None]:
        stop = gap.start() if gap else len(line)
        body = line[last:stop]
        if body.strip() or (gap and (pieces or gap.group() == "\t")):
            lead = len(body) - len(body.lstrip())
            pieces.append((offset + last + lead, offset + last + max(lead, len(body.rstrip()))))
        last = gap.end() if gap else stop
    return pieces


def cells_of(text: str) -> list[Cell]:
    """All cells under a row of headings, in the order of the text."""
    if "\t" not in text and "|" not in text and "  " not in text:
        return []
    cells: list[Cell] = []
    labels: list[str] = []
    offset = 0
    for row, line in enumerate(text.split("\n")):
        pieces = _pieces(line, offset) if line.strip() else []
        words = [text[start:end].replace(" ", "") for start, end in pieces]
        if len(words) > 1 and all(HEADING.match(word) for word in words if word):
            labels = words
            cells += [Cell(start=s, end=e, row=row, label="", heading=True) for s, e in pieces if e > s]
        elif labels and len(pieces) > 1:
            named = zip(pieces, labels, strict=False)
            cells += [Cell(start=s, end=e, row=row, label=label) for (s, e), label in named if e > s]
        elif line.strip() and not set(line) <= set("-|+= "):
            labels = []
        offset += len(line) + 1
    return cells
