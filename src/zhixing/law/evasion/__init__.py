"""Leads on evasion (规避执行; EVA-01 to EVA-17): what looks like it, on which ground, and what may explain it otherwise.

A lead is never a finding: a named judge asks and decides (个人信息保护法第二十四条).
"""

from zhixing.law.evasion.inputs import EvasionInput, Event, evasion_read
from zhixing.law.evasion.leads import EvasionView, Lead, evasion_leads

__all__ = ["EvasionInput", "EvasionView", "Event", "Lead", "evasion_leads", "evasion_read"]
