"""Puts a court's electronic seal on a PDF: PAdES B-B, visible over the date of the sign block."""

from __future__ import annotations

import io
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfResources, RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticContentStamp, StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from zhixing.documents.domain.problems import DocumentError
from zhixing.documents.engine.seals.drawing import seal_draw

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Protocol

    from zhixing.documents.engine.fonts import FontSet
    from zhixing.documents.engine.seals.authority import Authority, SealIdentity

    class Suite(Protocol):
        """A way to seal; a second one with SM2 keeps this shape."""

        def seal(self, pdf: bytes, *, court_code: str, reason: str, moment: datetime) -> bytes:
            """The sealed PDF."""


_FIELD = "CourtSeal"
_MARK = "#seal"
# Hexadecimal digits: an EC P-256 signature with two certificates takes about 2 kB, so this leaves room for long names.
_RESERVED = 8_192


class NotSealable(DocumentError):
    """文书不能用印。"""

    def __init__(self, why: str) -> None:
        super().__init__(f"文书不能用印：{why}")


class Sealer:
    """Seals documents with certificates of one authority. Thread-safe; share one per process."""

    def __init__(self, *, authority: Authority, fonts: FontSet, line: str = "") -> None:
        """`line` is printed under the star, e.g. 执行专用章; empty for none."""
        self._authority = authority
        self._fonts = fonts
        self._line = line
        self._signers: dict[str, _CachedSigner] = {}
        self._lock = threading.Lock()

    def seal(self, pdf: bytes, *, court_code: str, reason: str, moment: datetime) -> bytes:
        """The PDF with a certifying signature that allows no later change.

        Args:
            pdf: a paper made with an imprint: its date carries the place of the seal.
            reason: stands in the signature, without personal data, e.g. 执行裁定书用印.
            moment: signing time, aware; must lie inside the certificate's validity.
        Raises: SealMissing, KeysLocked, NotSealable.
        """
        if moment.tzinfo is None:
            raise ValueError("用印时间应带时区。")
        identity = self._authority.seal_open(court_code)
        self._check_time(identity, moment)
        writer = _writer(pdf)
        page, box = _place(writer)
        return self._sign(writer, identity, page=page, box=box, reason=reason, moment=moment)

    def _sign(
        self,
        writer: IncrementalPdfFileWriter,
        identity: SealIdentity,
        *,
        page: int,
        box: tuple[float, ...],
        reason: str,
        moment: datetime,
    ) -> bytes:
        signer = _CourtPdfSigner(
            signers.PdfSignatureMetadata(
                field_name=_FIELD,
                name=identity.court,
                reason=reason,
                location=identity.court,
                md_algorithm="sha256",
                subfilter=fields.SigSeedSubFilter.PADES,
                certify=True,
                docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            ),
            signer=self._signer(identity),
            stamp_style=self._style(identity.court),
            new_field_spec=fields.SigFieldSpec(_FIELD, on_page=page, box=tuple(round(v) for v in box)),
        )
        signer.moment = moment
        out = io.BytesIO()
        signer.sign_pdf(writer, output=out, bytes_reserved=_RESERVED)
        return out.getvalue()

    def _signer(self, identity: SealIdentity) -> _CachedSigner:
        with self._lock:
            if identity.court_code not in self._signers:
                self._signers[identity.court_code] = _CachedSigner(identity)
            return self._signers[identity.court_code]

    def _style(self, court: str) -> StaticStampStyle:
        """The seal multiplies with the page, like ink: the words under it stay readable."""
        content, side = _outlines(self._fonts, court, self._line)
        resources = PdfResources()
        resources.ext_g_state["/Ink"] = generic.DictionaryObject(
            {
                generic.pdf_name("/BM"): generic.pdf_name("/Multiply"),
                generic.pdf_name("/ca"): generic.FloatObject(0.92),
            }
        )
        stamp = RawContent(b"/Ink gs\n" + content, resources, BoxConstraints(width=side, height=side))
        middle = AxisAlignment.ALIGN_MID
        layout = SimpleBoxLayoutRule(x_align=middle, y_align=middle, margins=Margins.uniform(0))
        return _InkStyle(background=stamp, border_width=0, background_layout=layout)

    @staticmethod
    def _check_time(identity: SealIdentity, moment: datetime) -> None:
        cert = identity.certificate
        if not cert.not_valid_before_utc <= moment <= cert.not_valid_after_utc:
            raise NotSealable(
                f"用印时间 {moment:%Y-%m-%d} 不在印章证书的有效期 {cert.not_valid_before_utc:%Y-%m-%d}"
                f" 至 {cert.not_valid_after_utc:%Y-%m-%d} 内，请重新制作印章。"
            )


@lru_cache(maxsize=512)
def _outlines(fonts: FontSet, court: str, line: str) -> tuple[bytes, float]:
    """Writing out the numbers of a seal takes milliseconds, so each court's is written once."""
    return seal_draw(fonts, court, line).pdf()


class _Ink(StaticContentStamp):
    """Packs the outlines of the seal: a quarter of the size in every document."""

    def as_form_xobject(self) -> Any:
        drawn = super().as_form_xobject()
        drawn.compress()
        return drawn


class _InkStyle(StaticStampStyle):
    def create_stamp(self, writer: Any, box: BoxConstraints, text_params: dict[str, Any]) -> _Ink:
        return _Ink(writer=writer, style=self, box=box)


class _CachedSigner(signers.Signer):
    """Keeps the opened key: the library's simple signer parses and checks the key again at each signature."""

    def __init__(self, identity: SealIdentity) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(_asn1(c) for c in identity.chain)
        # Who checks a seal holds the root; a root taken from the file itself would prove nothing.
        super().__init__(signing_cert=_asn1(identity.certificate), cert_registry=store, embed_roots=False)
        self._key = identity.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(72)  # longest DER form of a P-256 signature
        if digest_algorithm != "sha256":
            raise ValueError(f"The seal signs SHA-256 only, not {digest_algorithm}.")
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


class _CourtPdfSigner(signers.PdfSigner):
    """Takes the signing time from outside; the library would read the machine's clock."""

    moment: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.moment
        return session


def _asn1(certificate: Any) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    except (PdfError, ValueError) as error:
        raise NotSealable("文件不是完整的 PDF。") from error
    if writer.prev.embedded_signatures:
        raise NotSealable("文书已经用印，不能再次用印。")
    return writer


def _place(writer: IncrementalPdfFileWriter) -> tuple[int, tuple[float, ...]]:
    """Page index and rectangle (points) of the marked place, looked for from the last page backward."""
    reader = writer.prev
    total = int(reader.root["/Pages"]["/Count"])
    for index in range(total - 1, -1, -1):
        page = reader.find_page_for_modification(index)[0].get_object()
        for annotation in page.get("/Annots", ()):
            target = annotation.get_object().get("/A")
            if target is not None and str(target.get("/URI", "")).endswith(_MARK):
                return index, tuple(float(v) for v in annotation.get_object()["/Rect"])
    raise NotSealable("没有找到用印位置。预览稿和内部表格不用印，请用带核验码的正式文书。")
