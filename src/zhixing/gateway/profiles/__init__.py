"""Profiles: agencies' real formats to the canonical model and back (pure: bytes in, bytes out)."""
