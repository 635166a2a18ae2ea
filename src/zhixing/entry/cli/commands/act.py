"""`zhixing act`: do an act from the shell, through the same mechanism as the pages."""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhixing.entry.cli.readiness import django_ready

if TYPE_CHECKING:
    from zhixing.acts.kinds import Act
    from zhixing.acts.models import Draft
    from zhixing.kernel.errors import Problem

NAME = "act"
HELP = "办理一件行为（与网页同样的检查、审批和日志），例如 zhixing act cases.assign --as 用户名 --case 案号 --field judge=3"
ORDER = 30
REFUSED, USAGE = 1, 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which act, who does it, on which case, with which fields."""
    parser.add_argument("code", nargs="?", help="行为代码，见 zhixing act --list")
    parser.add_argument("--list", action="store_true", dest="listing", help="列出全部行为")
    parser.add_argument("--as", dest="username", metavar="用户名", help="以谁的名义办理，日志记为此人")
    parser.add_argument("--case", metavar="案号", help="案号")
    parser.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="名=值",
        help="一个字段；列表字段可重复；对象写成 JSON",
    )
    parser.add_argument("--json", metavar="文件", help="从 JSON 文件读取全部字段；- 表示标准输入")
    parser.add_argument(
        "--override", action="append", default=[], metavar="代码=理由", help="对提示写明理由后继续"
    )
    parser.add_argument("--key", default="", help="幂等键；同一键只办一次，默认随机")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: done or waiting for approval; 1: refused; 2: wrong usage."""
    if not args.listing and not (args.code and args.username):
        return _usage("请给出行为代码和 --as 用户名，或用 --list 列出行为。")
    with django_ready():
        return _listing() if args.listing else _do(args)


def _listing() -> int:
    from zhixing.acts.registry import all_acts
    from zhixing.courts.roles import ROLE_NAMES

    for kind in all_acts():
        people = "、".join(ROLE_NAMES[role] for role in sorted(kind.drafters)) or (
            "当事人" if kind.by_party else "系统"
        )
        print(f"{kind.code:<24}{kind.title}　（{people}）")
    return 0


def _do(args: argparse.Namespace) -> int:
    from zhixing.acts.actors import Actor
    from zhixing.acts.errors import ActRefused
    from zhixing.acts.registry import act as act_of
    from zhixing.acts.services import act_submit
    from zhixing.cases.models import Case
    from zhixing.courts.models import Staff
    from zhixing.courts.selectors import roles_of, scope_of_staff
    from zhixing.kernel.clock import now, today
    from zhixing.platform import scope

    try:
        kind = act_of(args.code)
        payload, overrides = payload_of(kind, args), dict(_pair(text) for text in args.override)
    except KeyError:
        return _usage(f"没有代码为“{args.code}”的行为，请用 zhixing act --list 查看。")
    except (ValueError, OSError) as error:
        return _usage(f"字段读不出来：{error}")
    staff = (
        Staff.objects.select_related("court")
        .filter(account__username=args.username, account__is_active=True)
        .first()
    )
    if staff is None:
        return _usage(f"没有名为“{args.username}”的工作人员账号。")
    with scope.using(scope_of_staff(staff)):
        case_id = None
        if args.case:
            case_id = Case.objects.filter(number=_number(args.case)).values_list("pk", flat=True).first() or 0
        try:
            draft = act_submit(
                code=kind.code, actor=Actor.person(staff, roles_of(staff, on=today())), case_id=case_id, payload=payload,
                key=args.key or f"cli:{uuid.uuid4()}", overrides=overrides, moment=now(),
            )  # fmt: skip
        except ActRefused as refused:
            return _refuse(refused.problems)
        return _tell(draft)


def payload_of(kind: Act, args: argparse.Namespace) -> dict[str, Any]:
    """Fields from the file, then from --field, which win. Raises ValueError for what cannot be read."""
    payload: dict[str, Any] = {}
    if args.json:
        text = sys.stdin.read() if args.json == "-" else Path(args.json).read_text(encoding="utf-8")
        payload = json.loads(text)
        if not isinstance(payload, dict):
            raise ValueError("JSON 文件里应当是一个对象：{字段: 值}。")
    many = {
        name
        for name, info in kind.Fields.model_json_schema().get("properties", {}).items()
        if info.get("type") == "array"
    }
    given: dict[str, list[Any]] = {}
    for text in args.field:
        name, value = _pair(text)
        given.setdefault(name, []).append(json.loads(value) if value[:1] in "[{" else value)
    for name, values in given.items():
        if name in many:
            payload[name] = [
                inner for value in values for inner in (value if isinstance(value, list) else [value])
            ]
        else:
            payload[name] = values[-1]
    return payload


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise ValueError(f"“{text}”应写成 名=值。")
    return name.strip(), value


def _number(text: str) -> str:
    from zhixing.law.case_numbers import parse

    parsed = parse(text)
    return parsed.number.text if parsed.number else text


def _tell(draft: Draft) -> int:
    from zhixing.acts.models import DraftState

    told = {
        "draft": str(draft.pk), "code": draft.code, "state": draft.state, "case": draft.case_id, "result": draft.result,
        "steps": [{"no": s.no, "role": s.role, "name": s.name, "state": s.state} for s in draft.steps.all()],
    }  # fmt: skip
    print(json.dumps(told, ensure_ascii=False, indent=1))
    print(f"✓ {DraftState(draft.state).label}", file=sys.stderr)
    return 0


def _refuse(problems: list[Problem]) -> int:
    from zhixing.acts.api import problems_out

    print(json.dumps(problems_out(problems), ensure_ascii=False, indent=1))
    for problem in problems:
        print(f"{'✗' if problem.level == 'error' else '!'} {problem.sentence}{problem.mend}", file=sys.stderr)
    return REFUSED


def _usage(sentence: str) -> int:
    print(f"✗ {sentence}", file=sys.stderr)
    return USAGE
