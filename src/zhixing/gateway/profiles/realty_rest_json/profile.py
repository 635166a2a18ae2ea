"""The format itself: messages and transcripts to canonical bodies and back."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from lxml import etree

from zhixing.gateway.domain.canonical import Envelope, InquiryResult, Outcome, RequestKind
from zhixing.gateway.domain.messages import (
    Body,
    ControlFeedback,
    InquiryFeedback,
    NoBody,
    RequestList,
    request_numbers,
)
from zhixing.gateway.domain.problems import WireProblem, errors_only
from zhixing.gateway.profiles.base import Decoded, Encoded
from zhixing.gateway.profiles.called import Answer, is_transcript, transcript_read, transcript_write
from zhixing.gateway.profiles.context import MOST_PROBLEMS, Dialect, Reading, Writing
from zhixing.gateway.profiles.layers import Layer
from zhixing.gateway.profiles.realty_rest_json import tables
from zhixing.gateway.profiles.realty_rest_json.conversation import NAME, Conversation
from zhixing.gateway.profiles.realty_rest_json.dialect import CITY, FAILED, OK, RESULT
from zhixing.gateway.profiles.realty_rest_json.json_tree import Names, element_of, note, value_of
from zhixing.gateway.profiles.realty_soap_utf8.feedback import (
    answers_of,
    results_of,
    with_outcomes,
    with_processing,
)
from zhixing.gateway.profiles.realty_soap_utf8.feedback_tables import ControlAnswer, ControlAnswers
from zhixing.gateway.profiles.records import read_record, write_record
from zhixing.gateway.profiles.safe_xml import DEFAULT_LIMITS, Limits
from zhixing.gateway.profiles.styles import ELEMENTS
from zhixing.gateway.profiles.zhixing_rest_json.safe_json import dumped, kept_text, kept_value, parse_json

_CLEAR = Layer(charset="utf-8", is_base64=False)
QUERY, SEIZURE, RELEASE = "queryRights", "createSeizureCase", "createReleaseCase"
CASES = (SEIZURE, RELEASE)
LOCKS = ("lockUnit", "lockCertificate")
_SILENT = ("getToken", "unlockUnit", "unlockCertificate")


class RealtyRestJson(Conversation):
    """`realty-rest-json`. One answer speaks of one request; several answers stand in a transcript."""

    name: str = NAME
    charset: str = "utf-8"

    def __init__(self, dialect: Dialect = CITY) -> None:
        self.dialect = dialect

    # --- reading ------------------------------------------------------------------------------------------

    def decode(self, raw: bytes, *, operation: str = "", limits: Limits = DEFAULT_LIMITS) -> Decoded:
        """Read a transcript, or any single message; see `Wire`."""
        if len(raw) > limits.max_bytes or not is_transcript(raw):
            answers: tuple[Answer, ...] | WireProblem = (Answer(operation=operation, content=raw),)
        else:
            answers = transcript_read(raw)
        if isinstance(answers, WireProblem):
            return Decoded(operation=operation, body=None, problems=(answers,), raw=raw)
        reading = _Reader(self.dialect, limits)
        bodies = [body for body in map(reading.message, answers) if body is not None]
        body = _joined(bodies, reading.problems)
        problems = tuple(reading.problems)
        usable = body is not None and not errors_only(problems)
        named = (*(answer.request_no for answer in answers), *reading.numbers)
        numbers = request_numbers(body) if usable and body is not None else named
        return Decoded(
            operation=reading.operation or operation,
            is_reply=reading.is_reply,
            body=body if usable else None,
            problems=problems,
            request_numbers=tuple(dict.fromkeys(number for number in numbers if number)),
            raw=raw,
        )

    # --- writing ------------------------------------------------------------------------------------------

    def encode(self, body: Body, *, operation: str = "") -> Encoded:
        """Write a body: several requests become several messages in a transcript."""
        writing = self._writing()
        answers: list[Answer] = []
        match body:
            case RequestList(requests=requests) if requests and not body.error_message:
                is_inquiry = body.kind is RequestKind.INQUIRY
                for request in requests:
                    record = tables.QUESTION if is_inquiry else tables.CASE
                    told = {
                        "head": self._head(body.envelope, writing, is_lower=True),
                        "data": self.written(record, request, writing),
                    }
                    answers.append(
                        self._part(QUERY if is_inquiry else SEIZURE, request.request_no, told, body.ext)
                    )
            case InquiryFeedback(results=results) if results:
                prepared = replace(body, results=tuple(map(_with_code, results)))
                for result in with_processing(prepared, writing).results:
                    answers.append(self._inquired(result, body, writing))
            case ControlFeedback() if body.results or body.receipts:
                answers = self._controlled(body, writing)
            case NoBody():
                told = {"head": {}, "data": {}}
                answers = [self._part("getToken", "", told, {})]
            case _:
                writing.add(_cannot_say(body))
        if errors_only(writing.problems):
            return Encoded(content=b"", problems=tuple(writing.problems))
        content = answers[0].content if len(answers) == 1 else transcript_write(answers)
        return Encoded(content=content, problems=tuple(writing.problems))

    def written(self, record: Any, held: Any, writing: Writing) -> dict[str, Any]:
        """What the court sends of one canonical object."""
        return value_of(write_record(record, held, None, writing), tables.NAMES_OF_CALL, is_lower=True)

    def _writing(self) -> Writing:
        return Writing(
            layer=_CLEAR, dialect=self.dialect, style=ELEMENTS, date_separator="/", can_escape=False
        )

    def _head(self, envelope: Envelope, writing: Writing, *, is_lower: bool = False) -> dict[str, Any]:
        tree = write_record(tables.HEAD, envelope, None, writing)
        held = value_of(tree, tables.NAMES_OF_HEAD, is_lower=True)
        return {name: text for name, text in held.items() if text != "" or not is_lower}

    def _part(self, operation: str, number: str, told: dict[str, Any], ext: dict[str, str]) -> Answer:
        more = {name: kept_value(text) for name, text in ext.items() if name not in told}
        return Answer(operation=operation, request_no=number, content=dumped({**told, **more}))

    def _answered(
        self, tree: etree._Element, envelope: Envelope, writing: Writing
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Head and data of an answer; result and its words stand in the head."""
        head = self._head(envelope, writing)
        data = value_of(tree, tables.NAMES_OF_ANSWER, is_lower=False)
        head["code"], head["msg"] = data.pop("RESULT", "") or OK, data.pop("MESSAGE", "")
        return head, data

    def _inquired(self, result: InquiryResult, body: InquiryFeedback, writing: Writing) -> Answer:
        tree = write_record(tables.ANSWER, result, None, writing)
        head, data = self._answered(tree, body.envelope, writing)
        return self._part(QUERY, result.request_no, {"head": head, "data": data}, body.ext)

    def _controlled(self, body: ControlFeedback, writing: Writing) -> list[Answer]:
        rows = list(answers_of(replace(body, receipts=())).rows)
        told = {row.request_no for row in rows}
        papers = {paper.request_no: None for paper in body.receipts if paper.request_no not in told}
        rows += [ControlAnswer(request_no=number) for number in papers]
        parts, seen = [], set[str]()
        for row in rows:
            processing = row.processing or RESULT.read(OK)
            if processing.code == "2040":
                processing = RESULT.read(FAILED)
            tree = write_record(tables.CASE_ANSWER, replace(row, processing=processing), None, writing)
            own = tuple(paper for paper in body.receipts if paper.request_no == row.request_no)
            if own and row.request_no not in seen:
                seen.add(row.request_no)
                tree.extend(list(write_record(tables.RECEIPTS, ControlFeedback(receipts=own), None, writing)))
            head, data = self._answered(tree, body.envelope, writing)
            parts.append(self._part(SEIZURE, row.request_no, {"head": head, "data": data}, body.ext))
        return parts


class _Reader:
    """State of reading one transcript or message."""

    def __init__(self, dialect: Dialect, limits: Limits) -> None:
        self.dialect, self.limits = dialect, limits
        self.problems: list[WireProblem] = []
        self.numbers: list[str] = []
        self.operation, self.is_reply = "", True

    def message(self, answer: Answer) -> Body | None:
        """One message; None beside problems, or when it says nothing about an order."""
        told = parse_json(answer.content, max_bytes=self.limits.max_bytes)
        if isinstance(told, WireProblem):
            self._add(told)
            return None
        if not isinstance(told, dict) or not isinstance(told.get("head"), dict):
            note(self.problems, "no_head", "/head", "没有 head 对象的报文", "含 head 和 data 两个对象的报文")
            return None
        data = told.get("data")
        if data is None or data == "":
            data = {}
        if not isinstance(data, dict):
            note(self.problems, "not_object", "/data", "不是对象的 data", "对象")
            return None
        ext = {name: kept_text(held) for name, held in told.items() if name not in ("head", "data")}
        head = {str(name).upper(): held for name, held in told["head"].items()}
        keys = {name.upper() for name in data}
        operation = answer.operation or _operation(head, keys)
        self.operation = self.operation or operation
        if "CODE" not in head:
            self.is_reply = False
            return self._call(operation, told["head"], data, ext)
        return self._answer(operation, answer, told["head"], data, ext)

    def _envelope(self, head: dict[str, Any]) -> Envelope:
        kept = {name: held for name, held in head.items() if name.upper() not in tables.HEAD_OF_CALL}
        return self._record(tables.HEAD, kept, tables.NAMES_OF_HEAD, "/head")

    def _record(self, record: Any, held: dict[str, Any], names: Names, where: str) -> Any:
        noted: list[WireProblem] = []
        tree = element_of(record.name, held, names, noted, where)
        reading = Reading(layer=_CLEAR, dialect=self.dialect, style=ELEMENTS)
        found = read_record(record, tree, reading)
        for problem in (*noted, *reading.problems):
            self._add(problem)
        return found

    def _add(self, problem: WireProblem) -> None:
        if len(self.problems) < MOST_PROBLEMS or (
            problem.level == "error" and not errors_only(self.problems)
        ):
            self.problems.append(problem)

    def _call(self, operation: str, head: dict[str, Any], data: dict[str, Any], ext: dict[str, str]) -> Body:
        envelope = self._envelope(head)
        if operation not in (QUERY, *CASES):
            return NoBody()
        is_inquiry = operation == QUERY
        asked = {
            name: held
            for name, held in data.items()
            if name.upper() not in tables.FILTERS and (is_inquiry or name.upper() not in _PAPERS)
        }
        record = tables.QUESTION if is_inquiry else tables.CASE
        request = self._record(record, asked, tables.NAMES_OF_CALL, "/data")
        self.numbers.append(request.request_no)
        kind = RequestKind.INQUIRY if is_inquiry else RequestKind.CONTROL
        return RequestList(kind=kind, requests=(request,), envelope=envelope, ext=ext)

    def _answer(
        self,
        operation: str,
        answer: Answer,
        head: dict[str, Any],
        data: dict[str, Any],
        ext: dict[str, str],
    ) -> Body | None:
        envelope = self._envelope(head)
        if operation in _SILENT or (operation in LOCKS and envelope.response_code == OK):
            return None if answer.request_no else NoBody()
        own = {name: held for name, held in data.items() if name.upper() not in _FRAME}
        if not any(name.upper() == "CXQQDH" for name in own):
            own["CXQQDH"] = answer.request_no
        own["RESULT"], own["MESSAGE"] = envelope.response_code, envelope.response_text
        if operation == QUERY:
            result = self._record(tables.ANSWER, own, tables.NAMES_OF_ANSWER, "/data")
            self.numbers.append(result.request_no)
            return with_outcomes(InquiryFeedback(results=(result,), envelope=envelope, ext=ext))
        papers = {name: held for name, held in own.items() if name.upper() == "HZXXLIST"}
        rest = {name: held for name, held in own.items() if name not in papers}
        row: ControlAnswer = self._record(tables.CASE_ANSWER, rest, tables.NAMES_OF_ANSWER, "/data")
        found = self._record(tables.RECEIPTS, papers, tables.NAMES_OF_ANSWER, "/data")
        self.numbers.append(row.request_no)
        receipts = tuple(
            replace(paper, request_no=paper.request_no or row.request_no) for paper in found.receipts
        )
        if receipts and not row.results and envelope.response_code == OK:
            return ControlFeedback(receipts=receipts, envelope=envelope, ext=ext)
        told = results_of(ControlAnswers(rows=(row,)))
        if operation in LOCKS and answer.item:
            told = replace(told, results=tuple(replace(item, item_seq=answer.item) for item in told.results))
        elif envelope.response_code == OK and not row.results:
            note(
                self.problems,
                "missing_field",
                "/data/KZXXLIST",
                "没有任何控制结果的成功应答",
                "每项一条 KZXX",
            )
        return replace(told, receipts=receipts, envelope=envelope, ext=ext)


_PAPERS = frozenset({"WSLIST", "ZJLIST"})
_FRAME = frozenset({"RESULT", "MESSAGE"})


def _operation(head: dict[str, Any], keys: set[str]) -> str:
    """What a single message is, by what it holds."""
    if keys & {"BDCQLLIST", "KZXXLIST", "HZXXLIST"}:
        return SEIZURE
    if "QLRMC" in keys or any(name in keys for name in tables.NAMES_OF_ANSWER.lists):
        return QUERY
    if "CODE" in head and "CXQQDH" in keys:
        return QUERY
    return "getToken"


def _joined(bodies: list[Any], problems: list[WireProblem]) -> Body | None:
    """One body of all messages: pages of one request are one result, results of one order one feedback."""
    kinds = {type(body) for body in bodies if not isinstance(body, NoBody)}
    if not kinds:
        if bodies:
            return NoBody()
        if not errors_only(problems):
            note(problems, "nothing_told", "", "没有结果的应答", "查询或者控制的结果")
        return None
    if len(kinds) > 1 or len({getattr(body, "kind", "") for body in bodies}) > 1:
        note(problems, "mixed", "", "种类不同的报文", "同一种报文")
        return None
    rows = [body for body in bodies if not isinstance(body, NoBody)]
    last = rows[-1]
    ext = {name: text for body in rows for name, text in body.ext.items()}
    if isinstance(last, RequestList):
        return replace(last, requests=tuple(item for body in rows for item in body.requests), ext=ext)
    results = [item for body in rows for item in body.results]
    if isinstance(last, InquiryFeedback):
        pages = groupby(results, key=lambda result: result.request_no)
        return replace(last, results=tuple(_whole(list(group)) for _, group in pages), ext=ext)
    receipts = tuple(paper for body in rows for paper in body.receipts)
    return replace(last, results=tuple(results), receipts=receipts, ext=ext)


def _whole(pages: list[InquiryResult]) -> InquiryResult:
    """Pages as one result. A page that failed makes the whole an error: nobody may take a part for all there is."""
    failed = next((page for page in pages if page.outcome in (Outcome.ERROR, Outcome.REFUSED)), None)
    if failed is not None:
        return failed
    ext = {name: text for page in pages for name, text in page.ext.items()}
    assets = tuple(asset for page in pages for asset in page.assets)
    return replace(pages[0], assets=assets, outcome=Outcome.FOUND if assets else Outcome.NOT_FOUND, ext=ext)


def _with_code(result: InquiryResult) -> InquiryResult:
    if result.processing is not None or result.outcome in (Outcome.FOUND, Outcome.NOT_FOUND):
        return result
    text = result.outcome_text or ("业务审核未通过" if result.outcome is Outcome.REFUSED else "查询异常")
    return replace(result, processing=RESULT.read(FAILED), outcome_text=text)


def _cannot_say(body: Body) -> WireProblem:
    return WireProblem(
        code="cannot_say",
        came=f"{type(body).__name__}，或者没有记录的报文",
        expected="至少一份请求，或者至少一项结果",
        mend="改用能够表达该内容的报文",
    )
