"""What was told and handed in before, in a new application: offered, taken with a tick, marked, never from others."""

import uuid
from datetime import timedelta

import pytest

from applications import actions, attachments
from applications import answers as answers_of
from applications.models import Application, Attachment, TakenAnswer
from applications.reuse import taking
from applications.reuse.sources import earlier_of
from audit.models import Event
from people.refusals import Conflict, Invalid, NotFound
from project.demo import stories
from tests import world
from tests.applications.pages import hand_in_everything, send, sign_in, text_of, url, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
GRANT, WAIVER = "grad-jobseeking", "lottery-deposit-waiver"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def filed():
    """A grant that was filed, with every paper."""
    return hand_in_everything(world.grant()).submit()


def begun(account="applicant", scheme=WAIVER, *, at=None, for_other=False):
    return actions.begin(world.user(account), scheme, at or world.START + timedelta(days=2), for_other=for_other)


def known(draft, at=None):
    return earlier_of(draft.filed_by, draft, at or world.START + timedelta(days=2))


def take(draft, *, answers=True, papers=True, account=None):
    user = world.user(account) if account else draft.filed_by
    key = known(draft)[0].key
    at = world.START + timedelta(days=2)
    taking.take(user, draft.public_id, key, at, answers=answers, papers=papers)
    return Application.objects.get(pk=draft.pk)


class TestWhatIsOffered:
    """What stays the same, of the same person, the latest first."""

    def test_name_number_certificate_and_phone_are_offered(self, filed):
        names = [one.question.name for one in known(begun())[0].answers]
        assert {"name", "id_number", "disability_certificate", "phone"} <= set(names)

    def test_the_account_is_never_offered(self, filed):
        names = [one.question.name for one in known(begun(scheme=GRANT))[0].answers]
        assert "account" not in names

    def test_papers_that_stay_are_offered_with_their_case(self, filed):
        papers = known(begun())[0].papers
        assert {"id-copy", "certificate-copy"} <= {one.paper.code for one in papers}
        assert {one.source.public_id for one in papers} == {filed.public_id}

    def test_papers_of_more_than_a_year_ago_are_not(self, filed):
        at = filed.at + timedelta(days=366)
        assert known(begun(at=at), at)[0].papers == ()

    def test_a_draft_offers_nothing(self):
        hand_in_everything(world.grant())
        assert known(begun()) == []

    def test_what_somebody_else_filed_is_not_offered(self, filed):
        assert known(begun("applicant2")) == []

    def test_what_was_filed_for_others_is_not_offered_for_oneself(self):
        stories.grant_case(world.cast(2, account="helper")).submit()
        assert known(begun("helper")) == []
        assert len(known(begun("helper", for_other=True))) == 1

    def test_of_several_people_each_stands_alone(self):
        first, second = world.grant(0).submit(), world.grant(4).submit()
        found = known(begun())
        assert [one.key for one in found] == [second.public_id, first.public_id]
        for one, case in zip(found, (second, first), strict=True):
            assert {told.source.pk for told in one.answers} == {case.application.pk}

    def test_an_account_that_belongs_to_a_person_is_offered_its_own_alone(self):
        mine = world.grant(0).submit()
        world.grant(4).submit()
        user = world.user("applicant")
        user.person = mine.application.subject
        user.save()
        assert [one.key for one in known(begun())] == [mine.public_id]

    def test_a_draft_that_names_somebody_is_offered_their_cases_alone(self):
        first, _second = world.grant(0).submit(), world.grant(4).submit()
        draft = begun()
        number = answers_of.read(first.application)["id_number"]
        actions.save_answers(draft.filed_by, draft.public_id, {"id_number": number}, world.START)
        assert [one.key for one in known(Application.objects.get(pk=draft.pk))] == [first.public_id]

    def test_a_helper_s_draft_for_one_is_not_offered_another_s_cases(self):
        stories.grant_case(world.cast(2, account="helper")).submit()
        draft = begun("helper", for_other=True)
        number = answers_of.read(world.grant(4).application)["id_number"]
        actions.save_answers(draft.filed_by, draft.public_id, {"id_number": number}, world.START)
        assert known(Application.objects.get(pk=draft.pk)) == []

    def test_what_the_draft_has_is_not_offered_again(self, filed):
        draft = begun()
        actions.save_answers(draft.filed_by, draft.public_id, {"name": "王建国"}, world.START)
        assert "name" not in [one.question.name for one in known(Application.objects.get(pk=draft.pk))[0].answers]


class TestTaking:
    """Only what was ticked; copies under the new key; on record."""

    def test_answers_are_taken_with_their_source(self, filed):
        draft = take(begun(), papers=False)
        told = answers_of.read(draft)
        assert told["name"] == answers_of.read(filed.application)["name"]
        assert {row.source_id for row in draft.taken_answers.all()} == {filed.application.pk}
        assert not draft.attachments.exists()

    def test_papers_are_copied_under_the_new_key_and_name_what_they_copy(self, filed):
        draft = take(begun(), answers=False)
        copy = draft.attachments.get(paper="id-copy")
        assert copy.taken_from.application_id == filed.application.pk
        assert copy.stored != copy.taken_from.stored
        assert attachments.content_of(copy) == attachments.content_of(copy.taken_from)
        assert attachments.name_of(copy, draft) == attachments.name_of(copy.taken_from, filed.application)
        assert answers_of.read(draft) == {}

    def test_the_copy_opens_when_the_earlier_case_was_erased(self, filed):
        draft = take(begun(), answers=False)
        key = filed.application.data_key
        key.wrapped, key.destroyed_at = b"", world.START
        key.save()
        assert attachments.content_of(draft.attachments.get(paper="id-copy"))

    def test_the_record_tells_how_much_and_from_where_and_no_content(self, filed):
        draft = take(begun())
        event = Event.objects.get(stream=draft.stream, action="answers.taken")
        assert event.data["cases"] == [filed.public_id]
        assert event.data["answers"] == draft.taken_answers.count()
        assert event.data["files"] == draft.attachments.count()
        assert set(event.data) - {"state", "round"} == {"answers", "files", "cases"}

    def test_what_the_draft_has_stays(self, filed):
        draft = begun()
        actions.save_answers(draft.filed_by, draft.public_id, {"name": "王建国"}, world.START)
        assert answers_of.read(take(draft, papers=False))["name"] == "王建国"

    def test_an_unknown_case_is_refused(self, filed):
        draft = begun()
        with pytest.raises(NotFound):
            taking.take(draft.filed_by, draft.public_id, "222222222222", world.START, answers=True, papers=True)

    def test_a_filed_case_takes_nothing(self, filed):
        with pytest.raises(Conflict):
            taking.take(filed.user, filed.public_id, filed.public_id, filed.at, answers=True, papers=True)

    def test_somebody_elses_draft_does_not_exist(self, filed):
        draft = begun()
        with pytest.raises(NotFound):
            taking.take(world.user("applicant2"), draft.public_id, filed.public_id, filed.at, answers=True, papers=True)

    def test_a_file_that_is_gone_is_left_out(self, filed):
        rows = Attachment.objects.filter(application=filed.application, paper="id-copy")
        rows.update(stored="attachments/00/gone.sealed")
        draft = take(begun(), answers=False)
        assert not draft.attachments.filter(paper="id-copy").exists()
        assert draft.attachments.filter(paper="certificate-copy").exists()

    def test_a_changed_answer_loses_its_mark(self, filed):
        draft = take(begun(), papers=False)
        actions.save_answers(draft.filed_by, draft.public_id, {"name": "王建国"}, world.START)
        assert not TakenAnswer.objects.filter(application=draft, name="name").exists()
        assert TakenAnswer.objects.filter(application=draft, name="id_number").exists()


class TestFiling:
    """Nothing is filed that was taken over from somebody else's case."""

    @pytest.fixture
    def mixed(self, filed):
        """A draft of one person with what was told and handed in of another."""
        taken = filed.application
        case = world.grant(4)
        row = {"application": case.application, "taken_by": case.user, "taken_at": case.at}
        TakenAnswer.objects.create(name="phone", source=taken, **row)
        return case

    def test_an_answer_of_another_is_named_and_refused(self, mixed):
        with pytest.raises(Invalid) as refusal:
            mixed.submit()
        assert refusal.value.code == "not_the_same_party"
        assert list(refusal.value.errors) == ["phone"]
        assert Application.objects.get(pk=mixed.application.pk).state == "draft"

    def test_a_paper_of_another_is_named_and_refused(self, filed):
        case = hand_in_everything(world.grant(4))
        foreign = Attachment.objects.get(application=filed.application, paper="id-copy")
        case.application.attachments.filter(paper="id-copy").update(taken_from=foreign)
        with pytest.raises(Invalid) as refusal:
            case.submit()
        assert list(refusal.value.errors) == ["id-copy"]

    def test_a_paper_of_another_that_was_replaced_does_not_matter(self, filed):
        case = hand_in_everything(world.grant(4))
        foreign = Attachment.objects.get(application=filed.application, paper="id-copy")
        own = case.application.attachments.get(paper="id-copy")
        own.taken_from, own.replaced_at, own.pk, own.public_id = foreign, world.START, None, uuid.uuid4()
        own.save()
        assert case.submit().application.state == "submitted"

    def test_what_was_taken_from_the_same_person_is_filed(self):
        first = hand_in_everything(world.grant(4)).submit()
        actions.withdraw(first.user, first.public_id, first.later(1))
        case = world.grant(4)
        row = {"application": case.application, "taken_by": case.user, "taken_at": case.at}
        TakenAnswer.objects.create(name="phone", source=first.application, **row)
        assert case.submit().application.state == "submitted"

    def test_sending_its_page_again_tells_it_anew(self, mixed):
        draft = mixed.application
        page = next(page for page in draft.definition.applicant_pages() if "phone" in {q.name for q in page.questions})
        phone = answers_of.read(draft)["phone"]
        told = {
            name: value for name, value in answers_of.read(draft).items() if name in {q.name for q in page.questions}
        }
        send(sign_in(), draft, f"edit/{page.code}/", {**told, "phone": phone, "autosave": "1"})
        assert draft.taken_answers.exists()
        send(sign_in(), draft, f"edit/{page.code}/", {**told, "phone": phone})
        assert not draft.taken_answers.exists()


class TestPages:
    """The offer stands before the first question; what came from it is marked."""

    def started(self, client):
        response = client.post(f"/apply/{WAIVER}/", {"for_whom": "own"})
        draft = Application.objects.get(state="draft")
        return draft, response.headers["Location"]

    def test_whoever_applied_before_is_asked_first(self, filed):
        draft, where = self.started(sign_in())
        assert where == f"/applications/{draft.public_id}/earlier/"

    def test_whoever_did_not_goes_straight_to_the_form(self):
        draft, where = self.started(sign_in())
        assert where == f"/applications/{draft.public_id}/resume/"

    def test_the_page_lists_what_from_which_case_and_day_and_masks_numbers(self, filed):
        client = sign_in()
        _draft, where = self.started(client)
        page = text_of(client.get(where))
        number = answers_of.read(filed.application)["id_number"]
        assert "来自2026年9月7日提交的“残疾人高校毕业生一次性求职补贴”" in page
        assert number not in page.replace(" ", "")
        assert 'name="take_answers"' in page
        assert "checked" not in page[page.index('name="take_answers"') :][:80]

    def test_nothing_is_taken_without_a_tick(self, filed):
        client = sign_in()
        draft, _where = self.started(client)
        response = send(client, draft, "earlier/", {"who": filed.public_id})
        assert response.status_code == 422
        assert "请勾选要用的内容" in text_of(response)
        assert answers_of.read(Application.objects.get(pk=draft.pk)) == {}

    def test_skipping_leads_to_the_form_and_takes_nothing(self, filed):
        client = sign_in()
        draft, _where = self.started(client)
        response = send(client, draft, "earlier/", {"who": filed.public_id, "skip": "1", "take_answers": "on"})
        assert response.headers["Location"] == url(draft, "resume/")
        assert answers_of.read(Application.objects.get(pk=draft.pk)) == {}

    def test_taken_answers_are_marked_on_their_page_and_on_the_last_look(self, filed):
        client = sign_in()
        draft, _where = self.started(client)
        send(client, draft, "earlier/", {"who": filed.public_id, "take_answers": "on"})
        mark = "来自2026年9月7日提交的“残疾人高校毕业生一次性求职补贴”，请核对。"
        assert mark in text_of(client.get(url(draft, "edit/name/")))
        assert mark in text_of(client.get(url(draft, "check/")))

    def test_of_several_people_one_is_chosen_first(self):
        first, second = world.grant(0).submit(), world.grant(4).submit()
        client = sign_in()
        draft, where = self.started(client)
        page = text_of(client.get(where))
        assert "这次是为谁申请？" in page
        chosen = text_of(client.get(f"{where}?who={first.public_id}"))
        assert "填过的内容" in chosen
        assert client.get(f"{where}?who=222222222222").status_code == 404
        assert client.post(where, {"version": version(draft), "take_answers": "on"}).status_code == 404
        assert second.public_id in page

    def test_a_stale_page_keeps_the_ticks(self, filed):
        client = sign_in()
        draft, where = self.started(client)
        old = version(draft)
        send(client, draft, "edit/outlet/", {"outlet_division": world.MENGZI, "outlet_address": "人民路1号"})
        response = client.post(where, {"version": old, "who": filed.public_id, "take_papers": "on"})
        assert response.status_code == 409
        assert "checked" in text_of(response)

    def test_the_page_asks_the_database_a_bounded_number_of_questions(self, django_assert_max_num_queries):
        for number in range(4):
            world.grant(number * 2).submit()
        client = sign_in()
        _draft, where = self.started(client)
        with django_assert_max_num_queries(30):
            client.get(where)
