"""The journal's partitions are reached through the journal only: its row-level security does not bind those who name a partition."""

from django.conf import settings
from django.db import migrations

PARTITIONS = [f"acts_entry_p{i}" for i in range(8)]
CLOSE = "".join(
    f"REVOKE ALL ON {name} FROM {settings.APP_DB_ROLE}; ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;"
    for name in PARTITIONS
)
OPEN = "".join(
    f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY; GRANT SELECT, INSERT ON {name} TO {settings.APP_DB_ROLE};"
    for name in PARTITIONS
)


class Migration(migrations.Migration):
    dependencies = [("acts", "0002_journal")]

    operations = [migrations.RunSQL(CLOSE, OPEN)]
