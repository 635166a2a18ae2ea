"""The doors: login, workbench, search."""

from __future__ import annotations

from django.urls import path

from zhixing.entry.views import login

app_name = "entry"
urlpatterns = [
    path("login/", login.sign_in, name="login"),
    path("logout/", login.sign_out, name="logout"),
]
