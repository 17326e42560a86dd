"""What is lawful for a batch and for a payout, with everything refused written out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from payouts.models import Batch, Payout
from people import vault
from tests import world

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
BATCH_STATES = ["open", "sealed", "approved", "exported", "reconciled", "discarded"]
BATCH_LAWFUL = {
    ("open", "seal"): "sealed",
    ("sealed", "approve"): "approved",
    ("approved", "export"): "exported",
    ("exported", "reconcile"): "reconciled",
    ("open", "discard"): "discarded",
    ("sealed", "discard"): "discarded",
}
BATCH_VERBS = {"seal": (AT,), "approve": (None, AT), "export": (AT,), "reconcile": (), "discard": (None, AT)}
BATCH_REFUSED = [
    ("open", "approve"),
    ("open", "export"),
    ("open", "reconcile"),
    ("sealed", "seal"),
    ("sealed", "export"),
    ("sealed", "reconcile"),
    ("approved", "seal"),
    ("approved", "approve"),
    ("approved", "reconcile"),
    ("approved", "discard"),
    ("exported", "seal"),
    ("exported", "approve"),
    ("exported", "export"),
    ("exported", "discard"),
    ("reconciled", "seal"),
    ("reconciled", "approve"),
    ("reconciled", "export"),
    ("reconciled", "reconcile"),
    ("reconciled", "discard"),
    ("discarded", "seal"),
    ("discarded", "approve"),
    ("discarded", "export"),
    ("discarded", "reconcile"),
    ("discarded", "discard"),
]
PAYOUT_STATES = ["planned", "reserved", "batched", "exported", "paid", "returned", "reissued", "released"]
PAYOUT_LAWFUL = {
    ("planned", "reserve"): "reserved",
    ("reserved", "put_into_batch"): "batched",
    ("batched", "export"): "exported",
    ("reserved", "release"): "released",
    ("batched", "release"): "released",
    ("exported", "pay"): "paid",
    ("returned", "pay"): "paid",
    ("exported", "give_back"): "returned",
    ("paid", "give_back"): "returned",
    ("returned", "reissue"): "reissued",
}
PAYOUT_VERBS = {
    "reserve": (), "put_into_batch": (), "export": (), "release": (),
    "pay": (AT.date(), AT), "give_back": (AT,), "reissue": (),
}  # fmt: skip
PAYOUT_REFUSED = [
    ("planned", "put_into_batch"),
    ("planned", "export"),
    ("planned", "release"),
    ("planned", "pay"),
    ("planned", "give_back"),
    ("planned", "reissue"),
    ("reserved", "reserve"),
    ("reserved", "export"),
    ("reserved", "pay"),
    ("reserved", "give_back"),
    ("reserved", "reissue"),
    ("batched", "reserve"),
    ("batched", "put_into_batch"),
    ("batched", "pay"),
    ("batched", "give_back"),
    ("batched", "reissue"),
    ("exported", "reserve"),
    ("exported", "put_into_batch"),
    ("exported", "export"),
    ("exported", "release"),
    ("exported", "reissue"),
    ("paid", "reserve"),
    ("paid", "put_into_batch"),
    ("paid", "export"),
    ("paid", "release"),
    ("paid", "pay"),
    ("paid", "reissue"),
    ("returned", "reserve"),
    ("returned", "put_into_batch"),
    ("returned", "export"),
    ("returned", "release"),
    ("returned", "give_back"),
    ("reissued", "reserve"),
    ("reissued", "put_into_batch"),
    ("reissued", "export"),
    ("reissued", "release"),
    ("reissued", "pay"),
    ("reissued", "give_back"),
    ("reissued", "reissue"),
    ("released", "reserve"),
    ("released", "put_into_batch"),
    ("released", "export"),
    ("released", "release"),
    ("released", "pay"),
    ("released", "give_back"),
    ("released", "reissue"),
]


@pytest.mark.parametrize("state,verb", BATCH_LAWFUL)
def test_a_batch_passes(state, verb):
    batch = Batch(state=state)
    getattr(batch, verb)(*BATCH_VERBS[verb])
    assert batch.state == BATCH_LAWFUL[state, verb]


@pytest.mark.parametrize("state,verb", BATCH_REFUSED)
def test_a_batch_does_not_pass(state, verb):
    with pytest.raises(TransitionNotAllowed):
        getattr(Batch(state=state), verb)(*BATCH_VERBS[verb])


def test_the_matrix_of_batches_is_whole():
    assert {*BATCH_LAWFUL, *BATCH_REFUSED} == {(state, verb) for state in BATCH_STATES for verb in BATCH_VERBS}
    assert Batch.State.values == BATCH_STATES


@pytest.mark.parametrize("state,verb", PAYOUT_LAWFUL)
def test_a_payout_passes(state, verb):
    payout = Payout(state=state)
    getattr(payout, verb)(*PAYOUT_VERBS[verb])
    assert payout.state == PAYOUT_LAWFUL[state, verb]


@pytest.mark.parametrize("state,verb", PAYOUT_REFUSED)
def test_a_payout_does_not_pass(state, verb):
    with pytest.raises(TransitionNotAllowed):
        getattr(Payout(state=state), verb)(*PAYOUT_VERBS[verb])


def test_the_matrix_of_payouts_is_whole():
    assert {*PAYOUT_LAWFUL, *PAYOUT_REFUSED} == {(state, verb) for state in PAYOUT_STATES for verb in PAYOUT_VERBS}
    assert Payout.State.values == PAYOUT_STATES


@pytest.fixture
def batch(db):
    key = vault.new_data_key()
    key.save()
    return Batch.objects.create(
        number="PC1", office=world.finance(), data_key=key, maker=world.user("finance-maker"), made_at=AT
    )


@pytest.mark.parametrize("model", [Batch, Payout])
def test_a_state_is_not_written_in_bulk(model, db):
    with pytest.raises(ValidationError):
        model.objects.update(state="exported")


def _force(batch, **values):
    """Write past the machine, as a hand in the database would."""
    with transaction.atomic():
        Batch._base_manager.filter(pk=batch.pk).update(**values)


FILES = {"xlsx_sha256": "a", "csv_sha256": "b", "sealed_at": AT, "line_count": 1}


@pytest.mark.parametrize(
    "constraint,values",
    [
        ("sealed_batch_has_files", {"state": "sealed"}),
        ("sealed_batch_has_files", {"state": "sealed", **FILES, "csv_sha256": ""}),
        ("sealed_batch_has_files", {"state": "sealed", **FILES, "line_count": 0}),
        ("approved_batch_has_checker", {"state": "approved", **FILES}),
        ("discarded_batch_is_stamped", {"state": "discarded"}),
        ("discarded_batch_is_stamped", {"discarded_at": AT}),
    ],
)
def test_the_database_refuses_a_half_state(batch, constraint, values):
    with pytest.raises(IntegrityError, match=constraint):
        _force(batch, **values)


def test_the_database_knows_every_state_there_is(batch):
    checker = world.user("finance-checker")
    with pytest.raises(IntegrityError, match="batch_state_known"):
        _force(batch, state="somewhere", **FILES, checker=checker, approved_at=AT)


def test_the_database_refuses_an_exported_batch_without_its_stamp(batch):
    checker = world.user("finance-checker")
    with pytest.raises(IntegrityError, match="exported_batch_is_stamped"):
        _force(batch, state="exported", **FILES, checker=checker, approved_at=AT)
