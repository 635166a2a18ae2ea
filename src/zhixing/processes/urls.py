"""Addresses of pages that need several rooms: a packet's answers with the plan of measures that follows from them."""

from __future__ import annotations

from django.urls import path

from zhixing.processes.views import exports, packets

app_name = "processes"
urlpatterns = [
    path("packets/<uuid:packet_id>/", packets.packet, name="packet"),
    path("packets/<uuid:packet_id>/code/", packets.code, name="packet_code"),
    path("packets/<uuid:packet_id>/open/", packets.open_packet, name="packet_open"),
    path("packets/<uuid:packet_id>/find/", packets.find, name="packet_find"),
    path("packets/<uuid:packet_id>/freeze/", packets.freeze, name="packet_freeze"),
    path("packets/<uuid:packet_id>/seal/", packets.seal, name="packet_seal"),
    path("packets/<uuid:packet_id>/packet.zip", exports.packet_zip, name="packet_zip"),
    path("packets/<uuid:packet_id>/comparison.xlsx", exports.comparison_excel, name="packet_xlsx"),
    path("packets/<uuid:packet_id>/comparison.pdf", exports.comparison_pdf, name="packet_pdf"),
]
