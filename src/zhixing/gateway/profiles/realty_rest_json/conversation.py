"""Which call comes next: pages of an inquiry; lock, case, unlock of a control order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from zhixing.gateway.domain.canonical import ControlItem, Request, RequestKind
from zhixing.gateway.domain.messages import CertificateList, DocumentList
from zhixing.gateway.domain.problems import WireProblem, errors_only
from zhixing.gateway.profiles.called import (
    MOST_STEPS,
    Access,
    Answer,
    Call,
    Done,
    Errand,
    Step,
    Token,
    Unsayable,
)
from zhixing.gateway.profiles.context import Dialect, Writing
from zhixing.gateway.profiles.realty_rest_json import tables
from zhixing.gateway.profiles.realty_rest_json.dialect import BAD_CREDENTIALS, BAD_TOKEN, OK
from zhixing.gateway.profiles.safe_xml import DEFAULT_LIMITS
from zhixing.gateway.profiles.zhixing_rest_json.safe_json import dumped, parse_json

NAME = "realty-rest-json"
MOST_BYTES = max(DEFAULT_LIMITS.max_bytes, 20 * 1024 * 1024)
HIDDEN = "***"
_CASES = {
    "seize": "createSeizureCase",
    "waiting_seize": "createSeizureCase",
    "renew": "createSeizureCase",
    "release": "createReleaseCase",
}


class Conversation(ABC):
    """The steps of one order; the format itself adds how its messages read and write."""

    dialect: Dialect
    has_login: bool = True

    @abstractmethod
    def written(self, record: Any, held: Any, writing: Writing) -> dict[str, Any]:
        """What the court sends of one canonical object."""

    @abstractmethod
    def _writing(self) -> Writing:
        """State of writing one message."""

    # --- token --------------------------------------------------------------------------------------------

    def login(self, access: Access) -> Call:
        """See `CalledFormat`."""
        return self._call("getToken", access, {})

    def token_read(self, answer: Answer) -> Token | WireProblem:
        """See `CalledFormat`."""
        fault = self.fault_of(answer)
        if fault is not None:
            return fault
        told = _told(answer)
        held = told.get("data")
        data = held if isinstance(held, dict) else {}
        text, seconds = data.get("token"), data.get("expires")
        if _code(told) != OK or not isinstance(text, str) or not text:
            return _fault("no_token", "没有 token 的应答", "登录成功时的 data.token")
        lasts = int(seconds) if isinstance(seconds, str) and seconds.isdecimal() and len(seconds) < 9 else 0
        return Token(text=text, seconds=lasts)

    def refuses_token(self, answer: Answer) -> bool:
        """See `CalledFormat`."""
        return answer.status in (200, 401) and _code(_told(answer)) == BAD_TOKEN

    def fault_of(self, answer: Answer) -> WireProblem | None:
        """See `CalledFormat`."""
        if answer.status != 200:
            return _fault("http_status", f"HTTP 状态 {answer.status}", "HTTP 状态 200")
        told = parse_json(answer.content, max_bytes=MOST_BYTES)
        if isinstance(told, WireProblem):
            return told
        code = _code(told)
        if not code:
            return _fault("no_head", "没有 head.code 的应答", "带结果代码的 head")
        if code in (BAD_CREDENTIALS, BAD_TOKEN):
            what = "用户名或者口令不对" if code == BAD_CREDENTIALS else "令牌不对"
            return _fault("refused", f"代码 {code}（{what}）", f"代码 {OK}")
        return None

    # --- orders -------------------------------------------------------------------------------------------

    def next_step(self, errand: Errand, access: Access, so_far: tuple[Answer, ...]) -> Step:
        """See `CalledFormat`."""
        if len(so_far) >= MOST_STEPS:
            return Unsayable(
                problems=(_fault("too_many_steps", f"{len(so_far)} 次应答", "更少的分页或者单元"),)
            )
        if errand.request.kind is RequestKind.INQUIRY:
            return self._page(errand.request, access, so_far)
        return self._control(errand, access, so_far)

    def _page(self, request: Request, access: Access, so_far: tuple[Answer, ...]) -> Step:
        size = self._number("page_size", access)
        if so_far and not _has_more(_told(so_far[-1]), page=len(so_far), size=size):
            return Done()
        writing = self._writing()
        data = self.written(tables.QUESTION, request, writing)
        if problems := errors_only(writing.problems):
            return Unsayable(problems=problems)
        data["qsztlist"] = _listed(self._setting("right_states", access))
        data["zslxlist"] = _listed(self._setting("certificate_types", access))
        return self._call(
            "queryRights", access, data, number=request.request_no, step=len(so_far), page=len(so_far) + 1
        )

    def _control(self, errand: Errand, access: Access, so_far: tuple[Answer, ...]) -> Step:
        items = errand.request.items
        if problems := _unsayable(items):
            return Unsayable(problems=problems)
        number, place = errand.request.request_no, len(so_far)
        if place < len(items):
            return self._lock("lock", items[place], access, number, place)
        locked = [
            item
            for item, answer in zip(items, so_far[: len(items)], strict=True)
            if _code(_told(answer)) == OK
        ]
        groups = {name: [item for item in locked if _case(item) == name] for name in _CASES.values()}
        cases = [(name, group) for name, group in groups.items() if group]
        place -= len(items)
        if place < len(cases):
            return self._create(errand, *cases[place], access, len(so_far))
        place -= len(cases)
        if place < len(locked):
            return self._lock("unlock", locked[place], access, number, len(so_far))
        return Done()

    def _lock(self, verb: str, item: ControlItem, access: Access, number: str, step: int) -> Call:
        target = item.target
        if target.unit_no:
            operation, data = f"{verb}Unit", {"bdcdyh": target.unit_no}
        else:
            operation, data = f"{verb}Certificate", {"bdcqzh": target.certificate_no}
        return self._call(operation, access, data, number=number, step=step, item=item.seq)

    def _create(
        self, errand: Errand, operation: str, items: list[ControlItem], access: Access, step: int
    ) -> Step:
        writing = self._writing()
        request = replace(errand.request, items=tuple(items))
        data = self.written(tables.CASE, request, writing)
        data |= self.written(tables.DOCUMENTS, DocumentList(documents=errand.documents), writing)
        data |= self.written(tables.CERTIFICATES, CertificateList(entries=errand.certificates), writing)
        if problems := errors_only(writing.problems):
            return Unsayable(problems=problems)
        return self._call(operation, access, data, number=request.request_no, step=step)

    # --- calls --------------------------------------------------------------------------------------------

    def _call(
        self,
        operation: str,
        access: Access,
        data: dict[str, Any],
        *,
        number: str = "",
        step: int = 0,
        page: int = 1,
        item: str = "",
    ) -> Call:
        head = {
            "username": access.username,
            "password": access.password,
            "token": access.token,
            "regioncode": access.settings.get("regioncode", ""),
            "orgid": access.settings.get("orgid", ""),
            "size": str(self._number("page_size", access)),
            "page": str(page),
            "cxqqdh": number,
        }
        hidden = {**head, "password": HIDDEN, "token": HIDDEN}
        return Call(
            operation=operation,
            path=self._setting(f"path.{operation}", access),
            headers={"Content-Type": "application/json; charset=utf-8"},
            content=dumped({"head": head, "data": data}),
            kept=dumped({"head": hidden, "data": data}),
            key=f"{number}-{step}" if number else "",
            request_numbers=(number,) if number else (),
            item=item,
        )

    def _setting(self, name: str, access: Access) -> str:
        return access.settings.get(name) or self.dialect.settings[name]

    def _number(self, name: str, access: Access) -> int:
        text = self._setting(name, access)
        return int(text) if text.isdecimal() and 0 < int(text) <= 1000 else int(self.dialect.settings[name])


def _told(answer: Answer) -> dict[str, Any]:
    held = parse_json(answer.content, max_bytes=MOST_BYTES)
    return held if isinstance(held, dict) else {}


def _code(told: Any) -> str:
    head = told.get("head") if isinstance(told, dict) else None
    if not isinstance(head, dict):
        return ""
    held = next((value for name, value in head.items() if name.lower() == "code"), "")
    return held.strip() if isinstance(held, str) else ""


def _has_more(told: dict[str, Any], *, page: int, size: int) -> bool:
    """Whether another page follows: the agency says how many rights there are, else a full page means more."""
    if _code(told) != OK:
        return False
    data, head = told.get("data"), told.get("head")
    rows = (
        sum(
            len(rights)
            for name, rights in data.items()
            if name.upper() in _LISTS and isinstance(rights, list)
        )
        if isinstance(data, dict)
        else 0
    )
    total = head.get("total") if isinstance(head, dict) else None
    if isinstance(total, str) and total.isdecimal() and len(total) < 9:
        return bool(rows) and page * size < int(total)
    return rows >= size


_LISTS = frozenset(tables.NAMES_OF_ANSWER.lists) - {"QLRXXLIST", "KZXXLIST", "HZXXLIST"}


def _listed(text: str) -> list[str]:
    return [item for item in text.split(",") if item]


def _case(item: ControlItem) -> str:
    action = item.action
    return _CASES.get(action.normalized or action.code, "") if action else ""


def _unsayable(items: tuple[ControlItem, ...]) -> tuple[WireProblem, ...]:
    problems = []
    if not items or len(items) * 3 > MOST_STEPS:
        problems.append(_fault("items", f"{len(items)} 项措施", f"1 至 {MOST_STEPS // 3} 项"))
    for no, item in enumerate(items, start=1):
        if not (item.target.unit_no or item.target.certificate_no):
            problems.append(_fault("no_target", f"第 {no} 项没有不动产单元号或者证号", "其中一个"))
        if not _case(item):
            problems.append(_fault("no_case", f"第 {no} 项的措施", "查封、续封、轮候查封或者解封"))
    return tuple(problems)


def _fault(code: str, came: str, expected: str) -> WireProblem:
    return WireProblem(code=code, came=came, expected=expected, mend="与该登记机构核对接口后再试")
