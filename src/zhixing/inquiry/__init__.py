"""Inquiry: who is asked what about whom, what came back, what of it counts."""
