"""Reads the table files and says everything that is wrong with them at once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from zhixing.law.citations import Citations, citation_faults
from zhixing.law.errors import BrokenTables
from zhixing.law.schemas import SCHEMAS, Row

TABLES = Path(__file__).parent / "tables"
UNITS = frozenset(
    [
        "yuan",
        "days",
        "working_days",
        "hours",
        "months",
        "years",
        "rate_per_day",
        "rate_per_year",
        "ratio",
        "percent",
        "count",
        "text",
        "flag",
        "brackets",
        "day_list",
    ]
)
_DECIMAL_UNITS = frozenset(["yuan", "rate_per_day", "rate_per_year", "ratio", "percent"])
_INTEGER_UNITS = frozenset(["days", "working_days", "hours", "months", "years", "count"])
if TYPE_CHECKING:
    _SafeLoader = yaml.SafeLoader
else:  # ten times faster where libyaml is there
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_STATUS = ("verified", "from-knowledge", "default")
_COMMON = {"id", "kind", "meaning", "notes", "still_valid_on"}
_KEYS = {
    "series": _COMMON | {"unit", "rounding", "checks", "values"},
    "group": _COMMON | {"items"},
    "records": _COMMON | {"schema", "rows", "source", "status", "from"},
    "calendar": _COMMON | {"year", "source", "status", "holidays", "working_weekends"},
}
_ITEM_KEYS = {"meaning", "unit", "rounding", "checks", "values"}
_VALUE_KEYS = {"from", "value", "source", "status", "rules", "note"}
_CHECKS = {"non_negative", "below_one", "positive"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One value of one rule, in force from ``since`` until before ``until``."""

    id: str
    meaning: str
    unit: str
    value: Any
    since: date
    until: date | None
    source: tuple[str, ...]
    status: str
    rules: tuple[str, ...] = ()
    rounding: str = ""


@dataclass(slots=True)
class Loaded:
    """What came out of the files; `faults` is empty when they are sound."""

    citations: Citations
    series: dict[str, list[Entry]] = field(default_factory=dict)
    records: dict[str, list[Row]] = field(default_factory=dict)
    calendars: dict[int, dict[str, Any]] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


class _StrictLoader(_SafeLoader):
    """Refuses a key that stands twice in one mapping (YAML would keep the last one silently)."""

    def construct_mapping(  # the signature is PyYAML's
        self,
        node: Any,
        deep: bool = False,
    ) -> dict[Any, Any]:
        names = Counter(key.value for key, _ in node.value)
        twice = [name for name, times in names.items() if times > 1]
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"duplicate key {twice[0]}", node.start_mark)
        return super().construct_mapping(node, deep=deep)


def load(root: Path = TABLES) -> Loaded:
    """Read all tables below a folder.

    Raises:
        BrokenTables: with every fault of every file.
    """
    citations_file = root / "citations.yaml"
    faults: list[str] = []
    parsed = _parse(citations_file, faults) or {}
    faults += citation_faults(parsed)
    loaded = Loaded(
        Citations(parsed.get("acts", {}), parsed.get("articles", {}), parsed.get("aliases")),
        faults=faults,
    )
    loaded.hashes["citations"] = _hash(parsed)
    for path in sorted(root.rglob("*.yaml")):
        if path != citations_file:
            _take(loaded, path, path.relative_to(root).with_suffix("").as_posix().replace("/", "."))
    years = sorted(loaded.calendars)
    missing = set(range(years[0], years[-1] + 1)) - set(years) if years else set()
    loaded.faults += [
        f"calendar: {year} is missing between {years[0]} and {years[-1]}" for year in sorted(missing)
    ]
    if loaded.faults:
        raise BrokenTables(loaded.faults)
    return loaded


def _parse(path: Path, faults: list[str]) -> dict[str, Any] | None:
    try:
        parsed = yaml.load(path.read_text(encoding="utf-8"), _StrictLoader)  # noqa: S506  # it is a SafeLoader
    except (yaml.YAMLError, OSError) as error:
        faults.append(f"{path.name}: {error}")
        return None
    if not isinstance(parsed, dict):
        faults.append(f"{path.name}: a table is a mapping")
        return None
    return parsed


def _take(loaded: Loaded, path: Path, name: str) -> None:
    parsed = _parse(path, loaded.faults)
    if parsed is None:
        return
    fault = _faulter(loaded, name)
    kind = parsed.get("kind", "series")
    if parsed.get("id") != name:
        fault(f"id must be {name}, as the file's path")
    if kind not in _KEYS:
        fault(f"unknown kind {kind}")
        return
    for key in sorted(parsed.keys() - _KEYS[kind]):
        fault(f"unknown key {key}")
    if not parsed.get("meaning"):
        fault("meaning is missing")
    loaded.hashes[name] = _hash(parsed)
    _TAKERS[kind](loaded, name, parsed)


def _take_group(loaded: Loaded, name: str, parsed: dict[str, Any]) -> None:
    fault = _faulter(loaded, name)
    for key, item in (parsed.get("items") or {}).items():
        for extra in sorted(item.keys() - _ITEM_KEYS):
            fault(f"{key}: unknown key {extra}")
        _take_series(loaded, f"{name}.{key}", item)


def _take_series(loaded: Loaded, name: str, item: dict[str, Any]) -> None:
    fault = _faulter(loaded, name)
    unit, values = item.get("unit"), item.get("values") or []
    if unit not in UNITS:
        fault(f"unit {unit} is not in the closed list")
    if not item.get("meaning"):
        fault("meaning is missing")
    if not values:
        fault("no values")
        return
    days = [value.get("from") for value in values]
    if not all(isinstance(day, date) for day in days):
        fault("every value needs from: YYYY-MM-DD")
        return
    if days != sorted(set(days)):
        fault("values must stand in order of from, each day once")
    entries: list[Entry] = []
    for value, until in zip(values, [*days[1:], None], strict=True):
        for key in sorted(value.keys() - _VALUE_KEYS):
            fault(f"{value['from']}: unknown key {key}")
        _check_origin(loaded, fault, str(value["from"]), value.get("source"), value.get("status"))
        typed = _typed(value.get("value"), str(unit), fault)
        for check in item.get("checks") or ():
            _check_value(typed, check, fault)
        if unit == "brackets":
            _check_brackets(typed, fault)
        entries.append(
            Entry(
                id=name,
                meaning=item.get("meaning", ""),
                unit=str(unit),
                value=typed,
                since=value["from"],
                until=until,
                source=tuple(value.get("source") or ()),
                status=value.get("status", ""),
                rules=tuple(value.get("rules") or ()),
                rounding=item.get("rounding", ""),
            )
        )
    loaded.series[name] = entries


def _take_records(loaded: Loaded, name: str, parsed: dict[str, Any]) -> None:
    fault = _faulter(loaded, name)
    schema = SCHEMAS.get(str(parsed.get("schema")))
    if schema is None:
        fault(f"unknown schema {parsed.get('schema')}")
        return
    # Stated once for the table, these three hold for each row that does not state its own.
    shared = {key: parsed[key] for key in ("source", "status", "from") if key in parsed}
    rows: list[Row] = []
    for raw in parsed.get("rows") or ():
        label = str(raw.get("code"))
        try:
            row = schema.model_validate({**shared, **raw})
        except ValidationError as error:
            for detail in error.errors():
                fault(f"{label}: {'.'.join(str(part) for part in detail['loc'])}: {detail['msg']}")
            continue
        _check_origin(loaded, fault, label, list(row.source), row.status)
        rows.append(row)
    twice = [
        key
        for key, times in Counter((r.code, r.since, getattr(r, "court", None)) for r in rows).items()
        if times > 1
    ]
    for key in twice:
        fault(f"{key[0]} stands twice from {key[1]}")
    if not rows:
        fault("no rows")
    loaded.records[name] = rows


def _take_calendar(loaded: Loaded, name: str, parsed: dict[str, Any]) -> None:
    fault = _faulter(loaded, name)
    _check_origin(loaded, fault, name, parsed.get("source"), parsed.get("status"))
    year = parsed.get("year")
    days = [day for group in (parsed.get("holidays") or {}).values() for day in group]
    working = list(parsed.get("working_weekends") or ())
    for day in [*days, *working]:
        if not isinstance(day, date) or day.year != year:
            fault(f"{day} is no day of {year}")
    if len(set(days)) != len(days) or set(days) & set(working):
        fault("a day stands twice")
    for day in working:
        if isinstance(day, date) and day.weekday() < 5:
            fault(f"{day} is no weekend")
    loaded.calendars[int(year or 0)] = parsed


def _check_origin(loaded: Loaded, fault: Any, label: str, source: Any, status: Any) -> None:
    if not isinstance(source, list) or not source:
        fault(f"{label}: a value without source is refused")
    else:
        for key in source:
            if key not in loaded.citations:
                fault(f"{label}: source {key} is not in citations.yaml")
    if status not in _STATUS:
        fault(f"{label}: status must be one of {', '.join(_STATUS)}")


def _typed(value: Any, unit: str, fault: Any) -> Any:
    """Text to Decimal where the unit says so; None stays None and means repealed."""
    if value is None:
        return None
    if unit in _DECIMAL_UNITS:
        if not isinstance(value, str):
            fault(f"write {value} as text in quotes")
            return None
        try:
            return Decimal(value)
        except InvalidOperation:
            fault(f"{value} is no decimal number")
            return None
    if unit in _INTEGER_UNITS and (not isinstance(value, int) or isinstance(value, bool)):
        fault(f"{value} is no whole number")
    return tuple(value) if isinstance(value, list) else value


def _check_value(value: Any, check: str, fault: Any) -> None:
    if check not in _CHECKS:
        fault(f"unknown check {check}")
    elif value is None:
        return
    elif not isinstance(value, (Decimal, int)):
        fault(f"{value} cannot be checked to be {check}")
    elif check == "non_negative" and not value >= 0:
        fault(f"{value} breaks the check non_negative")
    elif check == "positive" and not value > 0:
        fault(f"{value} breaks the check positive")
    elif check == "below_one" and not value < 1:
        fault(f"{value} breaks the check below_one")


def _check_brackets(rows: Any, fault: Any) -> None:
    """Brackets follow each other without gap: limits rise, the last one has none, each has a rate or a flat sum."""
    if not isinstance(rows, tuple) or not rows or not all(isinstance(row, dict) for row in rows):
        fault("brackets are a list of {to, rate} or {to, flat}")
        return
    limits = [row.get("to") for row in rows]
    try:
        numbers = [Decimal(limit) for limit in limits[:-1]]
    except (InvalidOperation, TypeError, ValueError):
        fault("every bracket but the last has a limit, as text in quotes")
        return
    if limits[-1] is not None:
        fault("the last bracket has no limit: to: null")
    if numbers != sorted(set(numbers)):
        fault("limits of brackets must rise")
    for row in rows:
        if len(row.keys() & {"rate", "flat"}) != 1 or row.keys() - {"to", "rate", "flat"}:
            fault(f"bracket up to {row.get('to')} needs either rate or flat")


def _faulter(loaded: Loaded, name: str) -> Any:
    return lambda text: loaded.faults.append(f"{name}: {text}")


def _hash(parsed: dict[str, Any]) -> str:
    """Over the content, not the bytes: comments and layout do not change it."""
    canonical = json.dumps(parsed, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


_TAKERS = {
    "series": _take_series,
    "group": _take_group,
    "records": _take_records,
    "calendar": _take_calendar,
}
