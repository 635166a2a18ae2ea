"""Versions of the format, and what differs between cities: it was seen in one, so its paths are settings."""

from __future__ import annotations

from zhixing.gateway.profiles.codes import CodeTable
from zhixing.gateway.profiles.context import Dialect

# Nine rights and measures are the registry family's; only its result codes differ.
RESULT = CodeTable(
    "realty.result",
    {
        "0000": "ok",
        "1000": "processing_error",
        "2000": "bad_credentials",
        "2010": "bad_token",
        "2040": "processing_error",
    },
)
OK, FAILED, BAD_CREDENTIALS, BAD_TOKEN = "0000", "1000", "2000", "2010"

CITY = Dialect(
    name="city",
    tables={RESULT.system: RESULT},
    double_content=False,
    settings={
        "path.getToken": "/getToken",
        "path.queryRights": "/queryRights",
        "path.lockUnit": "/lockUnit",
        "path.unlockUnit": "/unlockUnit",
        "path.lockCertificate": "/lockCertificate",
        "path.unlockCertificate": "/unlockCertificate",
        "path.createSeizureCase": "/createSeizureCase",
        "path.createReleaseCase": "/createReleaseCase",
        # Rights that hold now, or for the time being; history and ended ones are no property.
        "right_states": "0,1",
        # Certificate types: all.
        "certificate_types": "",
        "page_size": "50",
    },
)
