"""Plays the court against an agency's client (or an agency against a court) and judges rule by rule. No Django."""
