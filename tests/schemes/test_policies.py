"""Which policy holds: inheritance, the nearest value, the day."""

from datetime import date

import pytest

from people.models import Division
from schemes.errors import FactsError, UnknownDivision
from schemes.models import PolicyClause, PolicyDocument, PolicyValue
from schemes.models.versions import Origin
from schemes.policies import resolve
from tests.schemes.conftest import AT

ON = date(2026, 11, 22)


@pytest.fixture
def mengzi_amount(published):
    """`mengzi_amount(value, starts, ends)`: Mengzi has an amount of its own, on a document of its own."""
    document = PolicyDocument.objects.create(
        code="mengzi-1",
        division_id="532503",
        title="蒙自市通知",
        number="蒙政发〔2026〕1号",
        issuer="蒙自市人民政府",
        in_force_from=date(2026, 6, 1),
        in_force_to=date(2026, 12, 31),
        source="official",
    )
    clause = PolicyClause.objects.create(
        document=document, scheme_id="grad-jobseeking", clause="一", text="发给1500元。", strength="shall"
    )

    def add(value, starts, ends, **more):
        return PolicyValue.objects.create(
            scheme_id="grad-jobseeking",
            division_id="532503",
            name="amount",
            value=value,
            clause=clause,
            basis="stated",
            valid_from=starts,
            valid_to=ends,
            origin=Origin.PEOPLE,
            published_by="policy-publisher",
            published_at=AT,
            **more,
        )

    return add


def amount(division="532503", on=ON, **overrides):
    return resolve("grad-jobseeking", division, on, overrides or None).values["amount"]


def test_a_county_inherits_from_its_prefecture(published):
    found = amount()
    assert (found.value, found.division_code, found.basis) == ("1000.00", "532500", "assumed")
    assert (found.document, found.clause) == ("红政办发〔2025〕47号", "五(一)")


def test_the_nearest_value_wins(mengzi_amount):
    mengzi_amount("1500.00", date(2026, 6, 1), None)
    assert (amount().value, amount().division_code, amount().basis) == ("1500.00", "532503", "stated")
    assert amount("532502").value == "1000.00"


def test_a_nearer_value_counts_only_on_its_days(mengzi_amount):
    mengzi_amount("1500.00", date(2026, 6, 1), date(2026, 11, 21))
    assert amount(on=date(2026, 11, 21)).value == "1500.00"
    assert amount(on=ON).value == "1000.00"


def test_a_superseded_value_no_longer_counts(mengzi_amount):
    first = mengzi_amount("1500.00", date(2026, 6, 1), None)
    mengzi_amount("1600.00", date(2026, 6, 1), None, supersedes=first)
    assert amount().value == "1600.00"


def test_a_clause_of_the_county_is_cited_first(mengzi_amount):
    resolved = resolve("grad-jobseeking", "532503", ON)
    assert [clause.number for clause in resolved.clauses] == ["蒙政发〔2026〕1号", "红政办发〔2025〕47号"]


def test_a_county_document_that_ran_out_leaves_the_prefectures_in_force(mengzi_amount):
    resolved = resolve("grad-jobseeking", "532503", date(2027, 1, 1))
    assert resolved.status == "in_force"
    assert [clause.division_code for clause in resolved.clauses] == ["532500"]


def test_a_document_without_a_number_is_cited_by_its_title(published):
    clause = resolve("grad-jobseeking", "532622", date(2023, 6, 1)).clauses[0]
    assert clause.number == "未载"
    assert clause.document.startswith("砚山县人民政府办公室关于印发")
    assert clause.document.endswith("（文号未载）")


def test_what_ran_out_stays_visible(published):
    resolved = resolve("dibao-phase-out", "532622", ON)
    assert (resolved.status, len(resolved.clauses), dict(resolved.values)) == ("not_in_force", 1, {})


def test_no_clause_on_the_whole_line(published):
    assert resolve("lottery-deposit-waiver", "532622", ON).status == "no_clause"


def test_the_nation_is_inherited_from_as_well(published):
    PolicyDocument.objects.filter(code="honghe-2025-47").update(division_id="0")
    assert resolve("lottery-deposit-waiver", "411502", ON).status == "in_force"


def test_an_override_is_assumed_and_keeps_its_clause(published):
    found = amount(amount="5")
    assert (found.value, found.basis, found.overridden, found.clause) == ("5", "assumed", True, "五(一)")


def test_an_unknown_override_is_refused(published):
    with pytest.raises(FactsError, match="amuont"):
        amount(amuont="5")


def test_an_unknown_division_is_refused(published):
    with pytest.raises(UnknownDivision):
        resolve("grad-jobseeking", "999999", ON)


def test_a_retired_code_goes_by_its_successor(published):
    assert Division.objects.get(code="532522").retired
    assert amount("532522").value == "1000.00"


def test_three_queries_are_enough(published, django_assert_num_queries):
    with django_assert_num_queries(3):
        resolve("dibao-phase-out", "532503", ON)


def test_assumed_values_are_named(published):
    resolved = resolve("lottery-deposit-waiver", "532503", ON)
    assert resolved.assumed == ("relief_kind",)
