"""Django settings, by concern. No rule of law lives here."""

from __future__ import annotations

from zhixing.config.settings.apps import *  # noqa: F403  Django reads names from this module
from zhixing.config.settings.base import *  # noqa: F403
from zhixing.config.settings.database import *  # noqa: F403
from zhixing.config.settings.security import *  # noqa: F403
