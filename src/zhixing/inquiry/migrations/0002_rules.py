"""Visibility; what is sealed to a judge is sealed in the database as well."""

from django.db import migrations

from zhixing.platform import rls


class Migration(migrations.Migration):
    dependencies = [("inquiry", "0001_initial")]
    operations = [
        rls.protect_court("inquiry_batch"),
        rls.protect("inquiry_request"),
        rls.protect("inquiry_packet"),
        rls.protect("inquiry_declaration"),
        rls.protect("inquiry_declared_item"),
        rls.protect_sealed("inquiry_answer", judge="judge_id", opened="is_opened"),
        rls.protect_sealed("inquiry_finding", judge="judge_id", opened="is_opened"),
        rls.protect_sealed("inquiry_comparison", judge="judge_id", opened="is_opened"),
    ]
