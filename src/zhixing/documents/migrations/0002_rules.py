"""Visibility of papers; a paper is never changed."""

from django.db import migrations

from zhixing.platform import rls


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("zx_platform", "0001_rights")]
    operations = [rls.protect("documents_document"), rls.insert_only("documents_document")]
