"""What every court paper has, and how its content becomes print data."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field

from zhixing.documents.domain import wording
from zhixing.documents.domain.fields import Contact, Day, Instrument, Party, Piece, Signer, Text


class Series(StrEnum):
    """How papers of a kind are numbered inside a case."""

    CASE = "case"  # carries the case number itself
    RULING = "ruling"  # counted with all rulings of the case: 之一, 之二 …
    FOLLOWS = "follows"  # carries the number of the ruling that it carries out
    INTERNAL = "internal"  # stays in the file, carries the case number


class Basis(Piece):
    """Articles of one act that a paper rests on."""

    act: str  # key of the act in the law book's citations
    articles: tuple[int, ...]

    def citation_keys(self) -> tuple[str, ...]:
        """Citation keys, one per article: cpl.253."""
        return tuple(f"{self.act}.{n}" for n in self.articles)

    def text(self) -> str:
        """《…》第二百五十三条、第二百五十五条."""
        numbers = "、".join(f"第{wording.han_number(n)}条" for n in self.articles)
        return f"《{ACT_TITLES[self.act]}》{numbers}"


class Paper(Piece):
    """One document, ready to be printed. Subclasses add what their kind says."""

    code: ClassVar[str]
    title: ClassVar[str]  # the printed name
    label: ClassVar[str]  # the name in lists, unique among kinds
    series: ClassVar[Series] = Series.CASE
    basis: ClassVar[tuple[Basis, ...]] = ()
    sealed: ClassVar[bool] = True  # internal forms carry no court seal
    attaches: ClassVar[bool] = False  # whether the template puts a file into the PDF

    court: Text = Field(title="法院名称")
    number: Text = Field(title="文号", description="按 document_number 编号")
    issued_on: Day = Field(title="落款日期")

    @classmethod
    def law_keys(cls) -> tuple[str, ...]:
        """Citation keys of everything that the paper rests on."""
        return tuple(key for basis in cls.basis for key in basis.citation_keys())

    def print_data(self) -> dict[str, Any]:
        """Everything that the template prints, as JSON values; text is text, never markup."""
        data = self.model_dump(mode="json", context={"print": True})
        data["kind"] = {"code": self.code, "title": self.title, "label": self.label, "sealed": self.sealed}
        data["basis"] = "、".join(b.text() for b in self.basis)
        data.update(self.derived())
        return data

    def derived(self) -> dict[str, Any]:
        """Words that a kind composes from its fields (override by adding to super())."""
        return {}


class CasePaper(Paper):
    """A paper about one case between named sides."""

    case_number: Text = Field(title="案号")
    cause: Text = Field(title="案由")
    applicants: tuple[Party, ...] = Field(title="申请执行人", min_length=1)
    debtors: tuple[Party, ...] = Field(title="被执行人", min_length=1)
    instrument: Instrument = Field(title="执行依据")
    signers: tuple[Signer, ...] = Field((), title="署名", description="书记员写在最后，排在日期之后")
    contact: Contact | None = Field(None, title="联系方式")

    def derived(self) -> dict[str, Any]:
        """Names joined, the enforced title as one phrase, the parties' paragraphs, the sign block split at the date."""
        parties = (*self.applicants, *self.debtors)
        before = [s for s in self.signers if s.role != "书记员"]
        after = [s for s in self.signers if s.role == "书记员"]
        return super().derived() | {
            "applicant_names": "、".join(p.name for p in self.applicants),
            "debtor_names": "、".join(p.name for p in self.debtors),
            "party_lines": [line for p in parties for line in wording.party_lines(p)],
            "instrument_text": f"{self.instrument.issuer}{self.instrument.number}{self.instrument.name}",
            "signers_before": [s.model_dump(mode="json") for s in before],
            "signers_after": [s.model_dump(mode="json") for s in after],
        }


class Imprint(Piece):
    """What the footer says about verification."""

    verification_code: Text = Field(title="文书核验码")
    verification_url: Text = Field(title="核验网址", description="完整网址，印成二维码；不含任何个人信息")
    site: Text = Field(title="核验页", description="读者手工输入的网址，短")


# Keys of law/tables/citations.yaml. The titles stand here too, so that this room's papers print without a law book;
# a test compares the two.
CPL = "cpl"
CPL_INTERPRETATION = "cpli"
SEIZURE_RULES = "seizure"
NETWORK_RULES = "network"
INVESTIGATION_RULES = "survey"
ENFORCEMENT_RULES = "work"
CLOSING_OPINIONS = "closing26"
FUNDS_RULES = "casefunds"

ACT_TITLES = {
    CPL: "中华人民共和国民事诉讼法",
    CPL_INTERPRETATION: "最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释",
    SEIZURE_RULES: "最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定",
    NETWORK_RULES: "最高人民法院关于网络查询、冻结被执行人存款的规定",
    INVESTIGATION_RULES: "最高人民法院关于民事执行中财产调查若干问题的规定",
    ENFORCEMENT_RULES: "最高人民法院关于人民法院执行工作若干问题的规定（试行）",
    CLOSING_OPINIONS: "最高人民法院关于执行案件立案、结案若干问题的意见",
    FUNDS_RULES: "最高人民法院关于执行款物管理工作的规定",
}
"""Full titles; inside 《》 a quoted title takes 〈〉."""
