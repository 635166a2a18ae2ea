"""Looks into any message of any format: layers, fields, problems; and writes one from readable JSON. Pure."""
