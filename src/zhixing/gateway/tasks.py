"""Jobs of the gateway. Each job is safe to run twice, so a job whose worker died is simply run again."""

from __future__ import annotations

import structlog
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from zhixing.gateway import calling, front, inbox
from zhixing.gateway.adapters.notices import notices_send
from zhixing.gateway.door import counts_prune
from zhixing.kernel.clock import now
from zhixing.platform import scope
from zhixing.platform.crashpoints import crash_here

log = structlog.get_logger()
# First + 8 more tries over about four minutes; then the recovery rule takes over every minute.
RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)
# A worker tells every three seconds that it lives; four missed signs mean that it is dead.
ALIVE_SECONDS, DEAD_SECONDS = 3.0, 12.0


@app.task(name="gateway.message_process", retry=RETRY)
def message_process(message_id: int) -> None:
    """Let one accepted message take effect in its case."""
    crash_here("tasks.message.taken")
    with scope.system("gateway.message_process"):
        inbox.message_effect(message_id, moment=now())
    crash_here("tasks.message.done")


# Where a cron line has six fields, the last one is the seconds.
@app.periodic(cron="* * * * *")
@app.task(name="gateway.recover", queueing_lock="gateway.recover")
def recover(timestamp: int) -> None:
    """Every minute: what was accepted and has no effect yet is taken up again."""
    with scope.system("gateway.recover"):
        waiting = inbox.messages_waiting()
    for message_id in waiting:
        with scope.system("gateway.message_process"):
            inbox.message_effect(message_id, moment=now())


@app.periodic(cron="* * * * * */2")
@app.task(name="gateway.notices_send", queueing_lock="gateway.notices_send")
def notices_out(timestamp: int) -> None:
    """Every other second: send waiting SMS and mail."""
    sent, failed = notices_send(moment=now())
    if sent or failed:
        log.info("notices", sent=sent, failed=failed)


@app.periodic(cron="* * * * * */2")
@app.task(name="gateway.front_machines", queueing_lock="gateway.front_machines")
def front_machines(timestamp: int) -> None:
    """Every other second: each agency that exchanges files is visited, by a job of its own."""
    for code in front.agencies_with_files():
        lock = f"gateway.front.{code}"
        try:
            front_machine_visit.configure(lock=lock, queueing_lock=lock).defer(code=code)
        except AlreadyEnqueued:
            continue  # the visit before still waits: its front machine is slow


@app.task(name="gateway.front_machine_visit")
def front_machine_visit(code: str) -> None:
    """Visit one front machine. The next visit finds what this one leaves, so it needs no second try."""
    done = front.visit(code, moment=now())
    if done.delivered or done.taken or done.refused or done.aside:
        log.info(
            "front_machine", agency=code, delivered=done.delivered, taken=done.taken, refused=done.refused
        )


@app.periodic(cron="* * * * * */2")
@app.task(name="gateway.agencies_called", queueing_lock="gateway.agencies_called")
def agencies_called(timestamp: int) -> None:
    """Every other second: each agency that the court calls is visited, by a job of its own, if an order waits for it."""
    for code in calling.agencies_called(moment=now()):
        lock = f"gateway.call.{code}"
        try:
            agency_call.configure(lock=lock, queueing_lock=lock).defer(code=code)
        except AlreadyEnqueued:
            continue  # the visit before still waits: its service is slow


@app.task(name="gateway.agency_call")
def agency_call(code: str) -> None:
    """Carry the orders of one agency. The next visit takes up what this one leaves, so it needs no second try."""
    done = calling.visit(code, moment=now())
    if done.answered or done.put_off:
        log.info("agency_called", agency=code, answered=done.answered, put_off=done.put_off)


@app.periodic(cron="* * * * * */6")
@app.task(name="gateway.jobs_revive", queueing_lock="gateway.jobs_revive", pass_context=True)
async def jobs_revive(context: JobContext, timestamp: int) -> None:
    """Jobs in the hands of a dead worker are run again; periodic ones come back by themselves and are dropped."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_SECONDS):
        log.warning("job_revived", task=job.task_name)
        if job.queueing_lock:
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)
        else:
            await manager.retry_job(job)


@app.periodic(cron="*/10 * * * *")
@app.task(name="gateway.door_prune", queueing_lock="gateway.door_prune")
def door_prune(timestamp: int) -> None:
    """Every ten minutes: counts and nonces of windows that are over are deleted."""
    counts_prune(now())
