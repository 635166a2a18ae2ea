"""Login, cookies, headers. The page policy allows nothing inline and nothing from elsewhere."""

from __future__ import annotations

import os

from csp.constants import NONE, SELF

from zhixing.platform.runtime.settings import Runtime

_runtime = Runtime.from_environment()
SECRET_KEY = _runtime.secret_key
ALLOWED_HOSTS = os.environ.get("ZHIXING_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"

# Five wrong passwords lock the account at that address for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "entry/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# Two demos on one host differ by port only, and cookies ignore ports: name them apart.
SESSION_COOKIE_NAME = f"zx_session_{_runtime.web_port}"
CSRF_COOKIE_NAME = f"zx_csrf_{_runtime.web_port}"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("ZHIXING_HTTPS") == "1"
CSRF_FAILURE_VIEW = "zhixing.entry.views.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

# Reverse proxies whose X-Forwarded-For counts (networks, comma-separated), and the header in which they tell the sha256
# of a client certificate they checked. Empty: no proxy is believed.
GATEWAY_TRUSTED_PROXIES = [
    network
    for network in os.environ.get("ZHIXING_TRUSTED_PROXIES", "").replace(" ", "").split(",")
    if network
]
GATEWAY_CERTIFICATE_HEADER = os.environ.get("ZHIXING_CERTIFICATE_HEADER", "")
# Origin that agencies sign, such as https://court.example; empty: as the request names it.
GATEWAY_ORIGIN = os.environ.get("ZHIXING_GATEWAY_ORIGIN", "").rstrip("/")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
    },
}
