"""Two people publish policy."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from people.refusals import Conflict, Invalid
from schemes.assessing import assess
from schemes.models import PolicyClause, PolicyValue, Proposal, current_version
from schemes.policies import resolve
from schemes.publication.drafting import Draft, begin, submit
from schemes.publication.publishing import DraftValue, propose_value, propose_version, publish, reject
from tests.schemes.conftest import AT

pytestmark = pytest.mark.usefixtures("published")
EDITOR, PUBLISHER = {"by": "policy-editor", "at": AT}, {"by": "policy-publisher", "at": AT}
ON = date(2026, 11, 22)


DOCUMENT = {
    "code": "province-2026",
    "title": "省人力资源社会保障厅通知",
    "number": "云人社发〔2026〕9号",
    "issuer": "云南省人力资源和社会保障厅",
    "published": "2026-10-08",
    "source": "official",
    "clauses": [
        {"scheme": "grad-jobseeking", "clause": "二", "text": "每人发给1200元。", "strength": "shall"},
    ],
}


def document_draft(**changes):
    return begin(Draft("document", DOCUMENT | changes, division="530000"), **EDITOR).pk


def published_document(**changes):
    submitted = submit(document_draft(**changes), "登记省厅通知", **EDITOR)
    return publish(submitted.pk, **PUBLISHER)


@pytest.fixture
def clause(published):
    """A clause on a new document that states the amount."""
    return published_document().clauses.get()


def draft(clause, value="1200.00", starts=date(2026, 11, 1), ends=date(2027, 12, 31), name="amount", basis="stated"):
    return DraftValue("grad-jobseeking", "532500", name, value, clause, basis, starts, ends)


def proposed(clause, **changes):
    return propose_value(draft(clause, **changes), "按省厅通知", **EDITOR, backdated_because="通知自11月起执行").pk


def amount(on):
    return resolve("grad-jobseeking", "532503", on).values["amount"].value


def test_a_document_without_a_date_is_in_force_from_its_publication(clause):
    assert clause.document.in_force_from == date(2026, 10, 8)


def test_a_document_needs_a_date_a_clause_and_its_days_in_order():
    for changes, field in (
        ({"published": None}, "dated"),
        ({"clauses": []}, "clauses"),
        ({"in_force_to": "2026-01-01"}, "in_force_to"),
    ):
        with pytest.raises(Invalid) as refused:
            submit(document_draft(**changes), "登记", **EDITOR)
        assert set(refused.value.errors) == {field}


def test_a_proposal_changes_nothing_yet(clause):
    proposed(clause)
    assert amount(ON) == "1000.00"


def test_a_published_value_holds_from_its_day_and_the_old_one_until_the_day_before(clause):
    publish(proposed(clause), **PUBLISHER)
    assert (amount(date(2026, 10, 31)), amount(date(2026, 11, 1))) == ("1000.00", "1200.00")


def test_an_assumed_value_is_confirmed_with_a_document(clause):
    old = PolicyValue.objects.get(name="amount", division_id="532500")
    publish(proposed(clause, starts=old.valid_from, ends=old.valid_to), **PUBLISHER)
    value = resolve("grad-jobseeking", "532503", ON).values["amount"]
    assert (value.value, value.basis, value.document) == ("1200.00", "stated", "云人社发〔2026〕9号")


def test_nobody_publishes_what_they_proposed(clause):
    with pytest.raises(Conflict) as refused:
        publish(proposed(clause), **EDITOR)
    assert refused.value.code == "four_eyes"
    assert amount(ON) == "1000.00"


def test_the_database_knows_four_eyes_as_well(clause):
    proposal = Proposal.objects.get(pk=proposed(clause))
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state="published", decided_by="policy-editor", decided_at=AT)


def test_the_database_refuses_a_decision_without_its_stamps(clause):
    pk = proposed(clause)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=pk).update(state="published")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=pk).update(decided_by="policy-publisher")


def test_the_database_refuses_a_value_without_a_place(clause):
    pk = proposed(clause)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=pk).update(division=None)


def test_a_proposal_is_decided_once(clause):
    pk = proposed(clause)
    reject(pk, "文号有误", **PUBLISHER)
    with pytest.raises(Conflict):
        publish(pk, **PUBLISHER)
    assert amount(ON) == "1000.00"


def test_a_value_that_cannot_be_read_is_not_even_proposed(clause):
    with pytest.raises(Invalid):
        proposed(clause, value="much")
    with pytest.raises(Invalid):
        proposed(clause, name="bonus")
    with pytest.raises(Invalid):
        proposed(clause, starts=date(2027, 1, 1), ends=date(2026, 1, 1))


def test_a_value_that_would_leave_the_old_one_in_two_pieces_is_refused(clause):
    pk = proposed(clause, ends=date(2026, 12, 31))
    with pytest.raises(Conflict):
        publish(pk, **PUBLISHER)
    assert Proposal.objects.get(pk=pk).state == "submitted"


def test_a_value_over_several_older_ones_is_refused(clause):
    publish(proposed(clause), **PUBLISHER)
    with pytest.raises(Conflict):
        publish(proposed(clause, starts=date(2025, 12, 23)), **PUBLISHER)


def test_a_new_version_is_published_by_another(clause):
    content = current_version("grad-jobseeking").content | {"case_number_prefix": "QX"}
    version = publish(propose_version(content, "改字头", **EDITOR).pk, **PUBLISHER)
    assert (version.number, version.published_by) == (2, "policy-publisher")
    assert current_version("grad-jobseeking").definition.case_number_prefix == "QX"


def test_a_version_that_does_not_hang_together_is_not_proposed():
    content = current_version("grad-jobseeking").content | {"case_division": "moon"}
    with pytest.raises(Invalid) as refused:
        propose_version(content, "试", **EDITOR)
    assert "moon" in str(refused.value.errors)


def test_cases_keep_the_version_they_were_filed_under():
    first = current_version("grad-jobseeking")
    content = copy_without_requirement(first.content, "study_mode")
    publish(propose_version(content, "试", **EDITOR).pk, **PUBLISHER)
    facts = {
        "id_number": "532524199901010017",
        "disability_certificate": "53252419990101001743",
        "school_division": "532503",
        "study_mode": "adult",
        "graduation_date": "2027-06-30",
        "seeks_work": True,
        "received_before": False,
    }
    assert assess("grad-jobseeking", "532503", ON, facts).eligible is True
    assert assess("grad-jobseeking", "532503", ON, facts, version=first).eligible is False


def copy_without_requirement(content, code):
    return content | {"requirements": [rule for rule in content["requirements"] if rule["code"] != code]}


def test_every_step_is_on_the_chain(clause):
    publish(proposed(clause), **PUBLISHER)
    reject(proposed(clause, starts=date(2027, 1, 1)), "重复", **PUBLISHER)
    steps = Event.objects.filter(stream="policy").exclude(actor="load_catalogue").order_by("seq")
    assert list(steps.values_list("action", "actor")) == [
        *[("policy.drafted", "policy-editor"), ("policy.submitted", "policy-editor")],
        ("policy.published", "policy-publisher"),
        *[("policy.drafted", "policy-editor"), ("policy.submitted", "policy-editor")],
        ("policy.published", "policy-publisher"),
        *[("policy.drafted", "policy-editor"), ("policy.submitted", "policy-editor")],
        ("policy.rejected", "policy-publisher"),
    ]


def test_a_clause_of_another_place_carries_no_value_here():
    elsewhere = PolicyClause.objects.filter(scheme="grad-jobseeking", document__division="220000").first()
    with pytest.raises(Invalid) as refused:
        proposed(elsewhere)
    assert set(refused.value.errors) == {"clause"}
