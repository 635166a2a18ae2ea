"""The sieve (去伪存真): whose is it, was it told before, can it be read, how old is it; each verdict with rule and evidence.

One engine of set-based expressions judges one answer of five lines and a batch of five million alike: `sift`.
"""

from __future__ import annotations

from zhixing.inquiry.domain.sieve.columns import EARLIER, ITEMS, KNOWN, frame
from zhixing.inquiry.domain.sieve.engine import Settings, sift
from zhixing.inquiry.domain.sieve.rules import RULES, Rule, Verdict, sentence

__all__ = ["EARLIER", "ITEMS", "KNOWN", "RULES", "Rule", "Settings", "Verdict", "frame", "sentence", "sift"]
