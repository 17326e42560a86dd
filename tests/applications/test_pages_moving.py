"""Pages of moving running cases: what differs, what would change, and what became of each."""

import pytest
from bs4 import BeautifulSoup

from audit.models import Event
from project.demo import stories
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.applications.policy_drafts import county_editor, newer_version, without_study_mode
from tests.applications.test_moving import asks_more

pytestmark = pytest.mark.django_db
PAGE = "/policy/running/grad-jobseeking/1/"


@pytest.fixture
def publisher(clock):
    return sign_in("policy-publisher")


@pytest.fixture
def adult():
    """A filed case the old version refuses."""
    return stories.grant_case(world.cast(2), study_mode="adult").submit()


def choice(case):
    return f"{case.public_id}:{case.application.version}"


def row_of(response, case):
    page = BeautifulSoup(response.content, "html.parser")
    box = page.select_one(f"#case-{case.public_id}")
    return [" ".join(cell.text.split()) for cell in box.find_parent("tr").select("td, th")[1:]]


def test_the_list_counts_what_runs_under_older_versions(publisher, adult):
    world.grant(4)
    world.grant(6).submit().say("accept")
    newer_version(without_study_mode)
    page = BeautifulSoup(publisher.get("/policy/running/").content, "html.parser")
    [row] = page.select("tbody tr")
    assert [cell.text for cell in row.select("td")] == ["1", "2", "1", "1", "1"]


def test_without_a_newer_version_there_is_nothing_to_move(publisher, adult):
    assert "没有按旧版本办理的申请" in text_of(publisher.get("/policy/running/"))
    assert publisher.get(PAGE).status_code == 404


def test_the_page_says_what_the_new_version_changes(publisher, adult):
    newer_version(asks_more)
    text = text_of(publisher.get(PAGE))
    assert "您参加志愿服务吗？" in text
    assert "正在填写的申请按开始时的版本填完" in text


def test_before_anything_is_moved_each_case_shows_before_and_after(publisher, adult):
    newer_version(without_study_mode)
    row = row_of(publisher.get(PAGE), adult)
    assert row[0] == adult.application.number
    assert row[1].startswith("不符合条件")
    assert row[2].startswith("符合条件 1,000.00 元")
    assert row[3] == "会变"


def test_of_a_draft_only_the_number_of_open_questions_is_shown(publisher):
    draft = world.grant(4)
    newer_version(asks_more)
    row = row_of(publisher.get(PAGE), draft)
    assert row[1:3] == ["问题都已回答", "还有1个问题没有回答"]
    assert draft.public_id not in row[0]


def test_chosen_cases_are_moved_and_each_result_is_shown(publisher, adult):
    stays = world.grant(4).submit()
    version = newer_version(without_study_mode)
    response = publisher.post(PAGE, {"case": [choice(adult)]})
    assert f"{adult.application.number}：已改用新版本" in " ".join(text_of(response).split())
    assert adult.application.scheme_version == version
    assert stays.application.scheme_version.number == 1


def test_a_case_that_changed_meanwhile_is_not_moved_and_said_so(publisher, adult):
    newer_version(without_study_mode)
    chosen = choice(adult)
    adult.say("accept")
    response = publisher.post(PAGE, {"case": [chosen]})
    assert response.status_code == 200
    assert "有的申请没有改用" in text_of(response)
    assert adult.application.scheme_version.number == 1


def test_nothing_chosen_is_said_so(publisher, adult):
    newer_version(without_study_mode)
    assert "没有选中申请" in text_of(publisher.post(PAGE))


@pytest.mark.parametrize("sent", ["x", "x:", ":1", "x:１", "a" * 400 + ":1", "x:" + "9" * 80])
def test_a_choice_that_is_none_moves_nothing(publisher, adult, sent):
    newer_version(without_study_mode)
    assert publisher.post(PAGE, {"case": [sent]}).status_code == 200
    assert adult.application.scheme_version.number == 1


def test_cases_that_stay_are_counted_with_the_reason(publisher, adult):
    world.grant(6).submit().say("accept")
    newer_version(without_study_mode)
    assert "办理中途不改规则" in text_of(publisher.get(PAGE))


def test_looking_is_on_record(publisher, adult):
    newer_version(without_study_mode)
    publisher.get(PAGE)
    assert Event.objects.get(action="moving.read").data["count"] == 1


def test_a_publisher_of_another_county_sees_and_moves_none_of_them(clock, adult):
    newer_version(without_study_mode)
    county_editor("532502", "policy_publisher")
    stranger = sign_in("applicant2")
    assert adult.application.number not in text_of(stranger.get(PAGE))
    stranger.post(PAGE, {"case": [choice(adult)]})
    assert adult.application.scheme_version.number == 1


@pytest.mark.parametrize("name", ["applicant", "policy-editor", "county-reviewer", "auditor"])
def test_the_pages_do_not_exist_for_others(adult, name):
    newer_version(without_study_mode)
    client = sign_in(name)
    assert [client.get(path).status_code for path in ("/policy/running/", PAGE)] == [404, 404]
    assert client.post(PAGE, {"case": [choice(adult)]}).status_code == 404


def test_the_queries_of_the_page_grow_little_with_its_cases(publisher, django_assert_max_num_queries):
    for n in (2, 4, 6, 8, 10, 12):
        world.grant(n).submit()
    newer_version(without_study_mode)
    with django_assert_max_num_queries(45):
        publisher.get(PAGE)
