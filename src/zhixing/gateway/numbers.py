"""Request numbers: eight digits of the day, six of the division, six in sequence (spec §1.5)."""

from __future__ import annotations

from datetime import date

from django.db import connection

LAST_SEQUENCE = 999_999


class SeriesExhausted(Exception):
    """今天的请求单号已经用完，请明天再发，或联系管理员扩号。"""


def request_numbers(*, day: date, court_key: int, count: int) -> list[str]:
    """Reserve `count` numbers in one statement, never given twice, ascending. Raises SeriesExhausted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO gateway_request_series (day, region, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (day, region) DO UPDATE SET last = gateway_request_series.last + EXCLUDED.last RETURNING last",
            [day, court_key, count],
        )
        last = cursor.fetchone()[0]
    if last > LAST_SEQUENCE:
        raise SeriesExhausted
    return [f"{day:%Y%m%d}{court_key:06d}{number:06d}" for number in range(last - count + 1, last + 1)]
