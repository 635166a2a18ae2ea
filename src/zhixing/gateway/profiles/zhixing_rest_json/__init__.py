"""`zhixing-rest-json`: our own documented JSON format for agencies that no public court format covers."""
