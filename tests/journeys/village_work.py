"""Something real behind the addresses of village clerks: a roster, a draft begun from it, a notice that hangs."""

from applications.uploads import CleanFile
from helping.paper_forms import making
from helping.posted import photos
from helping.rosters import keeping, starting
from helping.standing import record_consent
from tests import world
from tests.helping import renewed, village
from tests.helping.village import AT

OF_THE_DRAFT = ("helpers:authority", "helpers:take_over", "helping:form_make", "helping:oral")


def arguments() -> dict[str, object]:
    """A villager who agreed in writing, their draft with a printed form, and a photo of a notice of the township."""
    clerk, roster = village.clerk(), village.roster()
    villager = keeping.add(clerk, roster.pk, village.entry(), AT)
    scan = CleanFile("consent.pdf", "application/pdf", b"%PDF-1.7 signed")
    terms = village.of_village(clerk, roster.office, way="signed", scan=scan)
    mandate = record_consent(clerk, villager.person, terms, AT)
    draft = starting.begin(clerk, villager.public_id, village.SCHEME, AT)
    case = world.stories.phase_out_to_notice(world.cast(9))
    notice = case.application.notices.get()
    sent = photos.Sent(village.picture(), photos.period_of(notice)[0], "村委会公示栏")
    return {
        "roster": roster.pk,
        "villager": villager.public_id,
        "mandate": mandate.public_id,
        "notice": notice.pk,
        "renewal": renewed.waiting(3, roster).public_id,
        "photo": photos.add(clerk, notice.pk, sent, case.at).public_id,
        "helping:form.code": making.make(clerk, draft.public_id, AT).code,
        **{f"{name}.public_id": draft.public_id for name in OF_THE_DRAFT},
    }
