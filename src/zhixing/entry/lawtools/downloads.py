"""A calculation as a file. Names of files say which tool, never what was filled in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import HttpResponse

from zhixing.documents.domain.problems import DocumentError
from zhixing.documents.services import press
from zhixing.entry.lawtools.fields import Filled, Shape, given_filled
from zhixing.entry.lawtools.pages import issuer_of
from zhixing.entry.lawtools.papers import sheet_pdf
from zhixing.entry.lawtools.tools import tool_answer
from zhixing.entry.lawtools.workbook import sheet_xlsx
from zhixing.kernel.clock import court_date, now
from zhixing.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from zhixing.courts.models import Staff

FORMATS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def download(
    key: str, shape: Shape, filled: Filled, wanted: str, *, staff: Staff | None
) -> HttpResponse | None:
    """The file; None when something must be mended first (the page then tells what)."""
    if filled.cut:
        return None
    moment = now()
    given, _ = given_filled(shape, filled)
    issuer, mark = issuer_of(staff)
    try:
        answer = tool_answer(key, given, today=court_date(moment))
        if wanted == "pdf":
            content = sheet_pdf(answer.sheet, press=press(), issuer=issuer, mark=mark, moment=moment)
        elif wanted == "xlsx":
            content = sheet_xlsx(answer.sheet, moment=moment, mark=mark)
        else:
            content = json.dumps(answer.json, ensure_ascii=False, indent=2).encode()
    except InvalidInput:
        return None
    except DocumentError as error:  # a letter that the font lacks: the sentence names it
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type=FORMATS[wanted])
    response["Content-Disposition"] = f'attachment; filename="{key}-{moment:%Y%m%d}.{wanted}"'
    return response
