"""A batch from payable dues to the bank's file, through the services."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from applications.models import CaseActor
from audit.models import Event
from benefits.models import Budget, Due, Grant
from payouts import batching, files, payable
from payouts.holds import acts
from payouts.models import Batch, Payout
from people import vault
from people.models import Kinship, Office
from people.posts import appoint, dismiss
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.payouts.bank import as_csv

pytestmark = pytest.mark.django_db
GRANT = "grad-jobseeking"


@pytest.fixture
def maker():
    return world.user("finance-maker")


@pytest.fixture
def checker():
    return world.user("finance-checker")


@pytest.fixture
def granted():
    return world.granted()


@pytest.fixture
def open_batch(granted, maker):
    return batching.make(maker, world.finance(), GRANT, granted.later())


@pytest.fixture
def sealed(open_batch, granted, maker):
    return batching.seal(maker, open_batch.number, granted.later())


@pytest.fixture
def approved(sealed, granted, checker):
    return batching.approve(checker, sealed.number, granted.later())


def test_a_batch_holds_every_payable_due_and_their_sum(granted, maker):
    world.granted(5)
    batch = batching.make(maker, world.finance(), GRANT, granted.later())
    assert batch.line_count == Due.objects.count() == 2
    assert batch.total == Due.objects.aggregate(total=Sum("amount"))["total"]
    assert list(batch.payouts.values_list("line", "state")) == [(1, "reserved"), (2, "reserved")]


def test_a_due_is_payable_from_its_day_on(maker):
    case = world.phase_out_granted()
    first = case.application.dues.earliest("payable_from").payable_from
    office = world.finance()
    before = world.START.replace(year=first.year, month=first.month, day=1) - timedelta(days=1)
    assert payable.payable_sums(office, before) == {}
    assert payable.payable_sums(office, before + timedelta(days=1))["dibao-phase-out"].lines == 1
    assert payable.payable_sums(office, before + timedelta(days=40))["dibao-phase-out"].lines == 2


def test_nothing_payable_makes_no_batch(maker):
    with pytest.raises(Invalid) as refusal:
        batching.make(maker, world.finance(), GRANT, world.START)
    assert refusal.value.code == "nothing_payable"
    assert not Batch.objects.exists()


def test_a_batch_of_every_scheme_takes_all_that_is_payable(granted, maker):
    world.phase_out_granted()
    batch = batching.make(maker, world.finance(), "", world.year_later(granted.at))
    assert set(batch.payouts.values_list("due__scheme_code", flat=True)) == {GRANT, "dibao-phase-out"}
    assert batch.total == Due.objects.aggregate(total=Sum("amount"))["total"]


def test_sums_that_changed_since_they_were_seen_make_no_batch(granted, maker):
    seen = payable.Sums(1, Decimal("999.99"))
    with pytest.raises(Conflict) as refusal:
        batching.make(maker, world.finance(), GRANT, granted.later(), seen=seen)
    assert refusal.value.code == "sums_changed"
    assert not Batch.objects.exists()


def test_a_waiver_is_never_payable(maker):
    case = world.waiver().submit().say("accept").say("agree").say("agree").say("grant").say("confirm")
    assert case.application.waiver.state == "in_force"
    assert not Due.objects.exists()
    with pytest.raises(Invalid):
        batching.make(maker, world.finance(), "", world.year_later(case.at))


def test_a_due_stands_in_one_live_batch_only(open_batch, granted, maker):
    with pytest.raises(Invalid):
        batching.make(maker, world.finance(), GRANT, granted.later())
    due = Due.objects.get()
    other = Batch.objects.create(
        number="PC-other", office=open_batch.office, data_key=_key(), maker=maker, made_at=granted.at
    )
    with pytest.raises(IntegrityError, match="due_in_one_live_batch"), transaction.atomic():
        Payout.objects.create(due=due, batch=other, line=1, amount=due.amount, state="reserved")


def _key():
    key = vault.new_data_key()
    key.save()
    return key


def test_numbers_of_batches_follow_without_a_gap(granted, maker):
    numbers = []
    for n in (5, 8):
        numbers.append(batching.make(maker, world.finance(), GRANT, granted.later()).number)
        world.granted(n)
    numbers.append(batching.make(maker, world.finance(), GRANT, granted.later()).number)
    assert [int(number[-5:]) for number in numbers] == [1, 2, 3]
    assert all(number.startswith("PC532500") for number in numbers)


def test_sealing_fixes_both_files_and_their_hashes(sealed):
    assert sealed.state == "sealed"
    assert {len(sealed.xlsx_sha256), len(sealed.csv_sha256)} == {64}
    assert list(sealed.payouts.values_list("state", flat=True)) == ["batched"]


def test_the_hashes_of_the_files_stand_in_the_audit_trail(sealed):
    event = Event.objects.get(stream=sealed.stream, action="batch.sealed")
    assert (event.data["xlsx"], event.data["csv"]) == (sealed.xlsx_sha256, sealed.csv_sha256)


def test_a_sealed_file_is_worth_what_was_granted(sealed):
    rows = files.rows_of(sealed)
    assert sum(row.amount for row in rows) == sealed.total == Grant.objects.aggregate(total=Sum("amount"))["total"]


def test_a_line_shows_the_public_title_and_the_payee_s_own_account(sealed, granted):
    (row,) = files.rows_of(sealed)
    application = granted.application
    assert row.scheme == application.definition.public_title.zh
    assert "残" not in row.scheme
    assert row.application == application.number
    assert row.id_number == vault.decrypt(application.payee.data_key, application.payee.id_number, "id_number")


def test_stored_files_hold_no_number_in_clear(sealed):
    (row,) = files.rows_of(sealed)
    for name in (sealed.xlsx, sealed.csv):
        with default_storage.open(name, "rb") as stored:
            blob = stored.read()
        for secret in (row.id_number, row.account, row.name):
            assert secret.encode() not in blob
        assert not blob.startswith((b"PK", b"\xef\xbb\xbf"))


def test_audit_events_of_a_batch_hold_no_number_in_clear(approved, granted, checker):
    batching.export(checker, approved.number, "csv", granted.later())
    (row,) = files.rows_of(approved)
    told = " ".join(str(event.data) for event in Event.objects.filter(stream=approved.stream))
    assert not any(secret in told for secret in (row.id_number, row.account, row.name))


def test_every_download_gives_the_same_bytes(approved, granted, maker, checker):
    first = batching.export(checker, approved.number, "xlsx", granted.later())[1]
    again = batching.export(maker, approved.number, "xlsx", granted.later(1000))[1]
    assert first == again


def test_the_first_download_moves_the_batch_on_and_every_download_is_on_record(approved, granted, checker):
    for kind in ("csv", "xlsx", "csv"):
        batch, _content = batching.export(checker, approved.number, kind, granted.later())
    assert batch.state == "exported"
    assert batch.exported_at < granted.at
    assert list(batch.payouts.values_list("state", flat=True)) == ["exported"]
    actions = Event.objects.filter(stream=batch.stream, action__startswith="batch.exported").order_by("seq")
    assert [event.action for event in actions] == ["batch.exported.csv", "batch.exported.xlsx", "batch.exported.csv"]


def test_a_file_that_is_not_what_was_sealed_is_not_handed_out(approved, granted, checker):
    Batch.objects.filter(pk=approved.pk).update(csv=approved.xlsx)
    with pytest.raises(Conflict) as refusal:
        batching.export(checker, approved.number, "csv", granted.later())
    assert refusal.value.code == "file_changed"
    approved.refresh_from_db()
    assert approved.state == "approved"


def test_there_is_no_third_kind_of_file(approved, granted, checker):
    with pytest.raises(NotFound):
        batching.export(checker, approved.number, "data_key", granted.later())


def test_nothing_is_handed_out_before_approval(sealed, granted, checker):
    with pytest.raises(Conflict) as refusal:
        batching.export(checker, sealed.number, "csv", granted.later())
    assert refusal.value.code == "not_approved"


def test_approval_commits_the_money_in_its_envelope(sealed, granted, checker):
    envelope = Due.objects.get().budget
    assert (envelope.reserved, envelope.committed) == (sealed.total, Decimal("0.00"))
    batching.approve(checker, sealed.number, granted.later())
    envelope.refresh_from_db()
    assert (envelope.reserved, envelope.committed) == (sealed.total, sealed.total)


def test_money_is_committed_where_it_was_reserved_even_if_a_nearer_envelope_came_later(sealed, granted, checker):
    Budget.objects.create(scheme_code=GRANT, division_id="532503", year=granted.at.year, document="x", amount=9)
    batching.approve(checker, sealed.number, granted.later())
    assert Budget.objects.get(division_id="532503").committed == 0


def test_the_finance_office_of_the_envelope_pays_and_no_other(granted):
    county = Office.objects.get(division_id="532503", function="finance")
    clerk = world.user("applicant2")
    appoint(clerk, county, "finance_maker", date(2026, 1, 1))
    with pytest.raises(Invalid):
        batching.make(clerk, county, GRANT, granted.later())


def test_the_maker_cannot_approve(sealed, granted, maker):
    appoint(maker, world.finance(), "finance_checker", date(2026, 1, 1))
    with pytest.raises(Refused) as refusal:
        batching.approve(maker, sealed.number, granted.later())
    assert (refusal.value.status, refusal.value.code) == (403, "maker_is_checker")


def test_the_database_itself_refuses_a_checker_who_is_the_maker(sealed, maker):
    with pytest.raises(IntegrityError, match="checker_is_not_maker"), transaction.atomic():
        Batch.objects.filter(pk=sealed.pk).update(checker=maker)


def test_a_colleague_with_the_other_role_is_refused(granted, sealed, maker, checker):
    world.granted(5)
    for act in (
        lambda: batching.make(checker, world.finance(), GRANT, granted.later()),
        lambda: batching.approve(maker, sealed.number, granted.later()),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert (refusal.value.status, refusal.value.code) == (403, "other_role")


def test_hands_that_took_part_in_a_case_make_no_batch_of_it(granted):
    approver = world.user("prefecture-approver")
    appoint(approver, world.finance(), "finance_maker", date(2026, 1, 1))
    with pytest.raises(Refused) as refusal:
        batching.make(approver, world.finance(), GRANT, granted.later())
    assert refusal.value.code == "four_eyes"


def test_hands_that_took_part_in_a_case_check_no_batch_of_it(sealed, granted):
    approver = world.user("prefecture-approver")
    appoint(approver, world.finance(), "finance_checker", date(2026, 1, 1))
    with pytest.raises(Refused) as refusal:
        batching.approve(approver, sealed.number, granted.later())
    assert refusal.value.code == "four_eyes"


def test_a_registered_relative_checks_no_batch(sealed, granted, checker):
    CaseActor.objects.create(application=granted.application, who=f"user:{checker.pk}", capacity="relative")
    with pytest.raises(Refused):
        batching.approve(checker, sealed.number, granted.later())


def test_a_relative_registered_since_checks_no_batch(sealed, granted, checker):
    Kinship.objects.create(user=checker, relative=granted.application.subject, relation="brother")
    with pytest.raises(Refused) as refusal:
        batching.approve(checker, sealed.number, granted.later())
    assert refusal.value.code == "four_eyes"


def test_hands_that_took_part_in_a_case_seal_no_batch_of_it(open_batch, granted):
    approver = world.user("prefecture-approver")
    appoint(approver, world.finance(), "finance_maker", date(2026, 1, 1))
    with pytest.raises(Refused) as refusal:
        batching.seal(approver, open_batch.number, granted.later())
    assert refusal.value.code == "four_eyes"


def test_the_bank_is_told_the_name_that_goes_with_the_account(open_batch, granted):
    """What another case has made of the person's name since does not reach the file."""
    subject = granted.application.subject
    name, subject.name = subject.name, "另一个名字"
    subject.save()
    assert [row.name for row in files.rows_of(open_batch)] == [name]


def test_a_stranger_finds_no_batch(sealed, granted):
    county = Office.objects.get(division_id="532502", function="finance")
    stranger = world.user("applicant2")
    appoint(stranger, county, "finance_maker", date(2026, 1, 1))
    appoint(stranger, county, "finance_checker", date(2026, 1, 1))
    at = granted.later()
    for act in (
        lambda: batching.make(stranger, world.finance(), GRANT, at),
        lambda: batching.seal(stranger, sealed.number, at),
        lambda: batching.approve(stranger, sealed.number, at),
        lambda: batching.discard(stranger, sealed.number, "x", at),
        lambda: batching.export(stranger, sealed.number, "csv", at),
        lambda: batching.seal(stranger, "no-such-number", at),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_post_that_ended_opens_nothing_even_before_its_permissions_are_withdrawn(sealed, granted, checker):
    at = granted.later()
    checker.posts.update(ends=(at - timedelta(days=1)).date())
    with pytest.raises(NotFound):
        batching.approve(checker, sealed.number, at)


def test_a_dismissed_maker_makes_no_batch(granted, maker):
    dismiss(maker.posts.get(), granted.at.date())
    with pytest.raises(NotFound):
        batching.make(maker, world.finance(), GRANT, granted.later(48))


def test_a_finance_post_at_another_kind_of_office_moves_no_money(granted):
    bureau = Office.objects.get(division_id="532500", function="hrss")
    someone = world.user("applicant2")
    appoint(someone, bureau, "finance_maker", date(2026, 1, 1))
    with pytest.raises(NotFound):
        batching.make(someone, bureau, GRANT, granted.later())


@pytest.mark.parametrize("step", ["seal", "approve"])
def test_a_step_done_twice_is_a_conflict(step, sealed, granted, maker, checker):
    acts = {"seal": (batching.seal, maker), "approve": (batching.approve, checker)}
    act, who = acts[step]
    if step == "approve":
        act(who, sealed.number, granted.later())
    with pytest.raises(Conflict):
        act(who, sealed.number, granted.later())


def test_lines_that_do_not_add_up_stop_the_batch(open_batch, granted, maker):
    Batch.objects.filter(pk=open_batch.pk).update(total=Decimal("1.00"))
    with pytest.raises(Conflict) as refusal:
        batching.seal(maker, open_batch.number, granted.later())
    assert refusal.value.code == "sums_differ"


def test_a_line_that_differs_from_its_due_stops_approval(sealed, granted, checker):
    Payout.objects.update(amount=Decimal("5.00"))
    Batch.objects.filter(pk=sealed.pk).update(total=Decimal("5.00"))
    with pytest.raises(Conflict):
        batching.approve(checker, sealed.number, granted.later())


def test_an_erased_account_stops_sealing_and_names_the_case(open_batch, granted, maker):
    vault.destroy(granted.application.data_key, granted.at)
    with pytest.raises(Invalid) as refusal:
        batching.seal(maker, open_batch.number, granted.later())
    assert granted.application.number in str(refusal.value.message)
    open_batch.refresh_from_db()
    assert open_batch.state == "open"


@pytest.mark.parametrize("state", ["open", "sealed"])
def test_a_discarded_batch_frees_its_dues_for_a_new_one(state, open_batch, granted, maker):
    if state == "sealed":
        batching.seal(maker, open_batch.number, granted.later())
    batch = batching.discard(maker, open_batch.number, "收款账号有误", granted.later())
    assert (batch.state, batching.discard_reason(batch)) == ("discarded", "收款账号有误")
    assert list(batch.payouts.values_list("state", flat=True)) == ["released"]
    again = batching.make(maker, world.finance(), GRANT, granted.later())
    assert (again.total, again.line_count) == (batch.total, batch.line_count)
    assert again.number != batch.number


def test_a_checker_may_discard_what_is_sealed_but_not_what_is_open(open_batch, granted, maker, checker):
    with pytest.raises(NotFound):
        batching.discard(checker, open_batch.number, "x", granted.later())
    batching.seal(maker, open_batch.number, granted.later())
    assert batching.discard(checker, open_batch.number, "x", granted.later()).state == "discarded"


def test_a_batch_is_discarded_with_a_reason_only(open_batch, granted, maker):
    with pytest.raises(Invalid) as refusal:
        batching.discard(maker, open_batch.number, "  ", granted.later())
    assert "reason" in refusal.value.errors


def test_what_was_approved_is_not_discarded(approved, granted, maker):
    with pytest.raises(Conflict):
        batching.discard(maker, approved.number, "x", granted.later())


def test_a_discarded_batch_is_not_handed_out(sealed, granted, maker):
    batching.discard(maker, sealed.number, "x", granted.later())
    with pytest.raises(Conflict):
        batching.export(maker, sealed.number, "csv", granted.later())


def test_the_reason_for_discarding_is_not_kept_in_clear(open_batch, granted, maker):
    batching.discard(maker, open_batch.number, "李晓梅的账号有误", granted.later())
    open_batch.refresh_from_db()
    assert "李晓梅".encode() not in bytes(open_batch.discard_reason)
    assert not any("李晓梅" in str(event.data) for event in Event.objects.filter(stream=open_batch.stream))


def test_the_file_is_the_one_the_columns_make(approved, granted, checker):
    content = batching.export(checker, approved.number, "csv", granted.later())[1]
    assert content == as_csv(files.rows_of(approved))


def test_dues_are_locked_by_key_at_every_step_so_that_no_two_wait_for_each_other(granted, maker):
    at = granted.later()
    with CaptureQueriesContext(connection) as seen:
        batching.seal(maker, batching.make(maker, world.finance(), "", at).number, at)
        acts.put(maker, granted.application.number, "电话核实中。", at)
    locks = [query["sql"] for query in seen if 'FROM "benefits_due"' in query["sql"] and "UPDATE OF" in query["sql"]]
    assert len(locks) == 3
    # The key is all that is read: it is the first column.
    assert all(re.search(r'ORDER BY (1|"benefits_due"\."id") ASC\s+FOR ', sql) for sql in locks)
