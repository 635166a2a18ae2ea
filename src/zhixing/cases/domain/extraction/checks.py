from __future__ import annotations
from zhixing.cases.domain.extraction.model import Check, Kind
from zhixing.law import identifiers as I
def _c(x): return Check(ok=x.ok, problems=tuple(str(p) for p in x.problems))
def resident_id(v): return _c(I.resident_id(v))
def uscc(v): return _c(I.uscc(v))
def passport(v,permit=False): return _c(I.any(v))
def mobile(v): return _c(I.any(v))
def landline(v): return _c(I.any(v))
def handle(k,v): return Check()
def email(v): return Check()
def plate(v): return _c(I.any(v))
def bank_account(v,card=False): return _c(I.card(v)) if card else Check()
def realty(v,form=""): return Check()
def case_number(v): return Check()
