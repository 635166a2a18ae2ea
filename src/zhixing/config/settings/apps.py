"""Which rooms are installed. Order: lower rooms first, so that their `ready` runs first."""

from __future__ import annotations

ROOMS = [
    "zhixing.platform",
    "zhixing.ui",
    "zhixing.courts",
    "zhixing.acts",
    "zhixing.documents",
    "zhixing.gateway",
    "zhixing.cases",
    "zhixing.inquiry",
    "zhixing.control",
    "zhixing.funds",
    "zhixing.disclosure",
    "zhixing.command",
    "zhixing.processes",
    "zhixing.entry",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    *ROOMS,
]

MIDDLEWARE = [
    "zhixing.platform.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhixing.courts.middleware.ScopeMiddleware",
    "zhixing.entry.middleware.ShellMiddleware",
    "axes.middleware.AxesMiddleware",
]
