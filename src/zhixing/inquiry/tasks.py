"""Jobs of the inquiry room. Each is safe to run twice."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from zhixing.inquiry.answers import packet_seal, packets_due
from zhixing.kernel.clock import now
from zhixing.platform import scope

log = structlog.get_logger()


@app.periodic(cron="*/5 * * * *")
@app.task(name="inquiry.packets_due", queueing_lock="inquiry.packets_due")
def packets_seal_due(timestamp: int) -> None:
    """Every five minutes: a judge does not wait for agencies that are beyond their hours; what came is sealed to him."""
    with scope.system("inquiry.packets_due"):
        due = packets_due(moment=now())
    for request_id in due:
        with scope.system("inquiry.packets_due"):
            packet_seal(request_id, moment=now())
    if due:
        log.info("packets_sealed", count=len(due))
