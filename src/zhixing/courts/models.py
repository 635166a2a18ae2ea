"""Court tree, accounts, staff and their credentials."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.db import models

from zhixing.courts.roles import ROLE_NAMES


class Court(models.Model):
    """One court. Its key is the six digits behind its code; it and all below it are the range key..key_last."""

    class Level(models.TextChoices):
        SUPREME = "supreme", "最高人民法院"
        HIGH = "high", "高级人民法院"
        INTERMEDIATE = "intermediate", "中级人民法院"
        BASIC = "basic", "基层人民法院"

    key = models.IntegerField(
        primary_key=True, help_text="Six digits of the division; the Supreme Court is 0."
    )
    key_last = models.IntegerField(help_text="Last key of the subtree, inclusive.")
    code = models.CharField(max_length=8, unique=True, help_text="法院代字, such as 冀0930.")
    name = models.CharField(max_length=60, help_text="Full official name.")
    short = models.CharField(max_length=20, help_text="Short name for lists.")
    level = models.CharField(max_length=12, choices=Level.choices, help_text="Level in the tree.")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", help_text="Superior court."
    )

    phone = models.CharField(max_length=20, default="12368", help_text="Number printed on papers.")
    address = models.CharField(
        max_length=120, blank=True, help_text="Address printed on papers; empty until set."
    )
    fund_bank = models.CharField(
        max_length=60, blank=True, help_text="Bank of the 执行款专户; empty until set."
    )

    class Meta:
        db_table = "courts_court"
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(key_last__gte=models.F("key")), name="court_range_is_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with hashed passwords."""

    def create_account(
        self, *, username: str, kind: str, display_name: str, password: str = "", hashed: str = ""
    ) -> Account:
        """A new account; the password is hashed. `hashed` brings one that is (hashing costs a third of a second)."""
        account = self.model(username=username, kind=kind, display_name=display_name)
        account.password = hashed or make_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """Somebody who can log in: a member of staff or a party."""

    class Kind(models.TextChoices):
        STAFF = "staff", "法院工作人员"
        PARTY = "party", "当事人"

    username = models.CharField(max_length=40, unique=True, help_text="Login name; holds no personal data.")
    kind = models.CharField(max_length=5, choices=Kind.choices, help_text="Staff or party.")
    display_name = models.CharField(max_length=60, help_text="Name shown on pages.")
    is_active = models.BooleanField(default=True, help_text="May log in.")

    USERNAME_FIELD = "username"
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        db_table = "courts_account"

    def __str__(self) -> str:
        return self.username


class Staff(models.Model):
    """A member of staff of one court."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="staff", help_text="His login.")
    court = models.ForeignKey(Court, models.PROTECT, related_name="staff", help_text="Court where he works.")
    court_id: int
    name = models.CharField(max_length=30, help_text="Name as on documents.")
    title = models.CharField(max_length=30, help_text="Title shown beside the name, such as 执行法官.")
    phone_sealed = models.BinaryField(help_text="Mobile number under the keyring; codes go there.")
    phone_masked = models.CharField(max_length=20, help_text="For display.")
    email = models.EmailField(help_text="Court mailbox that receives packets.")
    subject = models.UUIDField(help_text="Subject whose key encrypts his data.")
    held_roles: models.Manager[StaffRole]

    class Meta:
        db_table = "courts_staff"
        indexes = [models.Index(fields=["court"], name="staff_of_court")]

    def __str__(self) -> str:
        return self.name


class StaffRole(models.Model):
    """A role held by a member of staff, for a time."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="held_roles", help_text="Who.")
    role = models.CharField(
        max_length=20, choices=[(r.value, n) for r, n in ROLE_NAMES.items()], help_text="What."
    )
    valid_from = models.DateField(help_text="First day.")
    valid_to = models.DateField(null=True, help_text="Last day; NULL while open.")

    class Meta:
        db_table = "courts_staff_role"
        constraints = [models.UniqueConstraint(fields=["staff", "role", "valid_from"], name="one_role_once")]
        indexes = [models.Index(fields=["role", "staff"], name="staff_by_role")]


class Credential(models.Model):
    """An officer's certificates, filed once with the institutions (法释〔2013〕20号 art. 2), and his signing key."""

    staff = models.OneToOneField(Staff, models.PROTECT, related_name="credential", help_text="Whose.")
    staff_id: int
    work_cert_no = models.CharField(max_length=30, help_text="工作证编号.")
    official_cert_no = models.CharField(max_length=30, help_text="执行公务证编号.")
    work_image = models.BinaryField(help_text="Picture of the 工作证.")
    official_image = models.BinaryField(help_text="Picture of the 执行公务证.")
    image_type = models.CharField(max_length=5, default="png", help_text="File type of the pictures.")
    filed_on = models.DateField(help_text="Day of filing with the institutions.")
    expires_on = models.DateField(help_text="Last day of validity.")
    private_key = models.BinaryField(help_text="EC P-256 key, PKCS#8, encrypted under the officer's PIN.")
    public_key = models.BinaryField(help_text="DER public key.")

    class Meta:
        db_table = "courts_credential"
