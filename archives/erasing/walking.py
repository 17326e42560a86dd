"""Walking through what is due, some at a time: what has to stay never keeps those behind it waiting."""

from collections.abc import Callable

from django.core.cache import cache
from django.db.models import QuerySet

from applications.each import Failures

CHUNK = 200


def walk(name: str, rows: QuerySet, act: Callable[[int], int], *, most_done: int, most_seen: int) -> int:
    """Act on rows by their number, one after another; how many acts came to something.

    It ends after `most_done` of these or `most_seen` rows. The next run under the same `name` goes on behind the last
    row, and begins anew where there is none left: acting twice must do nothing. An act that fails holds up none behind
    it: the first failure is raised at the end, to be seen.
    """
    failures = Failures()
    kept = f"archives:walk:{name}"
    done, seen, last = 0, 0, cache.get(kept, 0)
    while done < most_done and seen < most_seen:
        found = list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not found:
            cache.delete(kept)
            failures.end()
            return done
        for last in found[: most_seen - seen]:
            seen += 1
            done += _acted(act, last, name, failures)
            if done == most_done:
                break
    cache.set(kept, last, None)
    failures.end()
    return done


def _acted(act: Callable[[int], int], pk: int, name: str, failures: Failures) -> int:
    try:
        return act(pk)
    except Exception as failure:  # noqa: BLE001 - noted with its trace, and the first is raised at the end
        failures.note(failure, f"{name} {pk}")
        return 0
