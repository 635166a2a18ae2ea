"""Checks the electronic seal of a PDF."""

from __future__ import annotations

import hashlib
import io
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

# The library logs path building with names of certificates; the result below says all that a caller needs.
for name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(name).setLevel(logging.CRITICAL)  # noqa: TID251 - silencing, not logging


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a check of a sealed document found; `valid` means that every part of it is in order."""

    valid: bool
    intact: bool
    whole_file: bool
    trusted: bool
    signer: str | None
    signed_at: datetime | None
    problems: tuple[str, ...]


def fingerprint(pdf: bytes) -> str:
    """SHA-256 of the file in lower-case hexadecimal; one changed bit changes it."""
    return hashlib.sha256(pdf).hexdigest()


def verify(pdf: bytes, trust_roots: Iterable[bytes], *, moment: datetime | None = None) -> Verification:
    """Is this PDF sealed by a court under one of the roots, and unchanged since?

    Args:
        pdf: the file as received.
        trust_roots: root certificates, PEM or DER.
        moment: when the chain must hold; None takes the signing time stated in the file, which only its signer
            vouches for (B-B carries no time-stamp of a third party).
    Returns: never raises for a bad file; every finding is a sentence in `problems`.
    """
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return _refused("文件没有电子印章。")
        if len(signatures) > 1:
            return _refused(f"文件有 {len(signatures)} 个签名，法院文书应当只有 1 个。")
        signed = signatures[0]
        context = _context([_root(r) for r in trust_roots], moment or _claimed(signed))
        status = validate_pdf_signature(signed, context)
    except (
        PdfError,
        SigningError,
        SignatureValidationError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
    ) as error:
        return _refused(f"文件损坏或者不是合格的签名 PDF，无法核验（{type(error).__name__}）。")
    return _judged(signed, status)


def _judged(signed: EmbeddedPdfSignature, status: PdfSignatureStatus) -> Verification:
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    findings = [
        (status.intact, "文件内容在用印之后被改动。"),
        (status.valid, "电子签名本身不能通过验算。"),
        (whole, "用印之后文件又被追加了内容。"),
        (status.trusted, "印章证书不是受信任的法院签发机构签发，或者已经失效。"),
    ]
    problems = tuple(sentence for holds, sentence in findings if not holds)
    return Verification(
        valid=not problems,
        intact=bool(status.intact),
        whole_file=whole,
        trusted=bool(status.trusted),
        signer=_organisation(status.signing_cert),
        signed_at=_claimed(signed),
        problems=problems,
    )


def _context(roots: list[asn1_x509.Certificate], moment: datetime | None) -> ValidationContext:
    # No fetching: a court's network has no way out, and a verifier must not call addresses found in a file.
    # best_signature_time is left to the context's moment.
    return ValidationContext(
        trust_roots=roots, moment=moment, allow_fetching=False, revocation_mode="soft-fail"
    )


def _root(raw: bytes) -> asn1_x509.Certificate:
    der = pem.unarmor(raw)[2] if pem.detect(raw) else raw
    return asn1_x509.Certificate.load(der)


def _claimed(signed: EmbeddedPdfSignature) -> datetime | None:
    return signed.self_reported_timestamp


def _organisation(certificate: asn1_x509.Certificate) -> str | None:
    return certificate.subject.native.get("organization_name")


def _refused(sentence: str) -> Verification:
    return Verification(
        valid=False,
        intact=False,
        whole_file=False,
        trusted=False,
        signer=None,
        signed_at=None,
        problems=(sentence,),
    )
