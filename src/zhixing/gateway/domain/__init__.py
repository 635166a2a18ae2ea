"""What courts and agencies tell each other, free of any wire format (pure: no Django, no network, no clock)."""
