"""Jobs of the command room. Each is safe to run twice."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from zhixing.gateway import score
from zhixing.gateway.adapters.door import door_open
from zhixing.kernel.clock import now
from zhixing.platform import scope

# This month and the one that a letter speaks of.
REBUILT_DAYS = 62


@app.periodic(cron="* * * * *")
@app.task(name="command.uptime", queueing_lock="command.uptime")
def uptime(timestamp: int) -> None:
    """Every minute: a sign that this system runs and takes calls, so that our failures burden no institution."""
    if door_open(settings.RUNTIME.web_url):
        with scope.system("command.uptime"):
            score.uptime_beat(moment=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="command.score_refresh", queueing_lock="command.score_refresh")
def score_refresh(timestamp: int) -> None:
    """Every ten minutes: the figures of institutions for the days that changed."""
    with scope.system("command.score"):
        score.score_refresh(moment=now())


# 18:20 UTC is 02:20 at court.
@app.periodic(cron="20 18 * * *")
@app.task(name="command.score_rebuild", queueing_lock="command.score_rebuild")
def score_rebuild(timestamp: int) -> None:
    """Every night: the figures of the last two months anew, whatever changed behind them."""
    with scope.system("command.score"):
        score.score_rebuild(moment=now(), days=REBUILT_DAYS)
