"""Addresses of the inquiry room. What is done with the answers has its addresses in `processes`."""

from __future__ import annotations

from django.urls import path

from zhixing.inquiry.views import declare, evasion, exhaustion, release, requests, slices

app_name = "inquiry"
urlpatterns = [
    path("inquiry/", requests.board, name="list"),
    path("inquiry/<uuid:request_id>/agencies/", slices.slices, name="slices"),
    path("cases/<int:case_id>/inquiry/new/", requests.new, name="new"),
    path("cases/<int:case_id>/inquiry/check/", requests.check, name="check"),
    path("cases/<int:case_id>/declare/", declare.declare, name="declare"),
    path("cases/<int:case_id>/evasion/", evasion.evasion, name="evasion"),
    path("cases/<int:case_id>/evasion/<uuid:bundle_id>.zip", evasion.evasion_bundle, name="evasion_bundle"),
    path("cases/<int:case_id>/evasion/<slug:verb>/", evasion.evasion_act, name="evasion_act"),
    path("cases/<int:case_id>/exhaustion/", exhaustion.exhaustion, name="exhaustion"),
    path(
        "cases/<int:case_id>/exhaustion/<uuid:document_id>.json",
        exhaustion.exhaustion_data,
        name="exhaustion-data",
    ),
    path("release/", release.release, name="release"),
    path("release/<uuid:draft_id>/", release.second, name="second"),
]
