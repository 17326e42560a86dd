"""内部备注: what officials on the route tell one another of a case. Appended, never edited, never the applicant's."""

from datetime import datetime

from django.utils.translation import gettext as _

from approvals.models import Note
from approvals.notes.beside import beside, office_of
from people import vault
from people.models import User
from people.refusals import Invalid

SEALED = "note"


def add(user: User, public_id: str, text: str, at: datetime) -> Note:
    """Append a note. Raises NotFound, Refused for recusal, Invalid for an empty one."""
    with beside(user, public_id, at) as case:
        if not text.strip():
            raise Invalid(errors={"text": _("请写明备注内容。")})
        application = case.application
        note = Note.objects.create(
            application=application,
            round=application.round,
            by=user,
            office=office_of(user, application, at),
            text=vault.encrypt(application.data_key, text.strip(), SEALED),
            at=at,
        )
        case.record("official.note", note=note.pk, office=note.office_id)
    return note
