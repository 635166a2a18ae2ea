"""The simulated outside world of court enforcement: people, companies, banks, a registry, a phone.

Nothing here imports the court system. It speaks the agencies' published wire formats from its own reading of them,
so that two independent readings meet on the wire. Every person, company, number and account is invented.
"""

from __future__ import annotations

__all__ = ["World"]

from simworld.population import World
