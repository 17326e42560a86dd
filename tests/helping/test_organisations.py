"""Who acts for an organisation: letters of authority, the office's word on them, and who takes whose place."""

from datetime import timedelta

import pytest

from applications import actions, own
from applications.four_eyes import identity_of
from applications.models import CaseActor
from approvals.models import CaseCopy
from audit.models import Event
from helping.models import LetterRuling, OrganisationLetter
from helping.organisations import bringing, ruling, standing
from people import vault
from people.models import Affiliation, Delegation, Organisation
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import institution, world
from tests.applications.pages import sign_in, text_of
from tests.helping import authorised, village
from tests.helping.authorised import AT, CLERK, brought, confirmed, filed
from tests.stages import office, official

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def case(peopled):
    institution.publish()
    return filed()


class TestBringing:
    """By whom the letter names, in their own account."""

    def test_it_waits_for_the_office_and_counts_for_nothing(self, case):
        letter = brought()
        assert not standing.may_act(world.user("applicant"), letter.organisation, AT)

    def test_the_scan_is_sealed(self, case):
        letter = brought()
        assert bringing.scan_of(letter) == authorised.SCAN.content
        assert letter.sha256

    @pytest.mark.parametrize(
        "changes,missing",
        [
            ({"uscc": "91532503MA6K00000X"}, "uscc"),
            ({"name": ""}, "name"),
            ({"ends": AT.date() - timedelta(days=9)}, "ends"),
            ({"starts": AT.date() - timedelta(days=9), "ends": AT.date() - timedelta(days=1)}, "ends"),
        ],
    )
    def test_what_is_wrong_is_named(self, changes, missing):
        with pytest.raises(Invalid) as refusal:
            brought(**changes)
        assert missing in refusal.value.errors
        assert not OrganisationLetter.objects.exists()

    def test_one_at_a_time(self, case):
        brought()
        with pytest.raises(Conflict):
            brought()

    def test_so_many_a_day_and_no_more(self, case, monkeypatch):
        monkeypatch.setattr(bringing, "MOST_A_DAY", 1)
        letter = brought()
        bringing.withdraw(world.user("applicant"), letter.public_id, AT)
        with pytest.raises(Conflict) as refusal:
            brought()
        assert refusal.value.code == "too_often"

    def test_an_organisation_nobody_knew_is_answered_alike(self):
        assert brought().organisation == Organisation.objects.get()

    def test_the_event_names_no_person(self, case):
        brought()
        event = Event.objects.get(action="organisation.letter_brought")
        assert set(event.data) == {"letter", "holder"}


class TestTheOffice:
    """A second person, of an office that has the organisation's cases."""

    def test_confirmed_it_lets_its_holder_act_from_its_first_to_its_last_day(self, case):
        letter = confirmed()
        holder = world.user("applicant")
        assert standing.may_act(holder, letter.organisation, AT)
        assert not standing.may_act(holder, letter.organisation, AT + timedelta(days=366))
        assert not standing.may_act(holder, letter.organisation, AT - timedelta(days=4))

    @pytest.mark.parametrize("name", ["township", "other-county", "applicant2", "finance-maker", "auditor"])
    def test_nobody_else_finds_it(self, case, name):
        letter = brought()
        with pytest.raises(NotFound):
            ruling.confirm(world.user(name), letter.public_id, AT)

    def test_not_the_holder(self, case):
        letter = brought(CLERK)
        with pytest.raises(Refused):
            ruling.confirm(world.user(CLERK), letter.public_id, AT)
        assert not LetterRuling.objects.exists()

    def test_not_who_is_close_to_the_organisation(self, case):
        letter = brought()
        Affiliation.objects.create(user=world.user(CLERK), organisation=letter.organisation, relation="owner")
        for act in (ruling.confirm, ruling.revoke):
            with pytest.raises(Refused):
                act(world.user(CLERK), letter.public_id, AT)

    def test_it_is_ruled_on_once(self, case):
        letter = confirmed()
        with pytest.raises(Conflict):
            ruling.refuse(world.user(CLERK), letter.public_id, "no_seal", AT)

    def test_refused_it_says_why_and_another_may_come(self, case):
        letter = brought()
        with pytest.raises(Invalid):
            ruling.refuse(world.user(CLERK), letter.public_id, "", AT)
        ruling.refuse(world.user(CLERK), letter.public_id, "no_seal", AT)
        assert not standing.may_act(world.user("applicant"), letter.organisation, AT)
        brought()


class TestActing:
    """Once an organisation has a letter on record, nobody acts for it without one."""

    def test_without_any_letter_whoever_filed_goes_on(self, case):
        actions.withdraw(case.user, case.public_id, case.later())

    def test_with_a_letter_its_holder_goes_on(self, case):
        confirmed()
        actions.withdraw(case.user, case.public_id, LATER)

    def test_after_its_last_day_the_holder_sees_the_case_and_does_nothing(self, case):
        confirmed(ends=AT.date())
        assert own.cases_of(case.user, LATER).exists()
        with pytest.raises(Refused) as refusal:
            actions.withdraw(case.user, case.public_id, LATER)
        assert refusal.value.code == "no_letter"

    def test_nobody_else_files_for_the_organisation(self, case):
        confirmed()
        with pytest.raises(Refused) as refusal:
            institution.case(by="applicant2").submit()
        assert refusal.value.code == "no_letter"

    def test_who_gave_up_sees_nothing_of_it(self, case):
        letter = confirmed()
        bringing.give_up(case.user, letter.public_id, AT)
        assert not own.cases_of(case.user).exists()
        with pytest.raises(Conflict):
            bringing.give_up(case.user, letter.public_id, AT)

    def test_nor_whose_authority_the_organisation_took_back(self, case):
        letter = confirmed()
        ruling.revoke(world.user(CLERK), letter.public_id, AT)
        assert not own.cases_of(case.user).exists()

    def test_only_the_holder_gives_up(self, case):
        letter = confirmed()
        with pytest.raises(NotFound):
            bringing.give_up(world.user("applicant2"), letter.public_id, AT)


class TestTakingTheirPlace:
    """The organisation sends somebody else, with a letter that says so."""

    def test_the_new_one_has_the_cases_and_the_old_one_nothing(self, case):
        old = confirmed()
        new = world.user("applicant2")
        confirmed("applicant2", LATER, replaces=True)
        assert own.cases_of(new).get().public_id == case.public_id
        assert not own.cases_of(world.user("applicant")).exists()
        assert OrganisationLetter.objects.get(pk=old.pk).end.how == "replaced"
        assert Event.objects.filter(stream=case.application.stream, action="case.represented_anew").exists()

    def test_both_are_parties_of_it(self, case):
        confirmed("applicant2", replaces=True)
        parties = set(case.application.actors.filter(capacity="party").values_list("who", flat=True))
        assert {f"user:{world.user(name).pk}" for name in ("applicant", "applicant2")} <= parties

    def test_beside_the_old_one_takes_nothing_from_them(self, case):
        confirmed()
        confirmed("applicant2", LATER)
        assert own.cases_of(case.user).exists()
        actions.withdraw(case.user, case.public_id, LATER + timedelta(hours=1))

    def test_the_office_goes_on_with_the_case(self, case):
        confirmed("applicant2", replaces=True)
        case.at = LATER
        assert case.say("accept").application.state == "accepted"


class TestPages:
    """For whoever acts for it, and for the office."""

    def test_the_holder_sees_who_acts_since_when(self, case):
        confirmed()
        confirmed("applicant2", LATER)
        page = text_of(sign_in("applicant").get("/applications/organisations/"))
        assert page.count(institution.NAME) >= 2
        assert "有效" in page

    def test_who_merely_names_the_code_sees_their_own_alone(self, case):
        confirmed()
        brought("applicant2", LATER)
        page = text_of(sign_in("applicant2").get("/applications/organisations/"))
        assert "等办理机关核对" in page
        assert "有效</strong>" not in page

    def test_a_letter_is_brought_and_what_was_typed_stays(self):
        client = sign_in("applicant")
        sent = {"uscc": "x", "name": institution.NAME, "place": "second", "scan": village.picture()}
        page = client.post("/applications/organisations/add/", sent)
        assert page.status_code == 422
        assert institution.NAME in text_of(page)
        days = {"starts_year": "2026", "starts_month": "9", "starts_day": "1"}
        days |= {"ends_year": "2036", "ends_month": "9", "ends_day": "1"}
        sent |= {"uscc": institution.code_of(), "scan": village.picture(), **days}
        assert client.post("/applications/organisations/add/", sent).status_code == 302
        assert OrganisationLetter.objects.get().ends.year == 2036

    def test_the_scan_is_for_whoever_may_act(self, case):
        letter = confirmed()
        address = f"/applications/organisations/{letter.public_id}/scan/"
        assert sign_in("applicant").get(address).status_code == 200
        assert sign_in("applicant2").get(address).status_code == 404

    def test_the_office_confirms_on_its_page(self, case):
        letter, client = brought(), sign_in(CLERK)
        assert institution.NAME in text_of(client.get("/helping/letters/"))
        assert Event.objects.filter(action="letters.listed", actor=CLERK).exists()
        address = f"/helping/letters/{letter.public_id}/"
        assert client.post(address, {"outcome": "refuse", "reason": ""}).status_code == 422
        assert client.post(address, {"outcome": "confirm"}).status_code == 302
        assert LetterRuling.objects.get().confirmed
        assert client.get(f"{address}scan/").content == authorised.SCAN.content
        assert Event.objects.filter(action="letter.scan_read", actor=CLERK).exists()
        assert client.post(address, {"revoke": "1"}).status_code == 302
        assert not standing.in_force(AT).exists()

    def test_the_review_page_says_who_acts(self, case):
        client = sign_in(CLERK)
        address = f"/inbox/{case.public_id}/"
        assert "这个单位没有登记授权委托书" in text_of(client.get(address))
        confirmed()
        assert "谁代表这个单位" in text_of(client.get(address))


class TestWithAnOlderLetter:
    """Whoever gave up or was sent away keeps nothing by a letter from before."""

    @pytest.fixture(params=[AT.date(), AT.date() + timedelta(days=300)], ids=["old-run-out", "both-running"])
    def two(self, case, request):
        old = confirmed(ends=request.param)
        return old, confirmed(at=LATER)

    def test_who_gave_up_sees_nothing_of_it(self, case, two):
        bringing.give_up(case.user, two[1].public_id, LATER)
        assert not own.cases_of(case.user, LATER).exists()
        assert not standing.may_act(case.user, two[0].organisation, LATER)

    def test_nor_whose_authority_the_organisation_took_back(self, case, two):
        ruling.revoke(world.user(CLERK), two[1].public_id, LATER)
        assert not own.cases_of(case.user, LATER).exists()
        assert {OrganisationLetter.objects.get(pk=one.pk).end.how for one in two} == {"revoked"}

    def test_the_letter_of_another_runs_on(self, case, two):
        confirmed("applicant2", LATER)
        bringing.give_up(case.user, two[1].public_id, LATER)
        assert standing.may_act(world.user("applicant2"), two[0].organisation, LATER)


class TestTheDeskThatRules:
    """Seeing a case is not enough: a case post of one's own, at an office that has a case of the organisation."""

    def refused(self, user, letter):
        for act in (ruling.confirm, ruling.revoke, lambda *given: ruling.refuse(*given[:2], "no_seal", given[2])):
            with pytest.raises(Refused) as refusal:
                act(user, letter.public_id, AT)
            assert refusal.value.code == "no_desk"
        assert not LetterRuling.objects.exists()

    def test_not_by_a_copy(self, case):
        letter, to = brought(), world.user("county-reviewer")
        sealed = vault.encrypt(case.application.data_key, "请知悉。", "copy")
        CaseCopy.objects.create(application=case.application, by=world.user(CLERK), to=to, text=sealed, at=AT)
        self.refused(to, letter)

    def test_not_as_a_supervisor(self, case):
        supervisor = official("supervisor-of-dpf", office("dpf"), "supervisor")
        self.refused(supervisor, brought())

    def test_not_by_a_lent_post(self, case):
        letter, to = brought(), world.user("county-reviewer")
        lender, day = world.user(CLERK), AT.date()
        lent = {"post": lender.posts.get(), "lender": lender, "to": to, "starts": day, "ends": day}
        Delegation.objects.create(**lent, document_number="代〔2026〕1号", made_by=lender, made_at=AT)
        self.refused(to, letter)

    def test_the_page_says_who_rules(self, case):
        letter, to = brought(), world.user("county-reviewer")
        sealed = vault.encrypt(case.application.data_key, "请知悉。", "copy")
        CaseCopy.objects.create(application=case.application, by=world.user(CLERK), to=to, text=sealed, at=AT)
        page = text_of(sign_in("county-reviewer").get(f"/helping/letters/{letter.public_id}/"))
        assert "以本人的岗位办理" in page
        assert 'name="outcome"' not in page


class TestTheDaysOfALetter:
    """Confirmed while it runs, or not at all."""

    def test_not_after_its_last_day(self, case):
        letter = brought(ends=AT.date())
        with pytest.raises(Refused) as refusal:
            ruling.confirm(world.user(CLERK), letter.public_id, LATER)
        assert refusal.value.code == "expired"
        ruling.refuse(world.user(CLERK), letter.public_id, "expired", LATER)

    def test_not_before_its_first(self, case):
        letter = brought(starts=LATER.date())
        with pytest.raises(Refused) as refusal:
            ruling.confirm(world.user(CLERK), letter.public_id, AT)
        assert refusal.value.code == "not_begun"
        ruling.confirm(world.user(CLERK), letter.public_id, LATER)

    def test_one_that_ran_out_unseen_blocks_no_other(self, case):
        brought(ends=AT.date())
        brought(at=LATER)


class TestAHolderWhoActedAsAnOfficial:
    """What an official did in a case stays what it was."""

    def test_takes_nobodys_place(self, case):
        seat = {"capacity": CaseActor.Capacity.OFFICIAL, "stage": "accept"}
        CaseActor.objects.create(application=case.application, who=identity_of(world.user(CLERK)), **seat)
        letter = brought(CLERK, replaces=True)
        with pytest.raises(Refused) as refusal:
            ruling.confirm(self.colleague(), letter.public_id, AT)
        assert refusal.value.code == "kept_out"
        row = case.application.actors.get(who=identity_of(world.user(CLERK)))
        assert row.capacity == "official"
        ruling.refuse(self.colleague(), letter.public_id, "kept_out", AT)

    def colleague(self):
        return official("second-of-dpf", office("dpf"), "clerk")


class TestWithdrawing:
    """What nobody has looked at yet may be taken back, and brought anew."""

    def test_it_is_looked_at_no_more_and_another_may_come(self, case):
        letter = brought()
        bringing.withdraw(case.user, letter.public_id, AT)
        with pytest.raises(Conflict) as refusal:
            ruling.confirm(world.user(CLERK), letter.public_id, AT)
        assert refusal.value.code == "withdrawn"
        assert own.cases_of(case.user).exists()
        brought()

    def test_not_what_was_ruled_on_nor_twice(self, case):
        ruled = confirmed()
        waiting = brought()
        bringing.withdraw(case.user, waiting.public_id, AT)
        for letter in (ruled, waiting):
            with pytest.raises(Conflict):
                bringing.withdraw(case.user, letter.public_id, AT)
        assert standing.may_act(case.user, ruled.organisation, AT)

    def test_only_by_its_holder(self, case):
        letter = brought()
        with pytest.raises(NotFound):
            bringing.withdraw(world.user("applicant2"), letter.public_id, AT)

    def test_on_the_page(self, case):
        letter, client = brought(), sign_in("applicant")
        assert "撤回这份委托书" in text_of(client.get("/applications/organisations/"))
        address = f"/applications/organisations/{letter.public_id}/give-up/"
        assert "撤回这份授权委托书？" in text_of(client.get(address))
        assert "已经撤回" in text_of(client.post(address, {"withdraw": "1"}, follow=True))
        assert "由上传的人撤回" in text_of(client.get("/applications/organisations/"))
        assert str(letter.public_id) not in sign_in(CLERK).get("/helping/letters/").content.decode()

    def test_confirmed_meanwhile_it_is_not_given_up_by_mistake(self, case):
        letter = confirmed()
        address = f"/applications/organisations/{letter.public_id}/give-up/"
        assert sign_in("applicant").post(address, {"withdraw": "1"}).status_code == 409
        assert standing.may_act(case.user, letter.organisation, AT)

    def test_the_page_says_that_a_case_comes_first(self):
        assert "请先提交申请" in text_of(sign_in("applicant").get("/applications/organisations/add/"))
