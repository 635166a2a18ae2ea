"""Rights of the app role on everything the owner creates, and the function that refuses changes."""

from django.conf import settings
from django.db import migrations

RIGHTS = f"""
GRANT USAGE ON SCHEMA public TO {settings.APP_DB_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {settings.APP_DB_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {settings.APP_DB_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {settings.APP_DB_ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {settings.APP_DB_ROLE};
CREATE FUNCTION zx_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL(RIGHTS, migrations.RunSQL.noop)]
