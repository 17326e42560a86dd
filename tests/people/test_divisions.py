"""The vendored divisions and their way into the database."""

import csv
import time

import pytest

from people.division_tables import DATA, load_divisions, read_divisions
from people.models import Division

# Names and parents as listed by other sources of GB/T 2260.
EXPECTED = {
    "532500": ("红河哈尼族彝族自治州", "530000"),
    "532501": ("个旧市", "532500"),
    "532502": ("开远市", "532500"),
    "532503": ("蒙自市", "532500"),
    "532504": ("弥勒市", "532500"),
    "532523": ("屏边苗族自治县", "532500"),
    "532524": ("建水县", "532500"),
    "532525": ("石屏县", "532500"),
    "532527": ("泸西县", "532500"),
    "532528": ("元阳县", "532500"),
    "532529": ("红河县", "532500"),
    "532530": ("金平苗族瑶族傣族自治县", "532500"),
    "532531": ("绿春县", "532500"),
    "532532": ("河口瑶族自治县", "532500"),
    "532600": ("文山壮族苗族自治州", "530000"),
    "532622": ("砚山县", "532600"),
    "500153": ("荣昌区", "500000"),
    "411500": ("信阳市", "410000"),
    "411502": ("浉河区", "411500"),
    "411503": ("平桥区", "411500"),
    "411521": ("罗山县", "411500"),
    "411522": ("光山县", "411500"),
    "411523": ("新县", "411500"),
    "411524": ("商城县", "411500"),
    "411525": ("固始县", "411500"),
    "411526": ("潢川县", "411500"),
    "411527": ("淮滨县", "411500"),
    "411528": ("息县", "411500"),
    "220100": ("长春市", "220000"),
    "350128": ("平潭县", "350100"),
}
SUCCESSORS = {
    "532522": "532503",
    "532526": "532504",
    "532521": "532502",
    "532621": "532601",
    "532331": "532302",
    "510231": "500153",
    "500226": "500153",
    "413000": "411500",
    "413001": "411502",
    "413023": "411503",
    "413028": "411521",
    "413025": "411522",
    "413029": "411523",
    "413027": "411524",
    "413026": "411525",
    "413024": "411526",
    "413022": "411527",
    "413021": "411528",
}


@pytest.fixture(scope="module")
def divisions():
    return {division.code: division for division in read_divisions()}


@pytest.mark.parametrize("code", EXPECTED)
def test_names_and_parents_agree_with_other_sources(divisions, code):
    assert (divisions[code].name, divisions[code].parent_id) == EXPECTED[code]


@pytest.mark.parametrize("code", SUCCESSORS)
def test_retired_codes_lead_to_the_present_division(divisions, code):
    assert (divisions[code].retired, divisions[code].successor_id) == (True, SUCCESSORS[code])


def test_honghe_has_thirteen_counties(divisions):
    counties = [d for d in divisions.values() if d.level == "county" and d.prefecture_id == "532500"]

    assert len(counties) == 13


def test_township_knows_its_county_prefecture_and_province(divisions):
    wenlan = divisions["532503001"]

    assert (wenlan.parent_id, wenlan.lineage) == ("532503", ["0", "530000", "532500", "532503", "532503001"])


@pytest.mark.parametrize("code", ["500153", "310101", "429004"])
def test_counties_directly_under_a_province_have_no_prefecture(divisions, code):
    division = divisions[code]

    assert (division.level, division.parent_id, division.prefecture_id) == ("county", code[:2] + "0000", "")


def test_every_county_of_the_demo_has_townships(divisions):
    counties = {d.parent_id for d in divisions.values() if d.level == "township"}

    assert counties == {code for code in EXPECTED if code.startswith("5325") and code != "532500"} | {"532622"}


def test_abolished_townships_are_left_out(divisions):
    assert not [d.name for d in divisions.values() if "撤销" in d.name]


def test_every_parent_and_successor_exists_and_is_in_use(divisions):
    named = {d.parent_id for d in divisions.values()} | {d.successor_id for d in divisions.values()}

    assert not [code for code in named - {None} if code not in divisions or divisions[code].retired]


def test_retired_codes_never_appear_among_the_children_of_a_division(divisions):
    retired = [d for d in divisions.values() if d.retired]

    assert not any((d.parent_id, d.province_id, d.prefecture_id, d.county_id) != (None, "", "", "") for d in retired)


def test_places_of_the_demo_have_english_names(divisions):
    mengzi = [d for d in divisions.values() if d.code.startswith("532503")]
    counties = [d for d in divisions.values() if d.prefecture_id == "532500" and d.level != "township"]

    assert all(d.name_en for d in [*mengzi, *counties, divisions["530000"], divisions["532600"], divisions["532622"]])


def test_no_code_stands_twice():
    codes = []
    for name in ("divisions.csv", "retired_codes.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as table:
            codes += [row["code"] for row in csv.DictReader(table)]

    assert len(codes) == len(set(codes))


@pytest.mark.django_db
def test_load_fills_the_database_within_three_seconds():
    before = Division.objects.count()
    began = time.perf_counter()

    result = load_divisions()

    assert time.perf_counter() - began < 3
    assert result.added == Division.objects.count() - before


@pytest.mark.django_db
def test_loading_again_writes_nothing(django_assert_num_queries):
    load_divisions()

    with django_assert_num_queries(1):
        result = load_divisions()

    assert (result.added, result.changed) == (0, 0)


@pytest.mark.django_db
def test_load_restores_what_was_changed_and_leaves_own_divisions_alone():
    load_divisions()
    Division.objects.filter(pk="532503").update(name="蒙自")
    Division.objects.create(code="532503999", name="自设片区", level="township", parent_id="532503")

    result = load_divisions()

    assert (result.changed, Division.objects.get(pk="532503").name) == (1, "蒙自市")
    assert Division.objects.filter(pk="532503999").exists()


@pytest.mark.django_db
def test_command_says_what_changed(run_command):
    load_divisions()

    assert run_command("load_divisions").startswith("divisions: 0 added, 0 changed, ")
