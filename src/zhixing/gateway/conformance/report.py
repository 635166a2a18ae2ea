"""A run as text, as JSON, and as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from zhixing.gateway.conformance.exchange import preview
from zhixing.gateway.conformance.rules import STATE_WORDS, Outcome, State

RESULT_FILE = "result.json"
_MARKS = {State.PASSED: "✓", State.FAILED: "✗", State.NOT_EXERCISED: "－"}


def outcome_json(outcome: Outcome, names: dict[int, list[str]] | None = None) -> dict[str, Any]:
    """The whole run; ``names`` are the files of each exchange."""
    held = {exchange.no: exchange for exchange in outcome.tape.exchanges}
    return {
        "kit": 1,
        "profile": outcome.profile,
        "dialect": outcome.dialect,
        "role": outcome.role,
        "target": outcome.target,
        "started_at": outcome.started_at,
        "seconds": round(outcome.seconds, 1),
        "is_passed": outcome.is_passed,
        "counts": {str(state): outcome.count(state) for state in State},
        "rules": [
            {
                "id": item.id,
                "says": item.says,
                "place": item.place,
                "is_advice": item.is_advice,
                "state": str(item.verdict.state),
                "note": item.verdict.note,
                "exchanges": [
                    {
                        "no": no,
                        "operation": held[no].operation,
                        "files": (names or {}).get(no, []),
                        "request": preview(held[no].request),
                        "response": preview(held[no].response),
                    }
                    for no in item.verdict.exchanges
                    if no in held
                ],
            }
            for item in outcome.judged
        ],
        "exchanges": [
            {
                "no": exchange.no,
                "at": exchange.at.isoformat(),
                "operation": exchange.operation,
                "action": exchange.action,
                "problems": [problem.sentence for problem in exchange.problems],
                "files": (names or {}).get(exchange.no, []),
            }
            for exchange in outcome.tape.exchanges
        ],
    }


def outcome_save(outcome: Outcome, folder: Path) -> dict[str, Any]:
    """Write all bytes and the result below a folder; the result."""
    told = outcome_json(outcome, outcome.tape.save(folder))
    (folder / RESULT_FILE).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return told


def outcome_text(told: dict[str, Any]) -> str:
    """The result for people at a terminal."""
    counts = told["counts"]
    lines = [
        f"{told['profile']} / {told['dialect']}　对方 {told['target']}　{told['seconds']} 秒",
        f"符合 {counts['passed']} 条，不符合 {counts['failed']} 条，未测到 {counts['not_exercised']} 条",
        "",
    ]
    for rule in told["rules"]:
        state = State(rule["state"])
        advice = "（建议）" if rule["is_advice"] else ""
        lines.append(
            f"{_MARKS[state]} {rule['id']}　{rule['says']}{advice}　〔{rule['place']}〕　{STATE_WORDS[state]}"
        )
        if rule["note"]:
            lines.append(f"      {rule['note']}")
        if state is State.FAILED:
            for shown in rule["exchanges"][:3]:
                lines.append(f"      第 {shown['no']} 次 {shown['operation']}　{'　'.join(shown['files'])}")
                lines.append(f"        发来 {shown['request']}")
                if shown["response"]:
                    lines.append(f"        应答 {shown['response']}")
    lines += ["", "结论：符合。" if told["is_passed"] else "结论：不符合，或者没有测到任何一条。"]
    return "\n".join(lines)
