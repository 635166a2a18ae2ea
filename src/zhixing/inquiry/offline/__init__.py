"""Screening without the web: a case file and a folder of raw messages in, verdicts out. Same sieve, same verdicts.

Pure: no database, no clock. `docs/screening.md` describes the files.
"""
