"""Flows over several rooms: measures from answers, closing, the demo."""
