"""A package comes into force as a whole, by two people, or not at all."""

from datetime import date

import pytest

from audit.models import Event
from people.models import Division
from people.refusals import Conflict, Invalid, NotFound, Refused
from schemes.assessing import assess
from schemes.building.checking import faults_of_package
from schemes.building.dry_run import try_cases
from schemes.building.package import Package
from schemes.models import CaseBook, PolicyClause, PolicyDocument, PolicyValue, Proposal, Scheme, current_version
from schemes.publication import policy_desk
from schemes.publication.drafting import Draft
from tests.schemes.conftest import AT
from tests.schemes.desk import HONGHE, MENGZI, YANSHAN, editor, publisher, submitted
from tests.schemes.packages import CODE, case, cases, document, facts, own, package, package_draft, value

pytestmark = pytest.mark.usefixtures("published")


def faults(**changes):
    return [
        (fault.part, fault.message) for fault in faults_of_package(package(**changes), Division.objects.get(pk=HONGHE))
    ]


def publish(proposal, division=HONGHE):
    return policy_desk.publish(publisher(division), proposal.pk, AT)


def on_record():
    counted = (Scheme, CaseBook, PolicyDocument, PolicyClause, PolicyValue)
    return [model.objects.count() for model in counted]


def test_a_whole_package_has_no_fault():
    assert faults() == []


def test_scheme_version_document_values_and_cases_come_on_record_together():
    publish(submitted(editor(), package_draft()))
    version = current_version(CODE)
    assert (version.number, version.origin) == (1, "people")
    assert version.case_book.cases == list(cases())
    assert PolicyClause.objects.get(scheme=CODE).document_id == document()["code"]
    assert PolicyValue.objects.get(scheme=CODE).value == "1200.00"
    found = assess(CODE, MENGZI, date(2026, 12, 1), facts())
    assert (found.eligible, str(found.amount), found.basis) == (True, "1200.00", "stated")


def test_each_step_is_an_event():
    publish(submitted(editor(), package_draft()))
    actions = list(Event.objects.filter(stream="policy", subject=CODE).values_list("action", flat=True))
    assert actions == ["policy.drafted", "policy.submitted", "policy.package", "policy.published"]


def test_before_publication_nothing_is_on_record():
    before = on_record()
    submitted(editor(), package_draft())
    assert on_record() == before


def test_a_case_that_fails_at_publication_takes_everything_back():
    proposal, before = submitted(editor(), package_draft()), on_record()
    wrong = [case("错的", {"eligible": False}), *cases()]
    Proposal.objects.filter(pk=proposal.pk).update(content=package(cases=tuple(wrong)).content())
    with pytest.raises(Invalid) as refused:
        publish(proposal)
    assert "错的" in refused.value.errors["cases"]
    assert on_record() == before
    assert Proposal.objects.get(pk=proposal.pk).state == "submitted"


def test_a_case_is_tried_once_more_on_what_is_in_force(monkeypatch):
    proposal, before = submitted(editor(), package_draft()), on_record()
    wrong = package(cases=(case("错的", {"eligible": False}), *cases()))
    Proposal.objects.filter(pk=proposal.pk).update(content=wrong.content())
    monkeypatch.setattr("schemes.publication.publishing.check", lambda proposal: None)
    with pytest.raises(Conflict) as refused:
        publish(proposal)
    assert refused.value.code == "cases_fail"
    assert on_record() == before


@pytest.mark.parametrize(
    "part,changes",
    [
        ("names", {"own": own(code="grad-jobseeking")}),
        ("names", {"own": own(code="work")}),
        ("names", {"own": own(title=None)}),
        ("words", {"own": own(summary=None)}),
        ("offer", {"own": own(case_number_prefix=None)}),
        ("offer", {"own": own(benefit_kind="referral")}),
        ("pages", {"own": own(pages=[{"use": "name"}, {"use": "name"}])}),
        ("requirements", {"own": own(requirements=[{"use": "degree"}])}),
        ("calculation", {"own": own(calculation="monthly_amount")}),
        ("stages", {"own": own(stages=[])}),
        ("letters", {"own": own(letters={})}),
        ("refusal_reasons", {"own": own(refusal_reasons=[])}),
        ("clauses", {"document": None}),
        ("clauses", {"document": document(clauses=[])}),
        ("clauses", {"document": document(dated=None)}),
        ("clauses", {"document": document(text="一、别的。")}),
        ("values", {"values": ()}),
        ("values", {"values": (value(raw="很多"),)}),
        ("values", {"values": (value(clause="九"),)}),
        ("values", {"values": (value(valid_to="2030-01-01"),)}),
        ("values", {"values": (value(basis="assumed"),)}),
        ("cases", {"cases": ()}),
        ("cases", {"cases": cases()[:2]}),
        ("cases", {"cases": (*cases()[:2], cases()[0])}),
        ("cases", {"cases": (case("错的", {"eligible": False}), *cases())}),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_told_in_its_part_and_cannot_be_submitted(part, changes):
    assert part in {where for where, _message in faults(**changes)}
    with pytest.raises(Invalid):
        submitted(editor(), package_draft(**changes))


def test_a_draft_may_be_as_empty_as_one_likes():
    draft = package_draft(own={}, document=None, values=(), cases=())
    assert policy_desk.begin(editor(), draft, AT).state == "draft"


def test_a_quota_and_a_window_can_be_set_for_any_scheme():
    more = (
        value(),
        value("quota", {"per_year": 20}),
        value("window", [{"opens": "09-01", "closes": "10-15"}]),
    )
    assert faults(values=more) == []


def test_a_dry_run_says_what_came_out_otherwise():
    wrong = package(cases=(case("金额", {"eligible": True, "amount": "1300.00"}),))
    (tried,) = try_cases(wrong, wrong.definition(), Division.objects.get(pk=HONGHE))
    assert tried.differs == (("amount", "1300.00", "1200.00"),)
    assert not tried.passes


def test_a_case_elsewhere_has_no_clause_and_is_refused():
    wrong = package(cases=(case("别处", {"eligible": True}) | {"division": YANSHAN},))
    (tried,) = try_cases(wrong, wrong.definition(), Division.objects.get(pk=HONGHE))
    assert tried.differs == (("eligible", "符合条件", "不符合条件"),)


def test_a_published_scheme_becomes_a_new_version_by_a_package_of_its_own():
    publish(submitted(editor(), package_draft()))
    begun = Package.of_version(current_version(CODE), current_version(CODE).case_book.cases)
    changed = begun.with_own(summary={"zh": "改过的简介。", "en": "Another summary."}).content()
    publish(submitted(editor(), Draft("package", changed, CODE, HONGHE)))
    assert current_version(CODE).number == 2
    assert current_version(CODE).definition.summary.zh == "改过的简介。"


def test_a_package_puts_no_value_of_an_existing_scheme_into_the_past_without_a_reason():
    publish(submitted(editor(), package_draft()))
    notice = document(code="532500-2026-11-20-2", number="红人社发〔2026〕91号")
    begun = package(own={"complete": True, **current_version(CODE).content}, document=notice, base=1)
    draft = Draft("package", begun.content(), CODE, HONGHE)
    with pytest.raises(Invalid) as refused:
        submitted(editor(), draft)
    assert refused.value.code == "backdated"
    assert submitted(editor(), draft, "通知自20日起执行").state == "submitted"


def test_a_package_that_was_overtaken_is_not_published():
    publish(submitted(editor(), package_draft()))
    begun = Package.of_version(current_version(CODE), list(cases()))
    draft = Draft("package", begun.content(), CODE, HONGHE)
    first, second = submitted(editor(), draft), submitted(editor(HONGHE, "another"), draft)
    publish(first)
    with pytest.raises(Invalid) as refused:
        publish(second)
    assert "新版本" in refused.value.errors["names"]


# ------------------------------------------------------------------ who may


def test_an_editor_drafts_only_for_the_own_divisions():
    with pytest.raises(Refused):
        policy_desk.begin(editor(YANSHAN), package_draft(), AT)


def test_the_author_does_not_publish_it():
    user = editor()
    publisher(HONGHE, user.username)
    proposal = submitted(user, package_draft())
    with pytest.raises(Conflict) as refused:
        policy_desk.publish(user, proposal.pk, AT)
    assert refused.value.code == "four_eyes"


def test_a_publisher_elsewhere_does_not_even_see_it():
    proposal = submitted(editor(), package_draft())
    with pytest.raises(NotFound):
        policy_desk.publish(publisher(YANSHAN), proposal.pk, AT)


def test_a_publisher_below_may_not_publish_what_reaches_further():
    proposal = submitted(editor(), package_draft())
    with pytest.raises((Refused, NotFound)):
        policy_desk.publish(publisher(MENGZI), proposal.pk, AT)


def test_nobody_else_changes_a_draft():
    proposal = policy_desk.begin(editor(), package_draft(), AT)
    with pytest.raises(NotFound):
        policy_desk.change(editor(HONGHE, "another"), proposal.pk, package_draft(), 1, AT)
