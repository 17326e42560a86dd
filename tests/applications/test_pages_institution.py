"""Pages of a case that somebody files for an organisation."""

import pytest

from applications import actions
from applications.forms import FieldContext, QuestionsForm
from applications.models import Application
from tests import institution, world
from tests.applications import pages

pytestmark = pytest.mark.django_db
GUIDE = f"/apply/{institution.CODE}/"


@pytest.fixture(autouse=True)
def scheme(peopled):
    return institution.publish()


def page_of(code):
    return next(page for page in institution.definition().pages if page.code == code)


def answered(page, **data):
    return QuestionsForm(page_of(page).questions, FieldContext(world.START.date()), {}, data)


def test_the_list_has_it_among_what_is_for_organisations(client):
    page = pages.text_of(client.get("/apply/?division=532503"))
    heading = page.index('id="apply-organisation"')
    assert GUIDE in page[heading:]


def test_the_guide_says_that_it_is_for_organisations(client):
    assert "单位申请" in pages.text_of(client.get(GUIDE))


def test_the_guide_asks_who_fills_in_not_for_whom():
    page = pages.text_of(pages.sign_in().get(GUIDE))
    assert ("我就是经办人" in page, "为我自己" in page) == (True, False)


def test_a_person_s_guide_asks_for_whom():
    page = pages.text_of(pages.sign_in().get("/apply/grad-jobseeking/"))
    assert ("我就是经办人" in page, "为我自己" in page) == (False, True)


def test_beginning_makes_a_draft_of_an_organisation_s_case():
    client = pages.sign_in()
    client.post(GUIDE, {"for_whom": "own"})
    draft = Application.objects.get()
    assert (draft.by_organisation, draft.for_other, draft.state) == (True, False, "draft")


def test_nothing_begins_before_it_is_said_who_fills_in():
    response = pages.sign_in().post(GUIDE, {})
    assert response.status_code == 422
    assert "请选择谁来填写。" in pages.text_of(response)


def test_a_wrong_code_is_told_and_the_right_name_is_kept():
    form = answered("organisation", organisation="蒙自阳光服务中心", uscc="91350100M000100Y44")
    assert "校验位" in str(form.errors["uscc"])
    assert form.answers() == {"organisation": "蒙自阳光服务中心"}


def test_name_and_code_are_stored_in_one_form():
    form = answered("organisation", organisation="蒙自阳光(残疾人)服务中心", uscc=f"{institution.code_of().lower()} ")
    assert form.is_valid()
    assert form.answers() == {"organisation": institution.NAME, "uscc": institution.code_of()}


def test_a_name_with_a_picture_in_it_is_refused():
    form = answered("organisation", organisation="阳光😀中心", uscc=institution.code_of())
    assert set(form.errors) == {"organisation"}


def test_the_browser_never_fills_in_the_representative_with_one_s_own_name():
    form = answered("legal-representative")
    assert form.fields["legal_representative"].widget.attrs["autocomplete"] == "off"


def test_the_organisation_s_account_is_asked_twice():
    form = answered("organisation-account", account=institution.ACCOUNT, account_again="1" * 20, bank="建设银行")
    assert set(form.errors) == {"account_again"}


def test_filing_needs_the_declaration_of_the_right_to_act():
    case = pages.hand_in_everything(institution.case())
    response = pages.send(pages.sign_in(), case, "check/", pages.declared(case))
    assert response.status_code == 422
    assert "书面授权" in pages.text_of(response)
    assert case.application.state == "draft"


def test_with_it_the_case_is_filed():
    case = pages.hand_in_everything(institution.case())
    sent = pages.declared(case) | {"declaration_authorised": "on"}
    assert pages.send(pages.sign_in(), case, "check/", sent).status_code == 302
    assert case.application.state == "submitted"


def test_the_check_page_shows_the_code_in_groups():
    page = pages.text_of(pages.sign_in().get(pages.url(institution.case(), "check/")))
    code = institution.code_of()
    assert " ".join(code[at : at + 4] for at in range(0, 18, 4)) in page


def test_the_case_and_the_list_of_cases_name_the_organisation():
    case = institution.case().submit()
    client = pages.sign_in()
    assert institution.NAME in pages.text_of(client.get(pages.url(case)))
    assert institution.NAME in pages.text_of(client.get("/applications/"))


def test_a_draft_in_the_list_says_that_it_is_for_an_organisation():
    institution.case()
    assert "单位申请" in pages.text_of(pages.sign_in().get("/applications/"))


class TestWhatIsKnown:
    def first_page(self, account="applicant"):
        draft = actions.begin(world.user(account), institution.CODE, world.START)
        return pages.text_of(pages.sign_in(account).get(f"/applications/{draft.public_id}/edit/organisation/"))

    def test_the_organisation_one_filed_for_before_is_offered(self):
        institution.case().submit()
        assert institution.NAME in self.first_page()

    def test_to_somebody_else_it_is_not(self):
        institution.case().submit()
        assert institution.NAME not in self.first_page("applicant2")

    def test_whoever_files_for_several_is_offered_none(self):
        institution.case().submit()
        institution.case(4, organisation="另一家中心").submit()
        page = self.first_page()
        assert (institution.NAME in page, "另一家中心" in page) == (False, False)

    def test_its_account_is_never_offered(self):
        institution.case().submit()
        draft = actions.begin(world.user("applicant"), institution.CODE, world.START)
        address = f"/applications/{draft.public_id}/edit/organisation-account/"
        assert "5305" not in pages.text_of(pages.sign_in().get(address))


def test_nobody_else_sees_it():
    case = institution.case().submit()
    assert pages.sign_in("applicant2").get(pages.url(case)).status_code == 404


def test_the_check_of_bank_cards_casts_no_doubt_on_an_organisation_s_account():
    page = pages.text_of(pages.sign_in().get(pages.url(institution.case(), "check/")))
    assert ("5305 0161" in page, "银行卡号的校验规则" in page) == (True, False)


def test_it_still_does_on_a_person_s():
    page = pages.text_of(pages.sign_in().get(pages.url(world.grant(account="6217003600012345673"), "check/")))
    assert "银行卡号的校验规则" in page
