"""Disclosure: what parties may know, derived from acts."""
