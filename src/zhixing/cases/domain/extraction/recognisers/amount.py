"""Sums of principal: what is owed before interest, costs and penalties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhixing.cases.domain.extraction.model import Check, Found, Kind
from zhixing.cases.domain.extraction.numerals import NUMERAL_CHARS, figures_to_yuan, words_to_yuan
from zhixing.cases.domain.extraction.view import View

CURRENCY = r"(?:人民币|RMB|¥|共计|合计|计|为|:|\s){0,4}"
FIGURES = r"(?<![0-9.])(?P<figures>[0-9](?:[0-9]|[, ](?=[0-9]{3}(?![0-9]))){0,18}(?:[ ]?\.[ ]?[0-9]{1,6})?)[ ]?(?P<unit>[十百千]?[万亿]{0,2})[ ]?(?P<odd>[0-9]{1,4}千)?[ ]?(?:元|圆)整?"
MARKED = r"¥[ ]?(?P<marked>[0-9](?:[0-9]|[, ](?=[0-9]{3}(?![0-9]))){0,18}(?:\.[0-9]{1,6})?)(?:元整?)?"
UNMARKED_WAN = r"(?<![0-9.])(?P<wan>[0-9]{1,9}(?:\.[0-9]{1,6})?)[ ]?(?P<wanunit>[万亿])(?![元圆0-9平多余])"
WORDS = rf"(?P<words>(?:[{NUMERAL_CHARS}][ ]?){{1,24}}[元圆](?:[ ]?[{NUMERAL_CHARS}][ ]?[角分]){{0,2}}(?:零?[{NUMERAL_CHARS}]分)?[ ]?[整正]?)"
WORDS_WAN = (
    r"(?P<wordswan>[一二三四五六七八九十两百千]{1,6}[万亿])(?![元圆多余亩平股张字吨]|[一二三四五六七八九])"
)
MONEY = re.compile(f"{FIGURES}|{MARKED}|{WORDS}|{UNMARKED_WAN}|{WORDS_WAN}")

PRINCIPAL = re.compile(
    r"本\s*金|(?:借|贷|货|欠|购房|购车|购货|材料|转让|价|劳务|工程|垫付|代偿|投资|股权转让|房|装修|运输|承揽|加工|定作|设备|集资|回购)款|"
    r"(?:工程|劳务|承揽|加工|装修|安装|运输|租赁|使用|服务|人工|施工|设计|材料)费|租金|劳动报酬|工资|报酬|运费|房租|借到|借得|拖欠|尚欠|欠付|结欠|(?:向|从)[^,。;\n]{1,14}借(?!款?利)|出借|借给|借了|借的|借过|借去|欠我|欠你|还我|还本"
)
PAID = re.compile(
    r"仅(?:归还|偿还|支付|付|还)|(?:转账|现金|微信|支付宝|银行|汇款|承兑|电汇|取现)[^,]{0,6}(?:支付|偿还|给付|归还|还)|已(?:经)?(?:付|还|支付|偿还|归还|履行|给付|清偿|返还|收到|转|扣划|执行到位|到位)|还(?:过|了)|偿还了|支付了|给付了|归还了|付了|付过|陆续(?:还|归还|偿还|支付)|先后(?:还|归还|偿还|支付)|预付|收回|抵顶|抵扣|扣除|减免|放弃"
)
RECURRING = re.compile(r"每月|每年|月薪|年薪|月工资|应收|到期债权|约$|大约|收入")
DEBT = re.compile(r"尚|仍|下欠|剩余|余款|未(?:付|还|支付|偿还|归还|给付|清)|欠")
CONTRACTED = re.compile(r"约定(?:的)?(?:借|贷)款|授信|最高额")
OTHER_SUM = re.compile(
    r"金额为|额度|利\s*息|罚息|复利|违约金|滞纳金|受理费|执行费|保全费|律师费|律师代理费|代理费|诉讼费|公告费|鉴定费|评估费|保险费|担保费|公证费|手续费|迟延履行|"
    r"加倍|赔偿金|抚慰金|医疗费|误工费|定金|押金|保证金|质保金|注册资本|出资|余额|存款|评估价|总价|市值|价值|月供|罚款|罚金|收入|标的(?:额|金额)?|"
    r"限额|额度|合计|共计|总计|总额|月工资|年薪|每月|按月|分期|转账|转款|汇款|转入|汇入|取现|总造价|造价|结算价|合同价|优惠|起付|保额|抵押(?:金额|担保)|最高额|最高债权|售价|成交"
)


SMALLEST_IN_WORDS = 100  # less is a name (耿三元) or a count, never a principal in words


@dataclass(frozen=True, slots=True)
class _Sum:
    start: int
    end: int
    value: Decimal
    in_words: bool


def _sums(text: str) -> Iterator[_Sum]:
    for match in MONEY.finditer(text):
        value = _value(match)
        if value is not None and value > 0 and not (match["words"] and value < SMALLEST_IN_WORDS):
            yield _Sum(match.start(), match.end(), value, bool(match["words"] or match["wordswan"]))


def _value(match: re.Match[str]) -> Decimal | None:
    if match["figures"]:
        value = figures_to_yuan(match["figures"], match["unit"])
        if value is not None and match["odd"]:
            value += Decimal(match["odd"][:-1]) * 1000
        return value
    if match["marked"]:
        return figures_to_yuan(match["marked"], "")
    if match["wan"]:
        return figures_to_yuan(match["wan"], match["wanunit"])
    return words_to_yuan((match["words"] or match["wordswan"]).replace(" ", ""))


def find(view: View) -> Iterator[Found]:
    """Sums that the words before them call principal; words and figures of one sum are one clue."""
    text = view.text
    sums = list(_sums(text))
    index = 0
    while index < len(sums):
        first = sums[index]
        twin = sums[index + 1] if index + 1 < len(sums) else None
        between = text[first.end : twin.start] if twin else ""
        joined = (
            twin is not None
            and re.fullmatch(r"[ ]?\(?(?:大写|小写|即|人民币|RMB|[:¥ ]){0,4}", between) is not None
        )
        joined = joined and twin is not None and (first.in_words != twin.in_words or "(" in between)
        index += 2 if joined else 1
        if _is_principal(text, first.start):
            yield _found(first, twin if joined else None, text)


def _is_principal(text: str, start: int) -> bool:
    floor = max(text.rfind(mark, 0, start) for mark in "。;\n")
    sentence = text[max(floor + 1, start - 60) : start]
    if "债权:" in sentence:
        return False
    clause = re.split(r"[,、](?![0-9])|(?<![0-9]),", sentence)[-1]
    if re.search(r"(?:不超过|至|以上|每|满|低于|高于|余|约定|按|以)$", clause) and not PRINCIPAL.search(
        clause[-12:]
    ):
        return False
    clause = re.sub(r"(?:利息|本息)?以(?=[^,。;]{0,10}本金)", "利息基数", clause)
    if CONTRACTED.search(clause):
        return False
    if RECURRING.search(clause) and not DEBT.search(clause):
        return False
    named = list(PRINCIPAL.finditer(clause))
    if not named or "利息基数" in clause:
        return False
    last = named[-1]
    after = clause[last.end() :]
    other = OTHER_SUM.search(after) or re.search(
        r"[0-9]+(?:\.[0-9]+)?[ ]?[元万]|[一二三四五六七八九十百千万]{2,}元", after
    )
    if other or len(after) > 24:
        return False
    if re.search(r"(?:合同|协议|总|本息|利)$", clause[: last.start()]) and re.search(
        r"总", clause[: last.start()][-4:]
    ):
        return False
    paid = PAID.search(clause)
    return not (paid and not DEBT.search(clause[paid.end() :]))


def _found(first: _Sum, twin: _Sum | None, text: str) -> Found:
    end = twin.end if twin else first.end
    if twin and text[first.end : twin.start].count("(") and text[end : end + 1] == ")":
        end += 1
    check = Check()
    value = first.value
    if twin:
        agrees = twin.value == first.value
        problem = f"大写金额与小写金额不一致：一为{first.value:.2f}元，一为{twin.value:.2f}元，请以原件核对。"
        check = Check(ok=agrees, problems=() if agrees else (problem,))
        value = first.value if first.in_words else twin.value if twin.in_words else first.value
    return Found(
        kind=Kind.PRINCIPAL, start=first.start, end=end, value=f"{value:.2f}", check=check, strength=2
    )
