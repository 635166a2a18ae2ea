"""Writes about courts and staff: tree, people, credentials, signatures."""

from __future__ import annotations

from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from zhixing.courts.models import Account, Court, Credential, Staff, StaffRole
from zhixing.courts.roles import Role
from zhixing.kernel.text import mask_phone
from zhixing.platform.crypto import new_subject, seal, unseal_text


@transaction.atomic
def court_tree_load(rows: list[dict[str, object]]) -> int:
    """Insert or update the court tree; rows come from the law book, superiors first. Returns the number of rows."""
    courts = [Court(**row) for row in rows]
    fields = ["key_last", "code", "name", "short", "level", "parent_id"]
    Court.objects.bulk_create(
        courts,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[f.removesuffix("_id") for f in fields],
    )
    return len(courts)


@transaction.atomic
def staff_create(
    *,
    username: str,
    name: str,
    title: str,
    court_key: int,
    roles: set[Role],
    phone: str,
    email: str,
    since: date,
    password: str = "",
    hashed: str = "",
) -> Staff:
    """A new member of staff with login and roles; give the password, or its hash."""
    account = Account.objects.create_account(
        username=username, password=password, hashed=hashed, kind=Account.Kind.STAFF, display_name=name
    )
    subject = new_subject()
    staff = Staff.objects.create(
        account=account,
        court_id=court_key,
        name=name,
        title=title,
        email=email,
        subject=subject,
        phone_sealed=seal(subject, phone),
        phone_masked=mask_phone(phone),
    )
    StaffRole.objects.bulk_create(
        [StaffRole(staff=staff, role=role, valid_from=since) for role in sorted(roles)]
    )
    return staff


def staff_phone(staff: Staff) -> str:
    """The number codes are sent to, in clear. For sending only."""
    return unseal_text(staff.subject, staff.phone_sealed)


def credential_file(
    *,
    staff: Staff,
    work_cert_no: str,
    official_cert_no: str,
    work_image: bytes,
    official_image: bytes,
    filed_on: date,
    expires_on: date,
    pin: str,
) -> Credential:
    """File an officer's certificates and make his signing key, locked with his PIN."""
    key = ec.generate_private_key(ec.SECP256R1())
    locked = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(pin.encode()),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return Credential.objects.create(
        staff=staff,
        work_cert_no=work_cert_no,
        official_cert_no=official_cert_no,
        work_image=work_image,
        official_image=official_image,
        filed_on=filed_on,
        expires_on=expires_on,
        private_key=locked,
        public_key=public,
    )


class WrongPin(Exception):
    """证书口令不对。请确认证书属于您本人后重新输入。"""


def credential_sign(credential: Credential, *, pin: str, digest: bytes) -> bytes:
    """Sign bytes with the officer's own key. Raises WrongPin."""
    try:
        key = serialization.load_der_private_key(bytes(credential.private_key), pin.encode())
    except ValueError as error:
        raise WrongPin from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("An officer's key is an elliptic curve key.")
    return key.sign(digest, ec.ECDSA(hashes.SHA256()))


def signature_holds(credential: Credential, *, signature: bytes, digest: bytes) -> bool:
    """Whether a signature was made by this officer over these bytes."""
    public = serialization.load_der_public_key(bytes(credential.public_key))
    if not isinstance(public, ec.EllipticCurvePublicKey):
        return False
    try:
        public.verify(signature, digest, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
