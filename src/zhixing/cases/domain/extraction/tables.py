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
    r"备注|说明|开户人|户主|持有人|持卡人|账户名称?|机主|法定代表人|金额|余额|关系|内容|[^\d\s]{0,6}(?:号码|账号|电话|姓名))$"
)
SPLIT = re.compile(r"\t| *\| *| {2,}")
NAME_HEADINGS = re.compile(
    r"开户人|户主|持有人|持卡人|账户名|机主|姓名|名称|户名|被执行人|申请(?:执行)?人|当事人|债务人|所有人|权利人|车主"
)


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


def _is_loose_heading(line: str) -> bool:
    """Headings parted by single blanks, as the text layer of a PDF gives them."""
    words = line.split()
    return len(words) > 2 and "\t" not in line and "|" not in line and all(map(HEADING.match, words))


def _loose(text: str, pieces: list[tuple[int, int]], labels: list[str], row: int) -> list[Cell]:
    """Cells parted by single blanks: by place when the row is full, else by what they look like."""
    if len(pieces) == len(labels):
        return [
            Cell(start=s, end=e, row=row, label=label) for (s, e), label in zip(pieces, labels, strict=True)
        ]
    name = next((label for label in labels if NAME_HEADINGS.search(label) and "开户行" not in label), "")
    place = next((label for label in labels if re.search("地址|住址", label)), "")
    cells, named = [], False
    for start, end in pieces:
        word = text[start:end]
        label = "其他"
        if name and not named and re.fullmatch(r"[\u4e00-\u9fff·()]{2,40}", word):
            label, named = name, True
        elif place and re.search(r"[市县区乡镇村]", word) and len(word) > 6:
            label = place
        cells.append(Cell(start=start, end=end, row=row, label=label))
    return cells


def cells_of(text: str) -> list[Cell]:
    """All cells under a row of headings, in the order of the text."""
    if " " not in text and "\t" not in text and "|" not in text:
        return []
    cells: list[Cell] = []
    labels: list[str] = []
    loose = False
    offset = 0
    for row, line in enumerate(text.split("\n")):
        pieces = _pieces(line, offset) if line.strip() else []
        if _is_loose_heading(line) or loose:
            pieces = [(offset + m.start(), offset + m.end()) for m in re.finditer(r"\S+", line)]
            loose = len(pieces) > 1
        words = [text[start:end].replace(" ", "") for start, end in pieces]
        if len(words) > 1 and all(HEADING.match(word) for word in words if word):
            labels = words
            cells += [Cell(start=s, end=e, row=row, label="", heading=True) for s, e in pieces if e > s]
        elif labels and loose:
            cells += _loose(text, pieces, labels, row)
        elif labels and len(pieces) > 1:
            named = zip(pieces, labels, strict=False)
            cells += [Cell(start=s, end=e, row=row, label=label) for (s, e), label in named if e > s]
        elif line.strip() and not set(line) <= set("-|+= "):
            labels = []
        offset += len(line) + 1
    return cells
