"""What the watch over agencies asks every few minutes, answered by an index."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("command", "0001_questions"),
        ("gateway", "0006_score"),
        ("inquiry", "0003_urgency"),
    ]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX requests_under_way ON inquiry_request (released_at) WHERE state = 'released'",
            "DROP INDEX requests_under_way",
        ),
        # What a court's agencies owe beyond their hours, and the figures behind the list.
        migrations.RunSQL(
            "CREATE INDEX orders_owed_to_court ON gateway_order (court_key, agency_id, listed_at)"
            " WHERE state IN ('listed', 'fetched')",
            "DROP INDEX orders_owed_to_court",
        ),
    ]
