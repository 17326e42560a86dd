"""Something real behind the addresses of one's own data and of destruction."""

from datetime import datetime, timedelta

from archives.erasing import law_holds
from archives.models import Erasure
from archives.my_data import copies, corrections
from archives.my_data.corrections import Asked
from people.models import Consent
from project.demo.clerks import Case
from project.demo.pictures import card
from tests import world
from tests.archives.shelves import KEEPER, office


def arguments(case: Case, volume: int, at: datetime) -> dict[str, object]:
    """What the addresses need: a filed case, its file, a day after it was filed."""
    owner, keeper = case.user, world.user(KEEPER)
    proposal = Erasure.objects.create(volume_id=volume, proposed_at=at)
    asked = law_holds.Asked("case", case.application.number, "（2026）云25行初1号", "行政诉讼。", at.date())
    hold = law_holds.place(keeper, office().pk, asked, at)
    wrong = Asked(case.public_id, "phone", "13987654321", "换了号码。", card("户口簿"))
    request = corrections.ask(owner, wrong, at)
    copy = copies.ask(owner, at)
    copies.make_one(copy.pk, at + timedelta(seconds=1))
    consent = Consent.objects.filter(case_ref=case.public_id, text__withdrawable=True).first()
    return {
        "archives:erasure_act.pk": proposal.pk,
        "archives:erasure_act.act": "examine",
        "archives:legal_hold_lift.pk": hold.pk,
        "archives:request.pk": request.pk,
        "archives:request_evidence.pk": request.pk,
        "my_data:copy.pk": copy.pk,
        "my_data:take_back.pk": consent.pk,
        "my_data:text.code": consent.text.code,
        "my_data:text.version": consent.text.version,
    }
