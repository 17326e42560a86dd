"""Something real behind the addresses of counters, schools and invitations."""

from tests.helping import at_counter


def arguments() -> dict[str, object]:
    """A visit with a draft at the township's counter."""
    visit = at_counter.drafted()
    return {"counter_visit": visit.public_id}
