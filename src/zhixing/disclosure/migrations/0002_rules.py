"""Visibility of disclosure items."""

from django.db import migrations

from zhixing.platform import rls


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial"), ("zx_platform", "0001_rights")]
    operations = [rls.protect("disclosure_item")]
