"""Something real behind the addresses of counters, schools and invitations."""

from helping.invites import answering
from tests.helping import at_counter, graduates, invitees

OF_INVITATIONS = ("helping:invitation_letter", "helping:invitation_refused", "invited:one")


def arguments() -> dict[str, object]:
    """A visit with a draft at the township's counter; a school's batch whose drafts are made; an invitation to somebody
    with an account, and one that was taken up.
    """
    visit, batch = at_counter.drafted(), graduates.made(2)
    invited, user = invitees.invitation(0), invitees.account(0)
    draft = answering.accept(user, invitees.invitation(1), invitees.AT)
    return {
        "counter_visit": visit.public_id,
        "school_batch": batch.pk,
        "student": batch.students.first().pk,
        "helping:school_sheet.scheme": graduates.SCHEME,
        "helping:facts_sheet.scheme": invitees.SCHEME,
        "matching_id": invited.office.matchings.order_by("pk").last().pk,
        **{f"{name}.invitation": invited.public_id for name in OF_INVITATIONS},
        "invited:agree.public_id": draft.public_id,
    }
