"""The doors: login, workbench, search."""

from __future__ import annotations

from django.urls import path

from zhixing.entry.views import login, search, workbench

app_name = "entry"
urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("workbench.xlsx", workbench.workbench_xlsx, name="workbench_xlsx"),
    path("search", search.search, name="search"),
    path("login/", login.sign_in, name="login"),
    path("logout/", login.sign_out, name="logout"),
]
