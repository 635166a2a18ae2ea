"""The lines of a case in the formats of the agencies: bank messages, registry messages, one table."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from simworld.institutions import wire_bank, wire_realty
from simworld.institutions.wire_bank import Node, encode_message
from simworld.institutions.wire_realty import RIGHT_LISTS, Content, message

COLUMNS = {
    "类别": "kind", "号码": "number", "名称": "label", "分类": "category", "状态": "status", "备注": "remark", "户名": "holder_name",
    "证件号": "holder_id", "电话": "phone", "余额": "balance", "可用余额": "available", "币种": "currency", "截至": "as_of",
    "被查询人": "person", "请求单号": "request_no",
}  # fmt: skip


def envelope(namespace: str, operation: str, parameters: dict[str, str]) -> str:
    """A call of the bank or registry, its parameters in order."""
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in parameters.items())
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    return (
        f'<soapenv:Envelope xmlns:soapenv="{soap}" xmlns:q="{namespace}"><soapenv:Header/>'
        f"<soapenv:Body><q:{operation}>{inner}</q:{operation}></soapenv:Body></soapenv:Envelope>"
    )


def bank_message(request_no: str, lines: list[dict[str, Any]]) -> str:
    """One feedback; products stand below their cash-return account, sub-accounts below the main one."""
    outer = [line for line in lines if not line.get("inside")]
    return encode_message(
        Node("zhxxList", {}, [_account(request_no, no, line, lines) for no, line in enumerate(outer, 1)])
    )


def _account(request_no: str, no: int, line: dict[str, Any], lines: list[dict[str, Any]]) -> Node:
    inner = [one for one in lines if one.get("inside") == line["number"] and not line.get("again")]
    values = {
        "BDHM": request_no, "CCXH": str(no), "KHZH": line["number"], "CCLB": line["category"], "ZHZT": line["status"],
        "KHWD": line["label"], "BZ": line["currency"], "YE": line["balance"], "KYYE": line["available"],
        "FKSJ": line["as_of"], "LXDH": line["phone"], "BEIZ": line["remark"],
    }  # fmt: skip
    products = [
        _product(place, one, line)
        for place, one in enumerate([i for i in inner if i["form"] == "product"], 1)
    ]
    subs = [_sub(place, one, line) for place, one in enumerate([i for i in inner if i["form"] == "sub"], 1)]
    measures = (
        [Node("djxx", {"CSXH": "1", "ZCXH": "", "DJJG": "某县人民法院", "DJJE": line["frozen"], "BEIZ": ""})]
        if line.get("frozen")
        else []
    )
    children = [
        Node("jrxxList", {}, products), Node("djxxList", {}, measures), Node("wlxxList"), Node("qlxxList"), Node("glxxList", {}, subs),
    ]  # fmt: skip
    return Node("zhxx", values, children)


def _product(place: int, line: dict[str, Any], cash: dict[str, Any]) -> Node:
    values = {
        "ZCXH": str(place), "ZCMC": line["label"], "ZCLX": line["category"], "JRCPBH": line["number"], "ZJHKZH": cash["number"],
        "BZ": "156", "ZCDWJG": "1.00", "SE": line["balance"], "KYSE": line["available"], "ZCZJE": line["balance"], "BEIZ": "",
    }  # fmt: skip
    return Node("jrxx", values)


def _sub(place: int, line: dict[str, Any], main: dict[str, Any]) -> Node:
    values = {
        "GLXH": str(place), "ZKHZH": main["number"], "GLZHLB": line["category"], "GLZHHM": line["number"], "BZ": "156",
        "YE": line["balance"], "KYYE": line["available"], "BEIZ": "",
    }  # fmt: skip
    return Node("glxx", values)


def realty_message(request_no: str, lines: list[dict[str, Any]], moment: str) -> str:
    """One feedback of the registry."""
    houses: Content = [("FDCQ", _house(line)) for line in lines]
    result: Content = [("CXQQDH", request_no), ("RESULT", "0000"), ("MESSAGE", "成功")]
    result += [(f"{name}LIST", houses if name == "FDCQ" else []) for name in RIGHT_LISTS]
    return message([("BDCFKLIST", [("BDCCXJG", result)])], created=moment, leaf_base64=False)


def _house(line: dict[str, Any]) -> Content:
    people: Content = [
        ("QLRXX", [
            ("BDCDYH", line["number"]), ("SXH", str(no)), ("QLRMC", name), ("ZJZL", "1"), ("ZJH", id_no),
            ("QLBL", share), ("GYFS", "0" if len(line["holders"]) == 1 else "2"), ("QSZT", "1"),
        ])
        for no, (name, id_no, share) in enumerate(line["holders"], 1)
    ]  # fmt: skip
    return [
        ("BDCDYH", line["number"]), ("FDZL", line["label"]), ("JZMJ", "88.50"), ("GHYT", "成套住宅"), ("FWXZ", "市场化商品房"),
        ("DJJG", "某县自然资源和规划局"), ("BEIZ", ""), ("QLRXXLIST", people),
    ]  # fmt: skip


def case_write(folder: Path, case: dict[str, Any], asks: list[dict[str, Any]], moment: str) -> None:
    """case.json, answers/ and map.json of one case."""
    answers = folder / "answers"
    answers.mkdir(parents=True)
    (folder / "case.json").write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    (folder / "map.json").write_text(json.dumps({"columns": COLUMNS}, ensure_ascii=False), encoding="utf-8")
    rows = []
    for ask in asks:
        match ask["wire"]:
            case "bank":
                body = bank_message(ask["request_no"], ask["lines"])
                words = {"arg0": wire_bank.user_marker("b", "p"), "arg1": body}
                text = envelope(wire_bank.NAMESPACE, "shfeedXzcxInfo", words)
            case "realty":
                body = realty_message(ask["request_no"], ask["lines"], moment)
                words = {"usermarker": wire_realty.user_marker("r", "p"), "feedbackinfo": body}
                text = envelope(wire_realty.NAMESPACE, "feedBdcQL", words)
            case _:
                rows += [
                    line | {"person": ask["person"], "request_no": ask["request_no"]} for line in ask["lines"]
                ]
                continue
        (answers / f"{ask['request_no']}.xml").write_text(text, encoding="utf-8")
    if rows:
        with (answers / "tables.csv").open("w", encoding="gb18030", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(COLUMNS)
            writer.writerows([row.get(field, "") for field in COLUMNS.values()] for row in rows)
