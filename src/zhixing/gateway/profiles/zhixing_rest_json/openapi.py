"""The interface document (OpenAPI 3.1) that agencies build their client from."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from zhixing.gateway.profiles.zhixing_rest_json.operations import BASE, ENDPOINTS, Endpoint
from zhixing.gateway.profiles.zhixing_rest_json.schema import schemas
from zhixing.gateway.profiles.zhixing_rest_json.shapes import NUMBER_PATTERN

_PROBLEMS = {
    "400": "报文有误，problems 列出全部问题；原文已留存",
    "401": "签名无效、过期或者重复使用",
    "403": "来源地址不在登记的网络内",
    "413": "报文超过长度上限",
    "429": "调用过于频繁，Retry-After 秒后再试",
}
_ABOUT = (
    "协助执行单位主动向法院取请求、取文书、反馈结果。金额、数量、日期一律写成文本；未知字段保留，不报错。"
    "每次调用按 RFC 9421 以 Ed25519 签名，覆盖 @method、@target-uri，有内容时并覆盖 content-digest（RFC 9530，sha-256），"
    "参数含 created（与法院时间相差不超过 300 秒）、keyid、nonce（不少于 16 个字符，一次有效）。"
    '法院的应答同样签名，覆盖 @status、content-digest 和请求的签名（"signature";req）。'
)


@lru_cache(maxsize=4)
def openapi(server: str = "") -> dict[str, Any]:
    """The whole document. server: origin of this installation, such as ``https://court.example``."""
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {"title": "zhixing-rest-json", "version": "1", "description": _ABOUT},
        "servers": [{"url": f"{server}{BASE}"}],
        "security": [{"signature": []}],
        "paths": paths,
        "components": {
            "schemas": {**schemas(), "Problem": _PROBLEM, "WireProblem": _WIRE_PROBLEM},
            "securitySchemes": {
                "signature": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Signature",
                    "description": "RFC 9421，Ed25519；另带 Signature-Input，有内容时带 Content-Digest",
                }
            },
        },
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": endpoint.operation.name,
        "summary": endpoint.operation.summary,
        "responses": {
            "200": {"description": "应答", "content": _content(endpoint.answers)},
            **{code: _problem(text) for code, text in _PROBLEMS.items()},
        },
    }
    if "{request_no}" in endpoint.path:
        made["parameters"] = [
            {
                "name": "request_no",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "pattern": NUMBER_PATTERN},
            }
        ]
        made["responses"]["404"] = _problem("没有发给该单位的这一请求单号")
    if endpoint.sends:
        made["requestBody"] = {"required": True, "content": _content(endpoint.sends)}
    return made


def _content(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _problem(text: str) -> dict[str, Any]:
    return {
        "description": text,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


_WIRE_PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "一处问题",
    "required": ["code", "where", "came", "expected", "mend"],
    "properties": {
        "code": {"type": "string", "title": "稳定的英文代号"},
        "where": {"type": "string", "title": "位置，JSON 指针"},
        "came": {"type": "string", "title": "收到的是什么"},
        "expected": {"type": "string", "title": "应为什么"},
        "mend": {"type": "string", "title": "怎样改正"},
    },
}
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "RFC 9457 问题应答",
    "required": ["type", "title", "status", "problems"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "problems": {"type": "array", "items": {"$ref": "#/components/schemas/WireProblem"}},
    },
}
