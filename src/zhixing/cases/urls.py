"""Addresses of the case room."""

from __future__ import annotations

from django.urls import path

from zhixing.cases.views import act, clues, filing, lists, page

app_name = "cases"
urlpatterns = [
    path("cases/", lists.case_list, name="list"),
    path("cases/list.xlsx", lists.case_list_xlsx, name="list_xlsx"),
    path("cases/new/", filing.receive, name="new"),
    path("cases/new/<uuid:filing_id>/", filing.docket, name="docket"),
    path("cases/<int:case_id>/", page.case_page, name="case"),
    path("cases/<int:case_id>/chain/", page.chain, name="chain"),
    path("cases/<int:case_id>/clues/", clues.clues, name="clues"),
    path("cases/<int:case_id>/papers/", clues.papers_add, name="papers"),
    path("cases/<int:case_id>/papers/<int:paper_id>/", clues.paper, name="paper"),
    path("cases/<int:case_id>/act/<str:code>/", act.act_page, name="act"),
]
