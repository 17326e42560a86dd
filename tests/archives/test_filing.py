"""Filing: a closed case goes into its party's file, once, with everything that belongs to it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from archives import access, clock, closing, filing, listing
from archives.models import FiledCase, Piece, Volume
from audit.models import Event
from papers.models import Paper
from people.models import Household, HouseholdMember, Kinship, Post, User
from people.posts import appoint
from people.refusals import Conflict, NotFound, Refused
from tests import world
from tests.archives.shelves import COUNTY_KEEPER, KEEPER, filed, office, paid, printed, refused, withdrawn

pytestmark = pytest.mark.django_db


def keeper():
    return world.user(KEEPER)


def test_a_refused_case_lies_in_its_partys_file_with_all_its_pieces():
    case, row = filed()
    volume, pieces = row.volume, list(row.volume.pieces.all())
    assert (volume.person, volume.office, volume.number) == (case.application.subject, office(), "红人社档〔2026〕1号")
    assert [piece.position for piece in pieces] == list(range(1, len(pieces) + 1))
    issued = Paper.objects.filter(case_ref=case.public_id)
    assert {piece.number for piece in pieces if piece.kind == Piece.Kind.PAPER} == {one.number for one in issued}
    assert {piece.kind for piece in pieces} >= {"filing", "opinion", "notice", "paper", "chain"}


def test_the_catalogue_ends_with_the_chain_as_the_filing_left_it():
    case, row = filed()
    last = Event.objects.filter(stream=case.application.stream).order_by("-seq").first()
    piece = row.volume.pieces.last()
    assert last.action == "archive.filed"
    assert (piece.kind, piece.reference, piece.sha256) == ("chain", f"chain:{last.seq}", last.hash)


def test_events_of_a_filing_tell_codes_and_counts_alone():
    case, row = filed()
    told = list(Event.objects.filter(action__startswith="archive.").values_list("data", flat=True))
    assert case.application.subject.name not in str(told)
    assert {"volume": row.volume_id, "pieces": row.volume.pieces.count() - 1}.items() <= told[-1].items()


def test_filed_twice_it_lies_there_once():
    case, row = filed()
    before = row.volume.pieces.count()
    assert filing.file_case(keeper(), case.public_id, case.at + timedelta(days=2)) == row
    assert row.volume.pieces.count() == before
    assert Event.objects.filter(action="archive.filed").count() == 1


def test_a_case_that_is_not_over_is_not_filed():
    case = printed(world.at_decision())
    with pytest.raises(Conflict) as refusal:
        filing.file_case(keeper(), case.public_id, case.at)
    assert refusal.value.code == "not_closed"


def test_a_case_whose_paper_is_not_made_yet_waits():
    case = refused()
    with pytest.raises(Conflict) as refusal:
        filing.file_case(keeper(), case.public_id, case.at + timedelta(hours=1))
    assert refusal.value.code == "paper_not_ready"
    assert not Volume.objects.exists()


def test_a_granted_case_is_over_once_its_money_has_left():
    case = printed(world.granted(2))
    assert not closing.unfiled(case.at).exists()
    batch = paid(case)
    row = filing.file_case(keeper(), case.public_id, batch.exported_at + timedelta(hours=3))
    assert (row.closing, row.retention, row.basis) == (batch.exported_at, "30", "assumed")
    assert row.volume.year == batch.exported_at.year
    assert row.volume.pieces.get(kind="payment").number == batch.number


def test_the_office_that_had_it_last_keeps_what_was_taken_back():
    case = printed(withdrawn())
    at = case.at + timedelta(hours=1)
    assert filing.file_case(world.user("school"), case.public_id, at).volume.office == case.application.subject_office


def test_a_household_has_one_file_where_the_scheme_is_a_households():
    case = world.phase_out().submit().withdraw()
    subject = case.application.subject
    household = Household.objects.create(division_id="532503", head=subject)
    HouseholdMember.objects.create(household=household, person=subject, relation="head", starts=world.START.date())
    row = filing.file_case(None, printed(case).public_id, case.at + timedelta(hours=1))
    assert (row.volume.household, row.volume.person) == (household, None)
    keepers = [post.user for post in Post.objects.filter(office=row.volume.office, role="clerk")]
    assert [listing.page(user, case.at, person=subject.id_index).volumes for user in keepers] == [[row.volume]]


def test_two_cases_of_a_year_share_a_file_and_numbers_have_no_gap():
    _first, row = filed(refused(2))
    _second, other = filed(refused(4))
    assert [row.volume.sequence, other.volume.sequence] == [1, 2]
    again = printed(world.grant(2).submit())
    again.withdraw()
    keeper_of_school = world.user("school")
    one = filing.file_case(keeper_of_school, again.public_id, again.at + timedelta(hours=1))
    assert (one.volume.sequence, one.volume.person) == (1, row.volume.person)


@pytest.mark.parametrize("name", ["other-county", "county-clerk", "prefecture-approver", "auditor", "finance-maker"])
def test_who_does_not_keep_the_offices_files_files_nothing(name):
    case = printed(refused())
    with pytest.raises(NotFound):
        filing.file_case(world.user(name), case.public_id, case.at + timedelta(hours=1))


def test_a_relative_of_the_party_neither_files_nor_reads():
    case = printed(refused())
    user = User.objects.create(username="second-keeper", full_name="乙")
    appoint(user, office(), "reviewer", world.START.date())
    Kinship.objects.create(user=user, relative=case.application.subject, relation="sibling")
    with pytest.raises(Refused) as refusal:
        filing.file_case(user, case.public_id, case.at + timedelta(hours=1))
    assert refusal.value.code == "recusal"
    _case, row = filed(case)
    with pytest.raises(Refused):
        access.volume_for(user, row.volume_id, case.at)


def test_the_clock_files_what_has_been_over_for_half_a_year_once():
    case = printed(refused())
    early = case.at + timedelta(days=clock.DAYS_AFTER_CLOSING - 1)
    assert clock.file_closed(early) == 0
    late = case.at + timedelta(days=clock.DAYS_AFTER_CLOSING + 1)
    assert [clock.file_closed(late), clock.file_closed(late), clock.file_closed(late + timedelta(hours=1))] == [1, 0, 0]
    assert FiledCase.objects.get().filed_by is None


def test_what_the_clock_cannot_file_waits_for_a_person():
    case = refused()
    assert clock.file_closed(case.at + timedelta(days=200)) == 0
    assert list(listing.waiting(keeper(), case.at + timedelta(days=200))) == [case.application]


def test_a_case_whose_papers_were_given_up_keeps_no_later_one_out(monkeypatch):
    monkeypatch.setattr(clock, "CASES_A_RUN", 1)
    case, other = printed(refused(2)), printed(refused(4))
    made = {"state": "failed", "failure": "Timeout", "pdf": "", "pdf_sha256": "", "unsigned_sha256": ""}
    Paper.objects.filter(case_ref=case.public_id, kind="refusal").update(rendered_at=None, **made)
    assert clock.file_closed(other.at + timedelta(days=clock.DAYS_AFTER_CLOSING + 1)) == 1
    assert FiledCase.objects.get().application == other.application


def test_a_paper_that_was_altered_keeps_its_case_waiting_and_no_other():
    case, other = printed(refused(2)), printed(refused(4))
    Paper.objects.filter(case_ref=case.public_id).update(pdf_sha256="0" * 64)
    late = other.at + timedelta(days=clock.DAYS_AFTER_CLOSING + 1)
    assert clock.file_closed(late) == 1
    assert FiledCase.objects.get().application == other.application


def test_ticked_cases_are_filed_one_by_one_and_refusals_told():
    case, other = printed(refused(2)), printed(withdrawn(4))
    results = filing.file_ticked(keeper(), [case.public_id, other.public_id], other.at + timedelta(days=30))
    assert [bool(result.why_not) for result in results] == [False, True]


@pytest.mark.parametrize("table, change", [(FiledCase, {"round": 9}), (Piece, {"title": "x"})])
def test_what_lies_in_a_file_is_never_changed(table, change):
    filed()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        table.objects.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        table.objects.all()._raw_delete(table.objects.db)


def test_the_county_keeps_no_file_of_what_the_prefecture_decided():
    _case, row = filed()
    with pytest.raises(NotFound):
        access.volume_for(world.user(COUNTY_KEEPER), row.volume_id, row.filed_at)
