"""Sources of law: which act, which article, how it is cited on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhixing.kernel.text import chinese_numeral
from zhixing.law.errors import UnknownRule

if TYPE_CHECKING:
    from datetime import date

_ACT_KEYS = {"short", "title", "number", "from", "tier", "articles", "counter", "note"}
_ARTICLE_KEYS = {"article", "quote", "gist", "tier"}
_TIERS = {"T1", "T2", "T3", "T4"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One source, ready to be printed.

    Attributes:
        key: ``act`` or ``act.article``, e.g. ``cpl.253``.
        short: what stands on the page, e.g. 民诉法第二百五十三条.
        title: full title of the act.
        article: 第二百五十三条, or empty for the act as a whole.
        number: 文号, or empty for statutes.
        since: first day of the act (of this version) in force, when known.
        tier: T1 statute or judicial interpretation … T4 our own default.
        quote: at most one sentence of the text itself, or None when it was not read.
        gist: what it says, in our words.
    """

    key: str
    short: str
    title: str
    article: str
    number: str
    since: date | None
    tier: str
    quote: str | None
    gist: str


class Citations:
    """All sources. Any article within an act's range can be cited; listed ones add a gist or quote."""

    def __init__(
        self,
        acts: dict[str, dict[str, Any]],
        articles: dict[str, dict[str, Any]],
        aliases: dict[str, str] | None = None,
    ) -> None:
        """Take the checked parts of ``citations.yaml``; an alias names an act, or an article by its topic."""
        self._acts, self._articles, self._aliases = acts, articles, aliases or {}
        self._made: dict[str, Citation] = {}

    def __contains__(self, key: str) -> bool:
        try:
            self[key]
        except UnknownRule:
            return False
        return True

    def __getitem__(self, key: str) -> Citation:
        """The source behind a key.

        Raises:
            UnknownRule: no such act, or no such article in it.
        """
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(key)
        return made

    def keys(self) -> tuple[str, ...]:
        """All acts and all listed articles, sorted."""
        return tuple(sorted({*self._acts, *self._articles}))

    def aliases(self) -> dict[str, str]:
        """Topic or second name → key."""
        return dict(self._aliases)

    def _resolve(self, key: str) -> str:
        if key in self._aliases:
            return self._aliases[key]
        slug, dot, article = key.partition(".")
        return self._aliases.get(slug, slug) + dot + article

    def _make(self, asked: str) -> Citation:
        key = self._resolve(asked)
        slug, _, article = key.partition(".")
        act, listed = self._acts.get(slug), self._articles.get(key, {})
        if act is None or (article and not listed and not self._in_range(act, article)):
            raise UnknownRule(asked)
        written = listed.get("article") or (_article(article, act.get("counter", "条")) if article else "")
        return Citation(
            key=key,
            short=f"{act['short']}{written}",
            title=act["title"],
            article=written,
            number=act.get("number", ""),
            since=act.get("from"),
            tier=listed.get("tier", act["tier"]),
            quote=listed.get("quote"),
            gist=listed.get("gist", ""),
        )

    @staticmethod
    def _in_range(act: dict[str, Any], article: str) -> bool:
        return (
            article.isdecimal()
            and not article.startswith("0")
            and 1 <= int(article) <= act.get("articles", 0)
        )


def _article(text: str, counter: str) -> str:
    return f"第{chinese_numeral(int(text))}{counter}"


def citation_faults(parsed: dict[str, Any]) -> list[str]:
    """Everything wrong with the content of ``citations.yaml``; empty when sound."""
    faults = [
        f"citations.yaml: unknown key {key}"
        for key in parsed.keys() - {"acts", "articles", "aliases", "notes"}
    ]
    for slug, act in parsed.get("acts", {}).items():
        faults += [f"citations.yaml: {slug}: unknown key {key}" for key in act.keys() - _ACT_KEYS]
        faults += [
            f"citations.yaml: {slug}: {key} is missing"
            for key in ("short", "title", "tier")
            if not act.get(key)
        ]
        if act.get("tier") not in _TIERS:
            faults.append(f"citations.yaml: {slug}: tier must be T1 to T4")
    for key, article in parsed.get("articles", {}).items():
        faults += [f"citations.yaml: {key}: unknown key {name}" for name in article.keys() - _ARTICLE_KEYS]
        if key.partition(".")[0] not in parsed.get("acts", {}):
            faults.append(f"citations.yaml: {key}: no such act")
        if (article.get("quote") or "").count("。") > 1:
            faults.append(f"citations.yaml: {key}: quote at most one sentence")
    known = Citations(parsed.get("acts", {}), parsed.get("articles", {}))
    faults += [
        f"citations.yaml: alias {name} points at {key}, which is not there"
        for name, key in parsed.get("aliases", {}).items()
        if key not in known
    ]
    return faults
