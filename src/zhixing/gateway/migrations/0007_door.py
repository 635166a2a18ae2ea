import django.db.models.deletion
from django.db import migrations, models

# Rows of minutes: no log to write and flush for them. What a crash empties is explained at the models.
_UNLOGGED = """
ALTER TABLE {table} SET UNLOGGED;
ALTER TABLE {table} SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("gateway", "0006_score"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "who", "since", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        help_text="Agency, address, or failed tries of an address; never a user name in clear.",
                        max_length=80,
                    ),
                ),
                ("since", models.DateTimeField(help_text="Start of the window.")),
                ("calls", models.PositiveIntegerField(help_text="Calls in it.")),
            ],
            options={"db_table": "gateway_call_count"},
        ),
        migrations.CreateModel(
            name="CourtKey",
            fields=[
                (
                    "name",
                    models.CharField(
                        help_text="Key id on the wire.", max_length=40, primary_key=True, serialize=False
                    ),
                ),
                ("sealed", models.BinaryField(help_text="Private key, under the keyring.")),
                ("public", models.BinaryField(help_text="Public key, PEM.")),
                ("made_at", models.DateTimeField(help_text="Signs from.")),
            ],
            options={"db_table": "gateway_court_key", "ordering": ["-made_at"]},
        ),
        migrations.CreateModel(
            name="Nonce",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "agency_id", "value", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("value", models.CharField(help_text="The nonce.", max_length=80)),
                (
                    "used_at",
                    models.DateTimeField(
                        db_index=True, help_text="When; rows older than the window are deleted."
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        help_text="Whose signature bore it.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gateway.agency",
                    ),
                ),
            ],
            options={"db_table": "gateway_nonce"},
        ),
        *(
            migrations.RunSQL(_UNLOGGED.format(table=table), migrations.RunSQL.noop)
            for table in ("gateway_call_count", "gateway_nonce")
        ),
        # One key id is one agency's: a signature names nothing but it.
        migrations.AddConstraint(
            model_name="agencysecret",
            constraint=models.UniqueConstraint(
                fields=["name"], condition=models.Q(kind="public_key"), name="one_agency_per_key_id"
            ),
        ),
    ]
