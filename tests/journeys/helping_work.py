"""Something real behind the addresses of counters, schools and invitations."""

from tests.helping import at_counter, graduates


def arguments() -> dict[str, object]:
    """A visit with a draft at the township's counter; a school's batch whose drafts are made."""
    visit, batch = at_counter.drafted(), graduates.made(2)
    return {
        "counter_visit": visit.public_id,
        "school_batch": batch.pk,
        "student": batch.students.first().pk,
        "helping:school_sheet.scheme": graduates.SCHEME,
    }
