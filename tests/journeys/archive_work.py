"""Something real behind the addresses of the archive: a file, a hand-over list, a package of each."""

from datetime import timedelta
from unittest import mock

from archives import filing, handing_over
from archives.packages import asking, work
from papers import jobs
from papers.models import Paper
from tests import world
from tests.archives.shelves import KEEPER, office, refused
from tests.journeys import own_data_work

ON_A_VOLUME = ("volume", "hold", "lift", "package")
ON_A_LIST = ("handover", "handover_pdf", "handover_package")
BLANK = b"%PDF-1.7\n"


def arguments() -> dict[str, object]:
    """What the addresses need. How the papers look is no matter here."""
    keeper, case = world.user(KEEPER), refused(6)
    with mock.patch("papers.rendering.render", return_value=BLANK):
        printed(case.public_id)
        listed = filing.file_case(keeper, case.public_id, case.at + timedelta(hours=1))
        handover = handing_over.hand_over(
            keeper, office().pk, listed.volume.year, "州档案馆", world.year_later(case.at)
        )
        printed(handover.paper.case_ref)
        other = refused(8)
        printed(other.public_id)
    row = filing.file_case(keeper, other.public_id, other.at + timedelta(hours=1))
    package = asking.ask_for_volume(keeper, row.volume_id, other.at + timedelta(hours=2))
    work.make_one(package.pk, world.year_later(other.at))
    return {
        **{f"archives:{name}.pk": row.volume_id for name in ON_A_VOLUME},
        **{f"archives:{name}.pk": handover.pk for name in ON_A_LIST},
        "archives:package_download.pk": package.pk,
        **own_data_work.arguments(other, row.volume_id, other.at + timedelta(hours=3)),
    }


def printed(case_ref: str) -> None:
    """The papers of a case are made."""
    for paper in Paper.objects.filter(case_ref=case_ref, state=Paper.State.QUEUED):
        jobs.render_one(paper.pk, patient=False)
