"""The worker: runs the jobs that acts and messages queue."""

from __future__ import annotations

import os


def main() -> None:
    """Run until told to stop. One process, a few threads' worth of jobs at a time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhixing.config.settings")
    import django

    django.setup()
    from procrastinate.contrib.django import app

    from zhixing.gateway.tasks import ALIVE_SECONDS, DEAD_SECONDS

    connector = app.connector.get_worker_connector()  # pyright: ignore[reportAttributeAccessIssue]: Django's has it
    with app.replace_connector(connector) as worker_app:
        worker_app.run_worker(
            concurrency=2,
            listen_notify=True,
            install_signal_handlers=True,
            delete_jobs="successful",
            update_heartbeat_interval=ALIVE_SECONDS,
            stalled_worker_timeout=DEAD_SECONDS,
        )


if __name__ == "__main__":
    main()
