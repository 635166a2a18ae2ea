"""Urls, templates, language, static files, logs."""

from __future__ import annotations

import os
from pathlib import Path

import structlog

from zhixing.platform.runtime.settings import Runtime

RUNTIME = Runtime.from_environment()
PACKAGE_DIR = Path(__file__).resolve().parents[2]

DEBUG = RUNTIME.debug
ROOT_URLCONF = "zhixing.config.urls"
WSGI_APPLICATION = "zhixing.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "courts.Account"
APPEND_SLASH = True

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "zhixing.entry.context.shell",
            ],
            "builtins": ["zhixing.ui.templatetags.ui", "django.templatetags.static"],
        },
    },
]

STATIC_URL = "/static/"
# Third-party page assets, brought by `make setup`; served from our own origin.
STATICFILES_DIRS = [path for path in [RUNTIME.assets_dir] if path.is_dir()]
STATIC_ROOT = RUNTIME.static_dir
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Largest paper a clerk may upload. A setting, not law: a scanned bundle of 400 pages stays below it.
PAPER_MAX_BYTES = int(os.environ.get("ZHIXING_PAPER_MAX_BYTES", str(30 * 1024 * 1024)))
# The body limit protects fields only; files are limited by the view that receives them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
    ],
)
