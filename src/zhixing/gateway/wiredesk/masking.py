"""What of a message is personal, and how it is hidden. What nobody declared harmless is hidden."""

from __future__ import annotations

import re

from zhixing.kernel.masking import mask_account, mask_id, mask_name, mask_phone

_NAMES = frozenset(
    "holder beneficiary pledgee mortgagor mortgagee contact registered_by owner insured policyholder employer".split()
)
_NAMED = frozenset({"Subject", "Officer", "RightHolder", "Transferee", "Counterparty"})
_IDS = frozenset({"id_no", "id_no_15", "owner_id_no", "policyholder_id_no", "signature"})
_ACCOUNTS = frozenset(
    (
        "account_no sub_account_no wealth_account cash_return_account linked_cash_account custody_account main_account"
        " certificate_no policy_no plate_no vin engine_no number freeze_serial serial serial_no linked_cards"
    ).split()
)
_PHONES = frozenset({"phone", "email"})
_HIDDEN = frozenset(
    "address location remark co_ownership_note island_location postcode household_province sex key".split()
)
_SPOKEN = frozenset("reason note outcome_text message error_message response_text contact_address".split())
_NUMBERS = re.compile(r"[0-9A-Za-z*]{6,}")
_CJK = re.compile("[\u3400-\u9fff]")
# A key is a document or request number, which everybody may see.
_KEY_OWNERS = frozenset({"KeyQuery"})

# Wire names whose values name no person and no account. Everything else in a raw layer is hidden.
_OPEN_CODES = frozenset(
    (
        "BDHM CXQQDH KZQQDH CCXH LB XZ ZJLX ZJZL FYMC FYDM AH CKH CKKSSJ CKJSSJ WSBH KZLX KZCS KZNR BZ JE SE KSRQ JSRQ"
        " SFJH CKWH YDJAH YDJDH KZZT YE KYYE FKSJ KHRQ XHRQ CCLB ZHZT KHWD KHWDDM CSKSRQ CSJSRQ DJXE SKJE SKSE CESKJE"
        " ZCXH CSXH XH WLXH GLXH DJJZRQ DJJG DJWH DJJE QLLX QLJE JYSJ JYZL WJLX WSLB WJMC MD5 RESULT MSG ERRORMSG ERRMSG"
        " CREATETIME RESPONSECODE RESPONSEINFO ZCMC ZCLX JLDW ZCDWJG KYSE ZCZJE CPXSZL DQH JRCPBH BDCQLLX YWH CFYWH"
        " YCFYWH DQDM CFLX CFJG CFWH CFQSSJ CFJSSJ GZZWJGS GWZWJGS ZJMC XCHTYY MESSAGE XMLNS TYPE"
    ).split()
)
_BYTES_CODES = frozenset({"WSNR", "GZZ", "GWZ"})
# Shown to nobody, whatever was asked for.
_SECRET_CODES = frozenset("PASSWORD PWD PASSWD SECRET TOKEN ACCESS_TOKEN DIGITALSIGN".split())


def value_masked(owner: str, name: str, text: str, names: frozenset[str] = frozenset()) -> str:
    """A canonical value with what is personal hidden.

    ``names``: names of persons known from the same message, to be hidden in sentences too.
    """
    if not text or (owner in _KEY_OWNERS and name == "key"):
        return text
    if name in _NAMES or (owner in _NAMED and name == "name"):
        return short_name(text)
    if name in _IDS:
        return mask_id(text)
    if name in _ACCOUNTS:
        return mask_account(text)
    if name in _PHONES:
        return mask_phone(text)
    if name in _HIDDEN or name == "ext":
        return hidden(text)
    return sentence_masked(text, names) if name in _SPOKEN else text


def is_name(owner: str, name: str) -> bool:
    """Whether a field holds the name of a person or firm."""
    return name in _NAMES or (owner in _NAMED and name == "name")


def sentence_masked(text: str, names: frozenset[str]) -> str:
    """A sentence without the known names and without long numbers."""
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 1:
            text = text.replace(name, short_name(name))
    return _NUMBERS.sub(lambda match: mask_account(match[0]), text)


def short_name(text: str) -> str:
    """A person's family name and 某; of a firm or a sentence only its first two signs."""
    return mask_name(text) if len(text.strip()) <= 4 else f"{text.strip()[:2]}****"


def hidden(text: str) -> str:
    """Only how long it was."""
    return f"（已遮盖 {len(text)} 字）"


def is_secret(code: str) -> bool:
    """Whether a wire name holds a password or the like, which is never shown."""
    return code.upper() in _SECRET_CODES


def wire_masked(code: str, text: str) -> str:
    """A value of a raw layer, hidden unless its wire name is known to be harmless."""
    if not text or code.upper() in _OPEN_CODES:
        return (
            sentence_masked(text, frozenset())
            if code.upper() in ("MSG", "ERRMSG", "ERRORMSG", "MESSAGE")
            else text
        )
    if code.upper() in _BYTES_CODES:
        return f"（内容，{len(text)} 个字符）"
    if not _CJK.search(text):
        return mask_account(text) if len(text) <= 60 else hidden(text)
    return mask_name(text) if len(text) <= 4 else hidden(text)
