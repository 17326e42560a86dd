"""An organisation's case before officials and outsiders: named by its own name wherever it appears."""

from datetime import timedelta

import pytest
import time_machine

from approvals import inbox
from approvals.inbox import Filters
from approvals.models import PublicNotice
from papers import reading
from papers.models import Paper
from people.models import Organisation, Person
from tests import institution, world
from tests.approvals import desk

pytestmark = pytest.mark.django_db
CLERK = "clerk-of-dpf"


@pytest.fixture(autouse=True)
def scheme(peopled):
    return institution.publish()


def found(search, tab=inbox.TODO, name=CLERK):
    page = inbox.page(world.user(name), world.START, Filters(tab=tab, search=search))
    return [row.application.public_id for row in page.items]


class TestReview:
    def test_the_inbox_lists_the_organisation(self):
        institution.case().submit()
        page = desk.text_of(desk.sign_in(CLERK).get("/inbox/"))
        assert institution.NAME in page

    def test_its_page_is_called_by_the_organisation_and_shows_its_code_in_clear(self):
        case = institution.case().submit()
        page = desk.text_of(desk.sign_in(CLERK).get(desk.address(case)))
        code = institution.code_of()
        assert f"{case.application.number} {institution.NAME}" in page
        assert " ".join(code[at : at + 4] for at in range(0, 18, 4)) in page

    def test_its_account_and_the_authorised_person_s_id_are_masked(self):
        case = institution.case().submit()
        page = desk.text_of(desk.sign_in(CLERK).get(desk.address(case)))
        assert institution.ACCOUNT not in page
        assert institution.answers()["id_number"] not in page

    def test_the_check_of_bank_cards_casts_no_doubt_on_its_account(self):
        case = institution.case().submit()
        assert "银行卡号的校验规则" not in desk.text_of(desk.sign_in(CLERK).get(desk.address(case)))

    def test_a_name_changed_on_record_does_not_change_what_the_page_is_called(self):
        case = institution.case().submit()
        Organisation.objects.update(name="改过的名称")
        page = desk.text_of(desk.sign_in(CLERK).get(desk.address(case)))
        assert f"{case.application.number} {institution.NAME}" in page

    def test_a_person_s_page_too_goes_by_the_name_the_case_gives(self):
        case = world.waiver().submit()
        name = case.application.subject.name
        Person.objects.update(name="改过的姓名")
        page = desk.text_of(desk.sign_in(case.official().username).get(desk.address(case)))
        assert (name in page, "改过的姓名" in page) == (True, False)


class TestAnotherName:
    def page(self, case):
        return desk.text_of(desk.sign_in(case.official().username).get(desk.address(case)))

    def test_another_name_for_a_known_code_is_told_to_the_official(self):
        institution.case().submit()
        second = institution.case(by="applicant2", organisation="假冒中心").submit()
        assert f"单位名称是“{institution.NAME}”" in self.page(second)

    def test_nothing_is_told_where_the_names_agree(self):
        case = institution.case().submit()
        assert "同一统一社会信用代码的单位名称" not in self.page(case)

    def test_of_a_person_only_that_it_differs_is_told(self):
        first = world.waiver(0).submit()
        known = world.answers_of(first)
        same = {name: known[name] for name in ("id_number", "disability_certificate")}
        second = world.waiver(2, name="别的姓名", contract_number="DX1", **same).submit()
        page = self.page(second)
        assert ("同一身份证号码的姓名与此不同" in page, known["name"] in page) == (True, False)


class TestSearch:
    @pytest.mark.parametrize("text", [institution.NAME, "蒙自阳光", "蒙自阳光(残疾人)", "蒙自 阳光"])
    def test_the_beginning_of_its_name_finds_it(self, text):
        case = institution.case().submit()
        assert found(text) == [case.public_id]

    @pytest.mark.parametrize("length", [6, 12, 18])
    def test_the_beginning_of_its_code_finds_it(self, length):
        case = institution.case().submit()
        institution.case(3, organisation="另一家中心", uscc="N2532503MF12345674").submit()
        assert found(institution.code_of()[:length].lower()) == [case.public_id]

    def test_the_name_of_its_authorised_person_finds_it(self):
        case = institution.case().submit()
        assert found(institution.answers()["name"]) == [case.public_id]

    def test_a_number_still_finds_its_case_only(self):
        case = institution.case().submit()
        institution.case(2).submit()
        assert found(case.application.number) == [case.public_id]

    def test_nothing_is_found_that_the_office_has_not_seen(self):
        institution.case().submit()
        assert found(institution.NAME, inbox.FIND, "other-county") == []


class TestPapers:
    def paper(self, kind="acceptance"):
        case = institution.case().submit().say("accept")
        return Paper.objects.get(case_ref=case.public_id, kind=kind)

    def test_a_letter_is_addressed_to_the_organisation(self):
        content = reading.content(self.paper())
        assert content.addressee == institution.NAME
        assert content.opening[0].startswith("贵单位于")
        assert content.english[0].startswith(f"To {institution.NAME}")

    def test_whoever_verifies_it_reads_the_organisation_s_name(self, client):
        paper = self.paper()
        assert paper.addressee_masked == institution.NAME
        assert institution.NAME in desk.text_of(client.get(f"/verify/{paper.verify_code}/"))

    def test_a_letter_names_the_case_s_own_name_whatever_the_record_says(self):
        case = institution.case().submit()
        Organisation.objects.update(name="改过的名称")
        case.say("accept")
        assert (
            reading.content(Paper.objects.get(case_ref=case.public_id, kind="acceptance")).addressee == institution.NAME
        )

    def test_a_person_s_letter_too(self):
        case = world.waiver().submit()
        name = case.application.subject.name
        Person.objects.update(name="改过的姓名")
        case.say("accept")
        assert reading.content(Paper.objects.get(case_ref=case.public_id, kind="acceptance")).addressee == name


class TestNotice:
    @pytest.fixture
    def page(self, client):
        """The public list, an hour after the notice of a case opened."""
        case = institution.case().submit().say("accept").say("agree")
        with time_machine.travel(case.at + timedelta(hours=1)):
            yield desk.text_of(client.get("/notices/"))

    def test_an_organisation_s_name_is_not_masked(self, page):
        assert PublicNotice.objects.get().masked_name == institution.NAME
        assert institution.NAME in page

    def test_its_authorised_person_is_not_shown(self, page):
        assert institution.answers()["name"] not in page
