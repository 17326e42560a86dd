"""True rows of seals and their use, for breaking the constraints of the database from them."""

from papers.models import Paper, Scan, Seal, SealUse
from papers.seals import register, scans
from people.models import Office
from tests import world
from tests.papers import sealing


def electronic() -> Seal:
    """An electronic seal of the county's office."""
    return sealing.electronic(_office())


def by_hand() -> Seal:
    """A seal of rubber and ink."""
    return sealing.wet(_office())


def queued_paper() -> Paper:
    """A paper that waits to be signed."""
    paper = _paper()
    Paper.objects.filter(pk=paper.pk).update(state="queued", pdf="", pdf_sha256="", rendered_at=None, seal=electronic())
    return paper


def scan() -> Scan:
    """A scan of a paper sealed by hand."""
    return scans.keep(_paper(), b"%PDF scan", 1, by_hand(), world.user("county-clerk"), world.START)


def use_by_hand() -> SealUse:
    """Its entry in the register."""
    return scan().use


def use_by_worker() -> SealUse:
    """The entry of a signature."""
    register.enter_signature(_paper(), electronic(), world.START)
    return SealUse.objects.get()


def _office() -> Office:
    return Office.objects.get(division="532503", function="hrss")


def _paper() -> Paper:
    world.granted()
    return Paper.objects.filter(kind="grant").latest("pk")
