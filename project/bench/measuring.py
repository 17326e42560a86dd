"""How a benchmark measures: wall time and queries of a call, as medians and percentiles."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

MILLION, SECONDS_OF_AN_HOUR = 1_000_000, 3600


@dataclass
class Measured:
    """The calls of one variant. Times in milliseconds."""

    times: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    in_database: list[float] = field(default_factory=list)

    def call(self, action: Callable[[], Any]) -> Any:
        """Make one measured call."""
        counted = _Counter()
        with connection.execute_wrapper(counted):
            began = time.perf_counter()
            result = action()
            self.times.append((time.perf_counter() - began) * 1000)
        self.queries.append(counted.count)
        self.in_database.append(counted.seconds * 1000)
        return result

    @property
    def p50(self) -> float:
        """The median call."""
        return statistics.median(self.times)

    @property
    def p50_in_database(self) -> float:
        """The median of what the database took of a call; rows read after the statement are not in it."""
        return statistics.median(self.in_database)

    def as_json(self, bench: str, variant: str, **more: Any) -> dict[str, Any]:
        """One line of output."""
        times = sorted(self.times)
        return {
            "bench": bench,
            "variant": variant,
            "database": connection.vendor,
            "calls": len(times),
            "p50_ms": round(self.p50, 2),
            "p95_ms": round(times[int(len(times) * 0.95) - 1 if len(times) > 1 else 0], 2),
            "queries": max(self.queries),
            **more,
        }


def rate(bench: str, variant: str, action: Callable[[], Any], calls: int) -> dict[str, Any]:
    """One line of output for an action too quick to time call by call: how often a second in one process, and how
    many hours a million of them take at that rate.
    """
    began = time.perf_counter()
    for _turn in range(calls):
        action()
    per_second = calls / (time.perf_counter() - began)
    return {
        "bench": bench,
        "variant": variant,
        "calls": calls,
        "per_second": round(per_second),
        "hours_per_million": round(MILLION / per_second / SECONDS_OF_AN_HOUR, 3),
    }


class _Counter:
    """Counts statements, without savepoints, and the time they take."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.count += 1
        began = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            self.seconds += time.perf_counter() - began
