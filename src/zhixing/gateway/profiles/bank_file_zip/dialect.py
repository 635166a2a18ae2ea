"""Versions of the file format: the field sets of the SOAP format, document bytes in Base64 once."""

from __future__ import annotations

from dataclasses import replace

from zhixing.gateway.profiles.bank_soap_gbk import dialect as bank

GENERATION_2017PLUS = replace(bank.GENERATION_2017PLUS, double_content=False)
GENERATION_2016 = replace(bank.GENERATION_2016, double_content=False)
POINT_TO_POINT_DIALECT = replace(bank.POINT_TO_POINT_DIALECT, double_content=False)
