"""The policy pages: open to everybody, word for word, and honest about what is an example."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from audit.models import Event
from people.models import Division
from schemes.models import PolicyClause, PolicyDocument, PolicyValue, current_versions
from schemes.policies import resolve
from schemes.rules.values import READERS
from schemes.standing import IN_FORCE, NO_CLAUSE, NOT_YET, RUN_OUT, clauses_of, find_divisions, values_of
from schemes.words.value_words import LABELS, parameter_words, words_of

pytestmark = pytest.mark.usefixtures("founded")
GRANT, WAIVER, PHASE_OUT = "grad-jobseeking", "lottery-deposit-waiver", "dibao-phase-out"
HONGHE, MENGZI, YANSHAN = "532500", "532503", "532622"
DAY = date(2026, 11, 22)


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def text(response):
    return soup(response).main.get_text(" ", strip=True)


def detail(scheme, division, on=""):
    return f"/policy/{scheme}/{division}/" + (f"?on={on}" if on else "")


def table(client, address, name):
    """The rows of a table as texts."""
    region = soup(client.get(address)).find("div", attrs={"aria-label": name})
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in region.tbody.find_all("tr")
    ]


@pytest.fixture
def in_2026(clock):
    """The Monday of November 2026."""


@pytest.mark.parametrize("address", ["/policy/", detail(GRANT, MENGZI), detail(WAIVER, YANSHAN)])
def test_policy_is_open_to_everybody_and_leaves_no_trace(client, address):
    before = Event.objects.count()
    assert client.get(address).status_code == 200
    assert Event.objects.count() == before


def by_place(rows):
    """The rows of a list by the last part of the place's name."""
    return {row[0].split()[-1]: row[1:] for row in rows}


def test_the_list_tells_document_clause_period_and_state(client, in_2026):
    found = by_place(table(client, "/policy/", "残疾人高校毕业生一次性求职补贴"))
    assert found["红河哈尼族彝族自治州"] == ["红政办发〔2025〕47号", "五(一)", "2025-12-23至2027-12-31", "有效"]
    assert found["砚山县"][-1] == "已到期，未收录后续文件"
    assert "文号未载" in found["砚山县"][0]


def test_schemes_stand_in_groups_by_how_they_are_offered(client):
    groups = [heading.text for heading in soup(client.get("/policy/")).main.find_all("h2")]
    assert groups[0] == "个人和家庭可以申请的"
    assert "机构可以申请的" in groups


def test_a_scheme_is_found_by_a_word_of_its_name_and_shown_open(client):
    page = soup(client.get("/policy/?s=求职补贴"))
    assert [one.find("span").text for one in page.main.find_all("summary")] == ["残疾人高校毕业生一次性求职补贴"]
    assert page.main.find("details").has_attr("open")


def test_a_scheme_nobody_knows_is_said_to_be_unknown(client):
    assert "没有找到这个事项" in text(client.get("/policy/?s=没有的事项"))


def test_an_example_of_the_scheme_stands_among_the_values_and_says_so(client):
    version = next(one for one in current_versions() if one.definition.examples)
    example = version.definition.examples[0]
    clause = PolicyClause.objects.filter(scheme=version.scheme_id, offered_as="").first()
    day = clause.document.in_force_from
    assert example.note in text(client.get(detail(version.scheme_id, clause.document.division_id, day)))


def test_where_no_clause_is_on_record_the_list_says_so(client, in_2026):
    found = by_place(table(client, "/policy/", "残疾人彩票代销押金减免"))
    assert found["砚山县"][-1] == "本系统尚未收录当地依据"


def test_a_county_without_documents_of_its_own_is_found_by_name_and_inherits(client, in_2026):
    row = table(client, "/policy/?q=蒙自", "残疾人高校毕业生一次性求职补贴")[0]
    assert row[0].endswith("蒙自市")
    assert row[-1] == "有效"


def test_a_county_is_found_by_its_code(client):
    assert "蒙自市" in text(client.get("/policy/?q=532503"))


def test_a_place_nobody_knows_is_said_to_be_unknown(client):
    assert "没有找到这个地区" in text(client.get("/policy/?q=不存在的地方"))


def test_two_places_of_one_name_are_told_apart(client):
    places = [link.text for link in soup(client.get("/policy/?q=红河")).find_all("a", class_="zd-target")]
    assert any(place.endswith("红河县") for place in places)
    assert len(set(places)) > 1


def test_the_clause_stands_word_for_word(client):
    clause = PolicyClause.objects.get(scheme=GRANT, document__division=HONGHE)
    found = soup(client.get(detail(GRANT, HONGHE, DAY)))
    assert clause.text in found.blockquote.text
    assert found.blockquote["lang"] == "zh-Hans"
    assert clause.document.title in found.main.text


def test_a_value_no_document_states_is_an_example(client):
    rows = {row[0]: row for row in table(client, detail(GRANT, HONGHE, DAY), "政策数值")}
    assert rows["补贴金额"][1:3] == ["1,000.00元", "示例"]
    lottery = {row[0]: row for row in table(client, detail(WAIVER, HONGHE, DAY), "政策数值")}
    assert lottery["适用的彩票种类"][1:3] == ["福利彩票、体育彩票", "文件载明"]


def test_the_day_chosen_decides_what_is_in_force(client):
    assert "1,000.00元" in text(client.get(detail(GRANT, YANSHAN, "2024-06-01")))
    after = text(client.get(detail(GRANT, YANSHAN, "2025-01-01")))
    assert "已到期，未收录后续文件" in after
    assert "1,000.00元" not in after


def test_the_day_can_be_typed_in_three_boxes(client):
    query = "?on_year=2024&on_month=6&on_day=1"
    assert "2024-06-01的政策" in text(client.get(detail(GRANT, YANSHAN) + query))


def test_an_impossible_day_is_said_to_be_one(client):
    found = soup(client.get(detail(GRANT, HONGHE) + "?on_year=2026&on_month=2&on_day=30"))
    assert found.find(class_="govuk-error-summary").a["href"] == "#id_on_2"


def test_where_there_is_no_clause_the_office_to_ask_is_named(client):
    shown = text(client.get(detail(WAIVER, YANSHAN, DAY)))
    assert "不等于当地没有这项政策" in shown
    assert "咨询" in shown


@pytest.mark.parametrize("address", [detail("no-such", HONGHE), detail(GRANT, "999999")])
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_retired_code_shows_the_policy_of_its_successor(client):
    assert "蒙自市" in text(client.get(detail(GRANT, "532522", DAY)))


def county_amount(value="800.00", basis="stated"):
    """A county document with an amount of its own."""
    document = PolicyDocument.objects.create(
        code="mengzi-1", division_id=MENGZI, title="蒙自市通知", number="蒙政发〔2026〕1号", issuer="蒙自市人民政府",
        in_force_from=date(2026, 1, 1), source="official",
    )  # fmt: skip
    clause = PolicyClause.objects.create(
        document=document, scheme_id=GRANT, clause="一", text="每人800元", strength="shall"
    )
    return PolicyValue.objects.create(
        scheme_id=GRANT, division_id=MENGZI, name="amount", value=value, clause=clause, basis=basis,
        valid_from=date(2026, 1, 1), origin="people", published_by="x", published_at=timezone.now(),
    )  # fmt: skip


def test_a_value_of_the_county_says_which_one_it_takes_the_place_of(client):
    county_amount()
    row = next(row for row in table(client, detail(GRANT, MENGZI, DAY), "政策数值") if row[0] == "补贴金额")
    assert row[1:3] == ["800.00元", "文件载明"]
    assert "蒙自市" in row[3]
    assert "取代云南省 红河哈尼族彝族自治州的1,000.00元（红政办发〔2025〕47号）" in row[5]


def test_the_clauses_of_county_and_prefecture_both_stand_the_nearest_first(client):
    county_amount()
    quotes = soup(client.get(detail(GRANT, MENGZI, DAY))).find_all("blockquote")
    assert ["每人800元" in quote.text for quote in quotes] == [True, False]


@pytest.mark.parametrize("division", [HONGHE, MENGZI, YANSHAN])
@pytest.mark.parametrize("scheme", [GRANT, WAIVER, PHASE_OUT])
@pytest.mark.parametrize("on", [date(2022, 1, 1), date(2024, 6, 1), DAY, date(2028, 1, 1)])
def test_the_page_and_the_rules_read_the_same_policy(scheme, division, on):
    county_amount()
    resolved, place = resolve(scheme, division, on), Division.objects.get(pk=division)
    standing = clauses_of(scheme, place, on)
    states = {"in_force": {IN_FORCE}, "no_clause": {NO_CLAUSE}, "not_in_force": {RUN_OUT, NOT_YET}}
    assert standing.state in states[resolved.status]
    shown = {name: value.value.value for name, value in values_of(scheme, place, on).items()}
    assert resolved.plain_values == (shown if standing.state == IN_FORCE else {})


def test_a_document_that_has_not_begun_is_said_to_begin_later(client):
    assert "尚未生效" in text(client.get(detail(GRANT, HONGHE, "2020-01-01")))


def test_every_policy_value_there_can_be_has_a_name():
    assert set(LABELS) == set(READERS)


@pytest.mark.parametrize(
    "name,value,words",
    [
        ("phase_out_months", {"min": 6, "max": 12}, "6至12个月，由审核人员选定"),
        ("phase_out_months", {"min": 12, "max": 12, "default": 12}, "12个月"),
        ("phase_out_months", {"min": 6, "max": 12, "default": 9}, "6至12个月，一般9个月"),
        ("work_cost_deduction", {"kind": "percent_of_standard", "value": "30"}, "当地标准的30%"),
        ("work_cost_deduction", {"kind": "fixed", "value": "100.50"}, "每月100.5元"),
        ("work_cost_deduction", {"kind": "none"}, "没有"),
        ("taper", ["100", "80", "60"], "逐月100%、80%、60%，之后同最后一个月"),
        ("taper", ["100"], "每月100%"),
        ("disregard_months", 0, "没有"),
        ("disregard_months", 36, "36个月"),
        ("cohort_starts", "09-01", "9月1日"),
        ("requires_contract", True, "是"),
        ("equality", "within", "不算超过"),
        ("covers", [], "没有"),
        ("dibao_standard", "750", "每人每月750.00元"),
        ("no_such_name", {"a": 1}, "{'a': 1}"),
        ("amount", "not money", "not money"),
        ("share", "2/3", "实际支出的2/3"),
        ("share", "1", "全额"),
        ("monthly_ceiling", "none", "没有上限"),
        ("monthly_ceiling", "300", "每月300.00元"),
        ("months_ceiling", 36, "36个月"),
        ("months_ceiling", "none", "没有上限"),
        ("trips_per_year", 2, "每年2次"),
        ("attendance_percent", 80, "不少于计划天数的80%"),
        ("daily_amount", "50", "每天50.00元"),
        ("rate_ceiling", "4.35", "4.35%"),
        ("rate_ceiling", "none", "没有上限"),
        ("total_ceiling", "10000", "10,000.00元"),
        ("ceiling_period", "life", "终身累计"),
        ("day_basis", 360, "360天"),
        ("quota_percent", "1.50", "1.5%"),
        ("spacing_rule", {"kind": "to_percent", "min": 70, "max": 90}, "放宽至标准的70%–90%"),
        ("spacing_rule", {"kind": "reduced_by", "min": 20, "max": 20}, "比标准缩短20%"),
        ("trip_amounts", {"in_province": 500}, "省内：500.00元"),
        ("category_amounts", {"senior": 500}, "senior：500.00元"),
    ],
)
def test_values_read_as_people_say_them(name, value, words):
    assert words_of(name, value) == words


def test_a_table_is_told_in_the_words_of_the_scheme_where_it_has_some():
    assert words_of("category_amounts", {"a": 1, "b": 2}, {"a": "高级工"}) == "高级工：1.00元；b：2.00元"


@pytest.mark.parametrize(
    "kind, value, words",
    [
        ("money", "10.5", "10.50元"),
        ("percent", "1.5", "1.5%"),
        ("whole", 7, "7"),
        ("truth", False, "否"),
        ("codes", ["a", "b"], "甲、b"),
        ("codes", [], "没有"),
        ("table", {"a": 1}, "甲：1.00元"),
        ("money", "much", "much"),
        ("colour", "red", "red"),
    ],
)
def test_values_a_scheme_declares_read_as_people_say_them(kind, value, words):
    assert parameter_words(kind, value, {"a": "甲"}) == words


def test_the_route_names_days_and_the_step_only_some_pass(client):
    steps = table(client, detail(GRANT, MENGZI, DAY), "办理环节")
    assert [row[0] for row in steps] == ["1", "2", "3", "4"]
    assert steps[0][2:] == ["您选择的学校", "5个工作日"]
    assert "只限县级举办的学校" in steps[1][1]


def test_natural_days_are_told_from_working_days(client):
    assert "7天（含节假日）" in [row[3] for row in table(client, detail(PHASE_OUT, HONGHE, DAY), "办理环节")]


def test_an_office_chosen_by_an_answer_is_named_for_each_answer(client):
    offices = table(client, detail(WAIVER, MENGZI, DAY), "办理环节")[0][2]
    assert "福利彩票：" in offices
    assert "体育彩票：" in offices


def test_offices_are_named_where_the_directory_has_them(client, peopled):
    assert "红河州人力资源和社会保障局" in str(table(client, detail(GRANT, MENGZI, DAY), "办理环节"))


def test_versions_are_listed_without_the_names_of_those_who_published(client):
    rows = table(client, detail(GRANT, HONGHE), "事项版本")
    assert [row[0] for row in rows] == ["1"]
    assert rows[0][2] == "目录导入"
    assert "load_catalogue" not in text(client.get(detail(GRANT, HONGHE)))


@pytest.mark.parametrize("scheme", [GRANT, WAIVER, PHASE_OUT])
def test_the_pages_stand_in_english_too(client, scheme, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    found = soup(client.get(detail(scheme, MENGZI, DAY)))
    assert found.html["lang"] == "en"
    assert found.blockquote["lang"] == "zh-Hans"


def test_the_list_asks_few_questions_however_many_places(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/policy/?q=云")


def test_a_search_finds_no_township():
    assert {division.level for division in find_divisions("5325")} <= {"province", "prefecture", "county"}
