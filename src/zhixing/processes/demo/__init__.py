"""The demo: invented people, simulated agencies, cases at all stages, all made by real acts."""
