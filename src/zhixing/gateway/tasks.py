"""Jobs of the gateway. Each job is safe to run twice."""

from __future__ import annotations

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhixing.gateway import inbox
from zhixing.gateway.adapters.notices import notices_send
from zhixing.kernel.clock import now
from zhixing.platform import scope

log = structlog.get_logger()
# First + 8 more tries over about four minutes; then the recovery rule takes over every minute.
RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)


@app.task(name="gateway.message_process", retry=RETRY)
def message_process(message_id: int) -> None:
    """Let one accepted message take effect in its case."""
    with scope.system("gateway.message_process"):
        inbox.message_effect(message_id, moment=now())


@app.periodic(cron="* * * * *")
@app.task(name="gateway.recover", queueing_lock="gateway.recover")
def recover(timestamp: int) -> None:
    """Every minute: what was accepted and has no effect yet is taken up again."""
    with scope.system("gateway.recover"):
        waiting = inbox.messages_waiting()
    for message_id in waiting:
        with scope.system("gateway.message_process"):
            inbox.message_effect(message_id, moment=now())


@app.periodic(cron="*/2 * * * * *")
@app.task(name="gateway.notices_send", queueing_lock="gateway.notices_send")
def notices_out(timestamp: int) -> None:
    """Every other second: send waiting SMS and mail."""
    sent, failed = notices_send(moment=now())
    if sent or failed:
        log.info("notices", sent=sent, failed=failed)
