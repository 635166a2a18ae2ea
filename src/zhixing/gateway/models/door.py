"""What guards the door agencies come through: counted calls, used nonces, the keys by which the court signs."""

from __future__ import annotations

from django.db import models

from zhixing.gateway.models.agency import Agency


class CallCount(models.Model):
    """Calls of one caller in one window. Not logged: after a crash of the database counting starts again."""

    pk = models.CompositePrimaryKey("who", "since")
    who = models.CharField(
        max_length=80, help_text="Agency, address, or failed tries of an address; never a user name in clear."
    )
    since = models.DateTimeField(help_text="Start of the window.")
    calls = models.PositiveIntegerField(help_text="Calls in it.")

    class Meta:
        db_table = "gateway_call_count"


class Nonce(models.Model):
    """A nonce that was used. Not logged: signatures older than the database's start are refused instead."""

    pk = models.CompositePrimaryKey("agency_id", "value")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", help_text="Whose signature bore it.")
    value = models.CharField(max_length=80, help_text="The nonce.")
    used_at = models.DateTimeField(db_index=True, help_text="When; rows older than the window are deleted.")

    class Meta:
        db_table = "gateway_nonce"


class CourtKey(models.Model):
    """A key by which the court signs its answers. The newest signs; the ones before it can still be looked up."""

    name = models.CharField(max_length=40, primary_key=True, help_text="Key id on the wire.")
    sealed = models.BinaryField(help_text="Private key, under the keyring.")
    public = models.BinaryField(help_text="Public key, PEM.")
    made_at = models.DateTimeField(help_text="Signs from.")

    class Meta:
        db_table = "gateway_court_key"
        ordering = ["-made_at"]
