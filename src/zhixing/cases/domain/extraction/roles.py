"""The words that introduce a party and the role that each stands for."""

from __future__ import annotations

import re

from zhixing.cases.domain.extraction.model import Role

WORDS: tuple[tuple[Role, str], ...] = (
    (
        Role.AGENT,
        "委托诉讼代理人|委托代理人|诉讼代理人|特别授权代理人|法定代理人|指定代理人|代理律师|授权代表|代理人",
    ),
    (
        Role.LEGAL_REPRESENTATIVE,
        "法定代表人|法人代表|主要负责人|执行事务合伙人|经营者|负责人|代表人",
    ),
    (Role.GUARANTOR, "连带责任保证人|连带保证人|连带担保人|反担保人|保证人|担保人|抵押人|出质人"),
    (
        Role.OBLIGOR,
        "被申请执行人|被执行人|被申请人|被告|共同债务人|债务人|共同借款人|借款人|欠款人|被上诉人\\(原审被告\\)|配偶及共同债务人",
    ),
    (Role.APPLICANT, "申请执行人|申请人|原告|债权人|出借人|贷款人|权利人"),
    (
        Role.OTHER,
        (
            "甲方|乙方|丙方|丁方|被上诉人|上诉人|第三人|案外人|利害关系人|证人|协助执行人|紧急联系人|联系人|介绍人|次债务人|申报人|报告人|具状人|承诺人|声明人|陈述人|被询问人|被调查人|被谈话人|被传唤人|"
            "见证人|在场人|同住家属|收件人|财产所有人|开户人|户名|户主|机主|车主|登记车主|所有权人|持卡人|账户名|实际使用人"
        ),
    ),
)


def _spaced(word: str) -> str:
    return word if "\\" in word else "[ ]?".join(word)


_BY_WORD = {word: role for role, words in WORDS for word in words.split("|")}
ALTERNATIVES = "|".join(_spaced(word) for word in sorted(_BY_WORD, key=len, reverse=True))
IN_FORM = "当[ ]?事[ ]?人|单位名称|企业名称|公司名称|姓[ ]{0,4}名(?:或名称|/名称)?|名[ ]{0,4}称"

LABEL = re.compile(
    rf"(?<!协助)(?<!公证处)(?P<label>{ALTERNATIVES}|{IN_FORM})(?P<number>(?:[一二三四五六七八九十甲乙丙丁0-9]{{1,2}}(?=[ ]?[:(\t|]))?)"
    r"(?P<bracket>[ ]?\([^()\n]{1,40}\))?(?P<sep>[ ]{0,4}[:\t|][ ]*|[ ]+|)"
)
ROLE_WORD = re.compile(rf"(?:{ALTERNATIVES})")
INNER = re.compile(
    r"(?P<appeal>原审|一审|二审|本诉)?(?P<role>原告|被告|第三人|被执行人|申请执行人|债务人|债权人|借款人|保证人|担保人|出借人)"
)
STAFF = "询问人|谈话人|调查人|记录人|审判长|审判员|代理审判员|人民陪审员|陪审员|书记员|法官助理|执行员|执行长|执行法官|承办法官|承办人|法官|公证员|仲裁秘书|办案秘书|仲裁员|首席仲裁员|民警"
SIDES = frozenset({"甲方", "乙方", "丙方", "丁方"})
HOLDER_WORDS = frozenset(
    "财产所有人|开户人|户名|户主|机主|车主|登记车主|所有权人|持卡人|账户名|实际使用人|收件人".split("|")
)
FORM_WORDS = re.compile(rf"^(?:{IN_FORM})$")


def role_of(word: str) -> Role:
    """The role a label word stands for; words that name no role give OTHER."""
    return _BY_WORD.get(re.sub(r"\s", "", word), Role.OTHER)


def role_in(bracket: str) -> Role | None:
    """The role named inside brackets, as in 上诉人（原审被告）; None when there is none."""
    if re.search(r"(?:法定代表人|负责人|经营者|执行事务合伙人)$", bracket.strip("() ")):
        return Role.LEGAL_REPRESENTATIVE
    inner = list(INNER.finditer(bracket))
    first = next((match for match in inner if match["appeal"]), inner[0] if inner else None)
    return role_of(first["role"]) if first else None
