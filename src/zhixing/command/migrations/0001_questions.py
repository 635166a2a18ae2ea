"""Indexes for the questions of the hall, each named for its question."""

from django.db import migrations

INDEXES = {
    # What happened last? The feed walks back from the newest entry.
    "entries_latest": "acts_entry (moment DESC) WHERE kind = 'effect'",
    # How many cases are open in this range?
    "cases_open_in_range": "cases_case (court_key) WHERE state = 'open'",
    # How many were closed that day?
    "cases_closed_on_day": "cases_case (court_key, closed_on) WHERE closed_on IS NOT NULL",
    # Which inquiries are on their way, and since when?
    "orders_in_flight": "gateway_order (court_key, listed_at) WHERE kind = 'inquiry' AND state IN ('queued', 'listed', 'fetched')",
    # What was put under control that day?
    "measures_started_on_day": "control_measure (court_key, starts_on)",
}


class Migration(migrations.Migration):
    dependencies = [
        ("acts", "0002_journal"),
        ("cases", "0001_initial"),
        ("gateway", "0001_initial"),
        ("control", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON {where}", f"DROP INDEX {name}")
        for name, where in INDEXES.items()
    ]
