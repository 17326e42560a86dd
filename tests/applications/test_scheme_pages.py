"""The pages of the editor: what they refuse and say, and that nothing typed is lost."""

from datetime import date

import pytest

from people.posts import appoint
from schemes.building.package import Package
from schemes.files.exporting import scheme_toml
from schemes.files.importing import content_of_file
from schemes.models import Proposal, SchemeVersion, current_version
from schemes.publication import policy_desk
from tests import world
from tests.applications.scheme_in_pages import DESK, Pages, fields_of
from tests.journeys.everything import client_of
from tests.schemes.desk import document_draft
from tests.schemes.packages import cases, own, package_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    return Pages(client_of("policy-editor"))


def draft(**changes):
    """A draft of the editor; the address of its checklist."""
    proposal = policy_desk.begin(world.user("policy-editor"), package_draft(**changes), world.START)
    return f"{DESK}{proposal.pk}/build/"


def package_at(build):
    return Package.of(Proposal.objects.get(pk=int(build.strip("/").split("/")[2])).content)


def words(page):
    return page.main.get_text(" ", strip=True)


# ------------------------------------------------------------------ beginning


def test_a_new_scheme_needs_a_document(pages):
    page = pages.send(f"{DESK}new/", 422, division="532500", scheme="", document="")
    assert "新事项要有依据" in words(page)


def test_a_scheme_on_record_begins_with_its_published_version(pages):
    page = pages.send(f"{DESK}new/", division="532500", scheme="grad-jobseeking")
    package = package_at(page.address)
    assert (package.code, package.base) == ("grad-jobseeking", 1)
    assert "在第1版上修改" in words(page)


def test_a_document_on_record_leads_to_its_split_text(pages):
    page = pages.send(f"{DESK}new/", division="532500", document="honghe-2025-47")
    assert page.address.endswith("/split/")
    assert len(page.main.find_all("input", {"name": "pick"})) > 30


def test_each_clause_stands_beside_the_most_similar_one_elsewhere(pages):
    text = "一、对残疾人高校毕业生，按规定给予一次性求职补贴。\n二、由州残联解释。"
    document = policy_desk.begin(world.user("policy-editor"), document_draft(text=text, clauses=[]), world.START)
    page = pages.get(f"{DESK}{document.pk}/split/")
    assert "本地最相近" in words(page)
    assert "其他地区最相近" in words(page)
    assert "增加：" in words(page)


def test_clauses_are_tied_to_a_scheme_on_record_with_their_strength(pages):
    text = "一、鼓励高校毕业生就业。(责任单位:州人社局)\n二、应当给予补贴。"
    document = policy_desk.begin(world.user("policy-editor"), document_draft(text=text, clauses=[]), world.START)
    pages.send(f"{DESK}{document.pk}/split/", pick=["0", "1"], scheme="grad-jobseeking")
    clauses = Proposal.objects.get(pk=document.pk).content["clauses"]
    assert [(one["clause"], one["strength"], one["responsible"]) for one in clauses] == [
        ("一", "general", "州人社局"),
        ("二", "shall", ""),
    ]


def test_nothing_ticked_is_told(pages):
    document = policy_desk.begin(world.user("policy-editor"), document_draft(), world.START)
    page = pages.send(f"{DESK}{document.pk}/split/", 422, scheme="grad-jobseeking")
    assert "请至少勾选一条条款" in words(page)


def test_a_new_scheme_takes_the_drafted_document_along_and_its_own_draft_is_withdrawn(pages):
    document = policy_desk.begin(world.user("policy-editor"), document_draft(), world.START)
    page = pages.send(f"{DESK}{document.pk}/split/", pick=["0"], scheme="*")
    assert package_at(page.address).clauses[0]["clause"] == "一"
    assert Proposal.objects.get(pk=document.pk).state == "withdrawn"


# ------------------------------------------------------------------ parts


def test_the_checklist_says_what_is_missing_in_plain_words(pages):
    said = words(pages.get(draft(own={}, values=(), cases=())))
    assert "请填写“名称”" in said
    assert "至少要有3个用例" in said
    assert "都齐了" not in said


def test_a_public_title_that_discloses_disability_is_warned_of(pages):
    build = draft()
    page = pages.send(f"{build}step/names/", public_title_zh="盲人补贴", public_title_en="Grant")
    assert "对外名称会透露残疾" in words(page)


@pytest.mark.parametrize(
    "path,answers,says",
    [
        ("step/names/", {"code": "Course Grant"}, "代码用小写英文字母开头"),
        ("step/names/", {"title_en": ""}, "请填写“名称（英文）”"),
        ("step/words/", {"guide_zh": "先取证。", "guide_en": ""}, "中文和英文都要写"),
        ("step/offer/", {"case_number_prefix": "1a"}, "请写2至6个大写字母"),
        ("list/pages/5/", {"name": "是否"}, "代码用小写英文字母开头"),
        ("list/pages/5/", {"kind": "choice", "choices": ""}, "选择题请写出选项"),
        ("list/pages/5/", {"kind": "choice", "choices": "甲乙丙"}, "第1行写法不对"),
        ("list/requirements/1/", {"condition_value": "也许"}, "请写“是”或“否”"),
        ("list/requirements/1/", {"condition_value": ""}, "请写答案，或者选择政策参数"),
        ("list/stages/0/", {"role": ""}, "公示不选岗位"),
        ("letters/grant/", {"body_zh": "{salary}"}, "没有这些变量：salary"),
        ("letters/grant/", {"body_zh": "{name"}, "花括号里只能写变量名"),
        ("values/amount/", {"value": "很多"}, "金额请只写数字"),
        ("values/amount/", {"basis": "assumed", "note": ""}, "示例值请写明依据什么暂定"),
        ("list/clauses/0/", {"text": "改写过的条文"}, "条文与全文不一致"),
        ("list/cases/0/", {"eligible": ""}, "请选择“应当得到什么结果”"),
    ],
)
def test_a_mistake_is_told_beside_the_field_and_nothing_typed_is_lost(pages, path, answers, says):
    build = draft()
    before = package_at(build)
    page = pages.send(build + path, 422, **answers)
    assert says in words(page)
    sent = fields_of(next(form for form in page.main.find_all("form", method="post") if form.find("button")))
    assert {name: sent.get(name, "") for name in answers} == answers
    assert package_at(build) == before


def test_a_calculation_brings_the_questions_and_values_it_needs(pages):
    build = draft()
    pages.send(f"{build}step/calculation/", calculation="monthly_amount")
    package = package_at(build)
    assert "months_claimed" in {question.as_fact for question in package.reading().facts()}
    assert {"monthly_amount", "months_ceiling"} <= set(package.own["policy_values"])


def test_what_a_waiver_relieves_is_chosen_and_taken_back(pages):
    build = draft(own=own(benefit_kind="waiver", calculation="fee_relief"))
    pages.send(f"{build}step/offer/", relieves="stall_fee")
    assert package_at(build).own["relieves"] == "stall_fee"
    pages.send(f"{build}step/offer/", relieves="")
    assert "relieves" not in package_at(build).own


@pytest.mark.parametrize(
    "benefit,calculation,relieves,says",
    [
        ("grant", "fixed_amount", "fee", "只有减免才写明减免什么"),
        ("waiver", "deposit_relief", "fee", "减免押金的事项，“减免什么”请选“不适用”"),
        ("waiver", "fee_relief", "spacing", "“减免什么”和计算方法不相配"),
    ],
)
def test_what_is_relieved_fits_what_is_given_as_in_the_file(pages, benefit, calculation, relieves, says):
    build = draft(own=own(benefit_kind=benefit, calculation=calculation))
    pages.send(f"{build}step/offer/", relieves=relieves)
    assert says in words(pages.get(build))


def test_a_waiver_goes_through_the_pages_into_its_file_and_back_unchanged(pages):
    version = current_version("stall-fee-reduction")
    page = pages.send(f"{DESK}new/", division="532500", scheme="stall-fee-reduction")
    pages.send(f"{page.address}step/offer/")
    package = package_at(page.address)
    assert package.own["relieves"] == "stall_fee"
    assert package.definition() == version.definition
    file = scheme_toml(SchemeVersion(scheme_id=package.code, number=2, content=package.written()))
    assert Package(own=content_of_file("again.toml", file)).definition() == version.definition


def test_a_shared_page_is_changed_into_one_of_the_schemes_own(pages):
    build = draft()
    pages.send(f"{build}list/pages/0/", label_zh="您的姓名")
    page = package_at(build).own["pages"][0]
    assert "use" not in page
    assert (page["code"], page["questions"][0]["kind"], page["questions"][0]["fact"]) == ("name", "name", False)


def test_entries_are_moved_up_and_taken_away(pages):
    build = draft()
    number = int(build.strip("/").split("/")[2])
    pages.press(f"{build}list/requirements/", f"/policy/work/{number}/build/list/requirements/1/up/")
    assert package_at(build).own["requirements"][0]["code"] == "qualified"
    pages.press(f"{build}list/requirements/", f"/policy/work/{number}/build/list/requirements/1/remove/")
    assert len(package_at(build).own["requirements"]) == 1


def test_a_case_that_fails_is_shown_with_what_was_expected(pages):
    wrong = [{**cases()[0], "expect": {"eligible": True, "amount": "1300.00"}}, *cases()[1:]]
    said = words(pages.get(f"{draft(cases=tuple(wrong))}list/cases/"))
    assert "预期 1300.00，得到 1200.00" in said


def test_a_letter_is_previewed_with_example_words_before_it_is_saved(pages):
    build = draft()
    page = pages.send(f"{build}letters/grant/", preview="1", title_zh="新的标题")
    assert "决定发给1000.00元" in words(page)
    assert package_at(build).own["letters"]["grant"]["title"]["zh"] != "新的标题"


def test_a_page_that_was_overtaken_keeps_what_was_typed_and_says_so(pages):
    build = draft()
    pages.send(f"{build}step/names/", title_zh="第一次改")
    page = pages.send(f"{build}step/names/", 422, title_zh="第二次改", edition="1")
    assert "已在另一个页面保存过" in words(page)
    assert page.main.find("input", {"name": "title_zh"})["value"] == "第二次改"


def test_the_applicants_pages_are_shown_read_only(pages):
    page = pages.get(draft().replace("/build/", "/preview/"))
    assert "您取得了职业资格证书吗？" in words(page)
    assert page.main.find("form") is None


# ------------------------------------------------------------------ who may


@pytest.mark.parametrize("path", ["", "step/names/", "list/pages/", "list/cases/0/", "values/", "letters/grant/"])
def test_another_editor_does_not_find_ones_draft(path):
    build = draft()
    other, own = world.user("applicant2"), world.user("policy-editor").posts.first()
    appoint(other, own.office, "policy_editor", date(2025, 1, 1))
    client = client_of("applicant2")
    assert client.get(build + path).status_code == 404
    assert client.post(build + path, {}).status_code in (404, 405)


@pytest.mark.parametrize("account", ["policy-publisher", "county-reviewer", "applicant"])
def test_nobody_else_opens_the_editor(account):
    client = client_of(account)
    assert client.get(f"{DESK}new/").status_code == 404
    assert client.get(draft()).status_code == 404


def test_what_was_submitted_is_not_changed_any_more(pages):
    build = draft()
    number = int(build.strip("/").split("/")[2])
    policy_desk.submit(world.user("policy-editor"), number, "新办法", world.START)
    assert pages.client.get(f"{build}step/names/").status_code == 404
