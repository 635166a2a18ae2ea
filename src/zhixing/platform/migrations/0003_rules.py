"""Visibility of outgoing notices."""

from django.db import migrations

from zhixing.platform import rls


class Migration(migrations.Migration):
    dependencies = [("zx_platform", "0002_initial")]
    operations = [rls.protect("platform_notice")]
