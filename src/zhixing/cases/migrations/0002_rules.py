"""Visibility of cases and what belongs to them."""

from django.db import migrations

from zhixing.platform import rls


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        rls.protect("cases_case", case="id"),
        rls.protect("cases_party"),
        rls.protect("cases_paper"),
        rls.protect("cases_identifier"),
        rls.protect("cases_node"),
        rls.protect_court("cases_filing"),
    ]
