"""One true row of each kind about personal data, and rows that would stand beside it."""

from datetime import timedelta

from archives.erasing import deciding, law_holds
from archives.models import DataExport, DataRequest, DraftWarning, Erasure, LegalHold
from archives.my_data import corrections
from archives.my_data.corrections import Asked
from people import consents
from people.models import Consent, ConsentText
from project.demo.pictures import card
from tests import world
from tests.archives.rows import case, new_key
from tests.archives.shelves import KEEPER, office

AT, DAY = world.START, world.START.date()


def text() -> ConsentText:
    """A text people agree to."""
    return consents.kept([consents.Wording("a.1", "我同意。", "I agree.")], DAY)[0]


def consent() -> Consent:
    """Somebody's consent."""
    return consents.agree([text()], by=world.user("applicant"), at=AT, language="zh-hans")[0]


def legal_hold() -> LegalHold:
    """A case held by law."""
    number = case().application.number
    asked = law_holds.Asked("case", number, "（2026）云25行初1号", "行政诉讼。", DAY, DAY + timedelta(days=99))
    return law_holds.place(world.user(KEEPER), office().pk, asked, AT)


def erasure() -> Erasure:
    """A file proposed for destruction."""
    return Erasure.objects.create(volume=case().volume, proposed_at=AT)


def examined() -> Erasure:
    """One that somebody examined."""
    row = case()
    row.volume.expires_on = DAY
    row.volume.save()
    proposal = Erasure.objects.create(volume=row.volume, proposed_at=AT)
    return deciding.examine(world.user(KEEPER), proposal.pk, row.filed_at + timedelta(days=99))


def warning() -> DraftWarning:
    """A draft that will be erased."""
    draft = world.grant(2).application
    return DraftWarning.objects.create(application=draft, warned_at=AT, erase_at=AT + timedelta(days=30))


def export() -> DataExport:
    """A copy that waits to be made."""
    return DataExport.objects.create(user=world.user("applicant"), data_key=new_key(), asked_at=AT, next_attempt_at=AT)


def another_export() -> DataExport:
    """A second one."""
    row = export()
    row.data_key = new_key()
    return row


def request() -> DataRequest:
    """A correction asked for."""
    filed = world.grant(2).submit()
    wrong = Asked(filed.public_id, "phone", "13987654321", "换了号码。", card("户口簿"))
    return corrections.ask(filed.user, wrong, filed.at)


def another_request() -> DataRequest:
    """The same asked for once more."""
    row = request()
    row.data_key = new_key()
    return row
