"""Transactions, facts and leads are sealed to the judge in the database as well."""

from django.db import migrations

from zhixing.platform import rls


class Migration(migrations.Migration):
    dependencies = [("inquiry", "0005_evasion")]
    operations = [
        rls.protect_sealed(table, judge="judge_id", opened="is_opened")
        for table in ("inquiry_flow", "inquiry_material", "inquiry_lead", "inquiry_evidence_bundle")
    ]
