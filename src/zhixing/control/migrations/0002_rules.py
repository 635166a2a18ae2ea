"""Visibility of measures."""

from django.db import migrations

from zhixing.platform import rls


class Migration(migrations.Migration):
    dependencies = [("control", "0001_initial")]
    operations = [rls.protect("control_measure"), rls.protect("control_receipt")]
