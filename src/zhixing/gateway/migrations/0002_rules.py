"""Visibility of orders and messages."""

from django.db import migrations

from zhixing.platform import rls


class Migration(migrations.Migration):
    dependencies = [("gateway", "0001_initial")]
    operations = [rls.protect("gateway_order"), rls.protect("gateway_inbound")]
