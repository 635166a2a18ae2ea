"""PostgreSQL. Web and worker connect as a role that owns no table, so row-level security binds them."""

from __future__ import annotations

from zhixing.platform.runtime.settings import Runtime

_runtime = Runtime.from_environment()
# Only `zhixing migrate` runs as the owner (ZHIXING_DATABASE_ROLE=owner); every other process is the app role.
_dsn = _runtime.dsn()
APP_DB_ROLE = _runtime.app_dsn()["user"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _dsn["dbname"],
        "USER": _dsn["user"],
        "PASSWORD": _dsn["password"],
        "HOST": _dsn["host"],
        "PORT": str(_dsn["port"]),
        # Connecting costs twenty times a query here; connections live as long as their thread.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **{key: value for key, value in _dsn.items() if key.startswith("ssl")},
            "options": "-c statement_timeout=60000",
        },
    },
}
