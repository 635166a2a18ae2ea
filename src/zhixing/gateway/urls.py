"""Addresses for agencies."""

from __future__ import annotations

from django.urls import path

from zhixing.gateway import views

app_name = "gateway"
urlpatterns = [
    path(
        "gateway/bank-soap-gbk/SyyhConvertDataService",
        views.soap,
        {"name": "bank-soap-gbk"},
        name="bank-soap",
    ),
    path("gateway/realty-soap-utf8/BdcService", views.soap, {"name": "realty-soap-utf8"}, name="realty-soap"),
    path("gateway/statement/", views.statement, name="statement"),
]
