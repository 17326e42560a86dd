"""True rows of service, voiding and correction, for breaking the constraints of the database from them."""

from approvals.issued import correcting, recording
from approvals.models import PaperCorrection
from papers.forms_of_reading import asking, wishes
from papers.models import Paper, PaperService, ReadingWish, Rendition
from tests import world
from tests.approvals import issuing


def service() -> PaperService:
    """A grant that was handed over."""
    return issuing.served()[2]


def service_by_post() -> PaperService:
    """A grant that was sent by post."""
    return _served(way="post", tracking="EMS123")


def service_left() -> PaperService:
    """A grant that was left at the door."""
    return _served(way="left", place="家门口", witnesses=("王一", "李二"))


def service_by_notice() -> PaperService:
    """A grant that was served by public notice."""
    return _served(way="notice", place="公告栏")


def replaced_service() -> PaperService:
    """A service as a row that replaces itself: in a second row it breaks no rule but the one asked for."""
    row = service()
    row.replaces = PaperService.objects.get(pk=row.pk)
    return row


def _served(**given: object) -> PaperService:
    case, paper = issuing.granted()
    said = issuing.by_hand(case, **given)
    return recording.record(world.user(issuing.REVIEWER), case.public_id, paper.pk, said, case.later(1))


def receipt() -> Paper:
    """A receipt, on which nothing rests."""
    return Paper.objects.get(case_ref=world.grant().submit().public_id, kind="receipt")


def correction() -> PaperCorrection:
    """A correction that waits to be signed."""
    return issuing.proposed()[2]


def correction_signed() -> PaperCorrection:
    """A correction that was issued."""
    case, _paper, proposal = issuing.proposed()
    correcting.sign(world.user(issuing.APPROVER), case.public_id, proposal.pk, case.later(2))
    return PaperCorrection.objects.get()


def rendition() -> Rendition:
    """A paper that waits for its large print."""
    return asking.ask(receipt(), world.START)


def reading_wish() -> ReadingWish:
    """What somebody wishes to read."""
    wishes.wish(world.user("applicant"), "large", world.START)
    return ReadingWish.objects.get()
