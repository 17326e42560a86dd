"""Rosters × rules: who qualifies is invited, only their own word files anything, and rosters are erased in time."""

from datetime import timedelta

import pytest

from applications import answers as answers_of
from applications import attachments
from applications.models import Application
from applications.papers_due import missing_papers
from audit.models import Event
from helping.invites import answering, clock, inviting, matching, rosters
from helping.invites.verdicts import Verdict
from helping.models import AskNoMore, FactRoster, FactRow, Invitation, Match, Matching
from people import vault
from people.refusals import Conflict, Invalid, NotFound
from people.tables import FaultyFile
from tests import world
from tests.applications.pages import photo, sign_in, text_of
from tests.helping import invitees
from tests.helping.invitees import AT, SCHEME, STATED, cells
from tests.threads import race

pytestmark = pytest.mark.django_db


def verdicts(found):
    return list(Match.objects.filter(matching=found).order_by("pk").values_list("verdict", flat=True))


class TestRosters:
    def test_people_and_facts_are_sealed_and_purpose_and_basis_are_kept(self):
        roster = invitees.roster()
        row = FactRow.objects.get()
        assert invitees.person(0).id_number.encode() not in bytes(row.sealed)
        assert (roster.purpose, roster.legal_basis) == (STATED.purpose, STATED.legal_basis)
        assert roster.expires_at == AT + timedelta(days=30)

    @pytest.mark.parametrize("missing", ["source", "purpose", "legal_basis"])
    def test_none_is_taken_without_saying_why(self, missing):
        stated = rosters.Stated(**{**vars(STATED), missing: " "})
        with pytest.raises(Invalid):
            invitees.roster(stated=stated)
        assert not FactRoster.objects.exists()

    def test_one_fault_and_nothing_is_taken(self):
        with pytest.raises(FaultyFile) as refusal:
            invitees.roster([cells(0), cells(1, operates_in_person="常常")])
        assert [fault.row for fault in refusal.value.faults] == [3]
        assert not FactRow.objects.exists()

    def test_the_same_file_is_the_same_roster(self):
        assert invitees.roster().pk == invitees.roster().pk

    @pytest.mark.parametrize("name", ["applicant", "school", "auditor", "township"])
    def test_nobody_else_brings_one_in(self, name):
        assert sign_in(name).get("/helping/invites/rosters/new/").status_code == 404
        with pytest.raises(NotFound):
            rosters.bring(world.user(name), invitees.office(), SCHEME, STATED, b"x", AT)

    def test_another_county_sees_nothing_of_it(self):
        found = invitees.matched()
        client = sign_in("other-county")
        assert client.get(f"/helping/invites/matchings/{found.pk}/").status_code == 404
        assert invitees.person(0).name not in text_of(client.get("/helping/invites/"))


class TestMatching:
    def test_who_meets_the_conditions_who_may_and_who_does_not(self):
        rows = [
            cells(0),
            cells(1, only={"lottery_kind"}),
            cells(2, operates_in_person=False),
        ]
        found = invitees.matched(rows)
        by_person = {one.id_index: one.verdict for one in Match.objects.filter(matching=found)}
        index = [vault.blind_index("id", invitees.person(n).id_number) for n in range(3)]
        assert [by_person[one] for one in index] == [Verdict.ELIGIBLE, Verdict.UNSURE, Verdict.NOT]
        assert found.ended_at is not None

    def test_who_has_a_case_is_left_out(self):
        case = world.waiver(0, id_number=invitees.person(0).id_number, name=invitees.person(0).name)
        world.change(case, disability_certificate=invitees.person(0).certificate)
        case.submit()
        assert verdicts(invitees.matched()) == [Verdict.HAS_CASE]

    def test_who_wants_to_be_left_alone_is(self):
        answering.leave_alone(invitees.official(), invitees.on_record(), "", AT)
        assert verdicts(invitees.matched()) == [Verdict.DECLINED]

    def test_who_was_invited_is_not_invited_again(self):
        invitees.invitation()
        again = matching.start(invitees.official(), invitees.office(), SCHEME, [FactRoster.objects.get().pk], AT)
        assert verdicts(again) == [Verdict.INVITED]

    def test_a_draft_that_was_erased_keeps_nobody_from_being_invited_again(self):
        draft = answering.accept(invitees.account(0), invitees.invitation(), AT)
        chosen = [FactRoster.objects.get().pk]
        again = matching.start(invitees.official(), invitees.office(), SCHEME, chosen, AT)
        assert verdicts(again) == [Verdict.INVITED]
        vault.destroy(draft.data_key, AT)
        again = matching.start(invitees.official(), invitees.office(), SCHEME, chosen, AT)
        assert verdicts(again) == [Verdict.ELIGIBLE]

    def test_two_rosters_complete_each_other_and_contradict_each_other(self):
        half = {"lottery_kind", "outlet_division", "disability_certificate"}
        first = invitees.roster([cells(0, only=half), cells(1)])
        rest = set(invitees.answers.waiver(invitees.person(0), "532503", "welfare")) - half
        second = invitees.roster([cells(0, only=rest), cells(1, lottery_kind="sports")])
        found = matching.start(invitees.official(), invitees.office(), SCHEME, [first.pk, second.pk], AT)
        assert sorted(verdicts(found)) == sorted([Verdict.ELIGIBLE, Verdict.UNREADABLE])

    def test_a_matching_whose_worker_was_killed_goes_on(self):
        found = invitees.matched([cells(0), cells(1)])
        Match.objects.filter(matching=found).first().delete()
        Matching.objects.update(ended_at=None, lease_until=AT)
        assert matching.work(found.pk)
        assert not matching.work(found.pk)
        assert Match.objects.filter(matching=found).count() == 2

    def test_reading_what_was_found_is_on_the_record(self):
        found = invitees.matched()
        page = text_of(sign_in("county-reviewer").get(f"/helping/invites/matchings/{found.pk}/"))
        assert invitees.person(0).name in page
        assert invitees.person(0).id_number not in page
        assert Event.objects.filter(action="matching.read", actor="county-reviewer").count() == 1


class TestInviting:
    def test_nobody_who_does_not_qualify_is_invited(self):
        found = invitees.matched([cells(0, operates_in_person=False)])
        assert inviting.invite(invitees.official(), found.pk, [Match.objects.get().pk], AT) == 0

    def test_what_changed_since_the_matching_counts(self):
        found = invitees.matched()
        match = Match.objects.get()
        answering.leave_alone(invitees.official(), invitees.on_record(), SCHEME, AT)
        assert inviting.invite(invitees.official(), found.pk, [match.pk], AT) == 0

    def test_the_sheet_has_the_code_and_no_number_of_the_person(self):
        found = invitees.invitation()
        page = text_of(sign_in("county-reviewer").get(f"/helping/invites/{found.public_id}/letter/"))
        assert inviting.told_of(found)["code"][:4] in page
        assert invitees.person(0).id_number not in page
        assert "这不是批准" in page

    def test_the_code_is_kept_as_a_hash_and_sealed(self):
        found = invitees.invitation()
        code = inviting.told_of(found)["code"]
        assert code not in found.code_digest
        assert code.encode() not in bytes(found.sealed)


class TestAnswering:
    def test_the_code_alone_opens_nothing(self):
        found = invitees.invitation()
        code = inviting.told_of(found)["code"]
        with pytest.raises(Invalid):
            answering.with_code(world.user("applicant"), code, invitees.person(1).id_number, AT)
        assert answering.with_code(world.user("applicant"), code.upper(), invitees.person(0).id_number, AT) == found

    def test_an_account_of_somebody_else_cannot_open_it(self):
        found = invitees.invitation()
        other = invitees.account(5)
        code = inviting.told_of(found)["code"]
        with pytest.raises(Invalid):
            answering.with_code(other, code, invitees.person(0).id_number, AT)
        with pytest.raises(NotFound):
            answering.opened(other, found.public_id, [], AT)

    def test_yes_makes_a_draft_of_their_own_and_files_nothing(self):
        found, user = invitees.invitation(), invitees.account()
        application = answering.accept(user, found, AT)
        assert application.state == "draft"
        assert (application.filed_by, application.for_other) == (user, False)
        known = answers_of.read(application)
        assert known["id_number"] == invitees.person(0).id_number
        assert known["operates_in_person"] is True
        found.refresh_from_db()
        assert (found.state, bytes(found.sealed)) == ("accepted", b"")
        assert found.data_key.destroyed_at == AT

    def test_no_is_kept_and_nobody_asks_again(self):
        found, user = invitees.invitation(), invitees.account()
        answering.decline(user, found, AT, ask_no_more=SCHEME)
        assert AskNoMore.objects.get().scheme_code == SCHEME
        assert verdicts(
            matching.start(invitees.official(), invitees.office(), SCHEME, [FactRoster.objects.get().pk], AT)
        ) == [Verdict.DECLINED]
        answering.ask_again(user, AskNoMore.objects.get().pk)
        assert not AskNoMore.objects.exists()

    def test_only_the_person_takes_it_back(self):
        answering.decline(invitees.account(), invitees.invitation(), AT, ask_no_more="")
        with pytest.raises(NotFound):
            answering.ask_again(world.user("applicant"), AskNoMore.objects.get().pk)

    def test_it_is_answered_once(self):
        found, user = invitees.invitation(), invitees.account()
        answering.accept(user, found, AT)
        with pytest.raises(Conflict):
            answering.decline(user, found, AT)

    def test_one_page_to_check_and_agree_files_it(self, monkeypatch):
        found, user = invitees.invitation(), invitees.account()
        client = sign_in("applicant2")
        monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
        page = text_of(client.get(f"/invited/{found.public_id}/"))
        assert STATED.legal_basis in page
        assert STATED.source in page
        answer = client.post(f"/invited/{found.public_id}/", {"answer": "agree"})
        application = Application.objects.get()
        assert answer.headers["Location"] == f"/invited/{application.public_id}/agree/"
        for paper in missing_papers(application, AT):
            attachments.add(user, application.public_id, paper.code, photo(), AT)
        declared = {f"declaration_{n}": "on" for n in range(1, 9)}
        first = client.post(f"/invited/{application.public_id}/agree/", {"version": _version(), **declared})
        assert first.status_code == 422
        given = invitees.answers.waiver(invitees.person(0), "532503", "welfare")
        rest = {name: given[name] for name in ("phone", "outlet_address", "contract_number")}
        sent = {"version": _version(), **declared, **rest}
        answer = client.post(f"/invited/{application.public_id}/agree/", sent)
        assert answer.status_code == 302, text_of(answer)
        assert Application.objects.get().number

    def test_the_page_to_agree_is_of_invited_drafts_only(self):
        case = world.waiver()
        assert sign_in("applicant").get(f"/invited/{case.public_id}/agree/").status_code == 404


class TestTheClock:
    def test_a_roster_is_erased_on_its_day_with_all_that_came_of_it(self):
        found = invitees.invitation()
        assert clock.erase_due(AT + timedelta(days=29)) == 0
        late = AT + timedelta(days=31)
        assert clock.erase_due(late) == 3
        assert clock.erase_due(late) == 0
        assert not FactRow.objects.exists()
        assert not Match.objects.exists()
        found.refresh_from_db()
        assert (found.state, bytes(found.sealed)) == ("expired", b"")
        kept = FactRoster.objects.get()
        assert kept.erased_at == late
        with pytest.raises(vault.KeyDestroyed):
            vault.decrypt(kept.data_key, b"x", "y")

    def test_a_draft_made_by_then_stays(self):
        answering.accept(invitees.account(), invitees.invitation(), AT)
        clock.erase_due(AT + timedelta(days=31))
        assert answers_of.read(Application.objects.get())["name"] == invitees.person(0).name


def _version():
    return Application.objects.get().version


@pytest.mark.django_db(transaction=True)
def test_two_officials_who_invite_the_same_person_at_once_send_one_invitation():
    found = invitees.matched()
    match = Match.objects.get()
    invite = lambda: inviting.invite(invitees.official(), found.pk, [match.pk], AT)  # noqa: E731
    assert sorted(race(invite, invite)) == [0, 1]
    assert Invitation.objects.count() == 1
