"""Making, sealing, checking, discarding and exporting a batch.

Maker ≠ checker; neither they nor who seals took part in one of its cases.
Before each step what rosters name is held.
Locks: dues, or batch → its dues → banks → envelopes → counter → stream head.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import chain
from benefits import budgets
from benefits.models import Due
from papers import numbering
from payouts import banks, files, hands, scope
from payouts.covers import issue_cover
from payouts.holds import matching
from payouts.holds.standing import refuse_held
from payouts.models import Batch, Payout
from payouts.models.batches import SIGNED
from payouts.payable import Sums, payable, sums_of
from payouts.profiles import CONTRACT, profile_of
from people import vault
from people.models import Office, User
from people.refusals import Conflict, Invalid, NotFound, Refused


def make(user: User, office: Office, scheme_code: str, at: datetime, *, seen: Sums | None = None) -> Batch:
    """Put what is payable into a new open batch; `seen` are the sums the maker saw on screen.

    Raises Invalid when nothing is payable, Conflict when the sums are no longer those, or somebody else was first,
    Refused for an official who took part in one of the cases.
    """
    scope.require(user, scope.MAKER, office, at)
    matching.put_due(at, office)
    with transaction.atomic():
        dues = _locked_dues(office, scheme_code, at)
        if seen is not None and sums_of(dues) != seen:
            raise Conflict(
                _("应付款项已有变化，与您看到的合计不一致，没有编制批次。请核对新的合计后再编制。"), code="sums_changed"
            )
        _check_hands_clean(user, [due.application_id for due in dues])
        batch = _new_batch(user, office, scheme_code, sums_of(dues), at)
        Payout.objects.bulk_create(_payouts(batch, dues))
        _record(batch, user, "batch.made", at)
    return batch


def _locked_dues(office: Office, scheme_code: str, at: datetime) -> list[Due]:
    """What is payable, locked, oldest first. Somebody who took, stopped or held some while we waited was first.

    Chosen by day, locked by key as everywhere: two who lock the same dues never wait for each other.
    """
    chosen = set(payable(office, scheme_code, at).values_list("pk", flat=True))
    if not chosen:
        raise Invalid(_("现在没有可以拨付的款项。"), code="nothing_payable")
    _lock(Due.objects.filter(pk__in=chosen))
    dues = [due for due in payable(office, scheme_code, at) if due.pk in chosen]
    if len(dues) != len(chosen):
        raise Conflict(_("其中的款项刚刚被编入了另一个批次、停发或者暂缓。请刷新后核对。"), code="taken")
    return dues


def _lock(dues: QuerySet[Due]) -> None:
    list(dues.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def _new_batch(user: User, office: Office, scheme_code: str, sums: Sums, at: datetime) -> Batch:
    key = vault.new_data_key()
    key.save()
    year = timezone.localdate(at).year
    sequence = numbering.take(f"batch:{office.division_id}:{year}")
    return Batch.objects.create(
        number=f"PC{office.division_id}{year}{sequence:05d}",
        scheme_code=scheme_code,
        office=office,
        data_key=key,
        maker=user,
        made_at=at,
        line_count=sums.lines,
        total=sums.total,
    )


def _payouts(batch: Batch, dues: list[Due]) -> list[Payout]:
    came_back = dict(Payout.objects.filter(due__in=dues, state=Payout.State.RETURNED).values_list("due", "pk"))
    payouts = [
        Payout(due=due, batch=batch, line=line, amount=due.amount, reissues_id=came_back.get(due.pk))
        for line, due in enumerate(dues, start=1)
    ]
    for payout in payouts:
        payout.reserve()
    return payouts


def seal(user: User, number: str, at: datetime, profile: str = CONTRACT) -> Batch:
    """Fix the content: the files are written, hashed and stored encrypted. The same bytes on every download.

    `profile`: the bank profile whose file is written besides CONTRACT's. Raises Invalid for one not in force, and for
    a line that cannot be written; then nothing is sealed.
    """
    _hold_named(user, number, at)
    with _locked(number) as batch:
        scope.require(user, scope.MAKER, batch.office, at)
        if batch.state != Batch.State.OPEN:
            raise Conflict(_("这个批次已经封存或作废。"), code="not_open")
        _refuse_held(batch)
        _check_hands_clean(user, list(batch.payouts.values_list("due__application_id", flat=True)))
        check_whole(batch)
        banks.lock(batch.payouts.filter(due__bank__isnull=False).values_list("due__bank", flat=True))
        files.write(batch, profile_of(profile, timezone.localdate(at)), at)
        batch.seal(at)
        batch.save()
        _move(batch, "put_into_batch")
        hashes = {file.slug: file.sha256 for file in files.stored_files(batch)}
        _record(batch, user, "batch.sealed", at, profile=batch.profile, **hashes)
    return batch


def approve(user: User, number: str, at: datetime) -> Batch:
    """A second person checks and approves; the money is committed in its envelopes and the approval sheet frozen."""
    _hold_named(user, number, at)
    with _locked(number) as batch:
        scope.require(user, scope.CHECKER, batch.office, at)
        if batch.maker_id == user.pk:
            raise Refused(_("制单人不能复核自己编制的批次，须由另一位复核人办理。"), code="maker_is_checker")
        if batch.state != Batch.State.SEALED:
            raise Conflict(_("这个批次现在不能复核：可能还没有封存，或者已被他人复核、作废。"), code="not_sealed")
        _refuse_held(batch)
        _check_hands_clean(user, list(batch.payouts.values_list("due__application_id", flat=True)))
        check_whole(batch)
        files.check(batch)
        batch.approve(user, at)
        batch.cover = issue_cover(batch, at)
        batch.save()
        _reissue(batch)
        budgets.commit(_committed(batch))
        _record(batch, user, "batch.approved", at, cover=batch.cover.number)
    return batch


def discard(user: User, number: str, reason: str, at: datetime) -> Batch:
    """作废: before approval, with a reason; by a maker, or by a checker once it is sealed. The dues become payable."""
    if not reason.strip():
        raise Invalid(errors={"reason": _("请写明作废的原因。")})
    with _locked(number) as batch:
        if not may_discard(user, batch, at):
            raise NotFound()
        if batch.state not in {Batch.State.OPEN, Batch.State.SEALED}:
            raise Conflict(_("这个批次已经复核或作废，不能再作废。"), code="not_discardable")
        batch.discard_reason = vault.encrypt(batch.data_key, reason.strip(), "batch.discard_reason")
        batch.discard(user, at)
        batch.save()
        _move(batch, "release")
        _record(batch, user, "batch.discarded", at)
    return batch


def may_discard(user: User, batch: Batch, at: datetime) -> bool:
    """Whether it is for this user to discard the batch, if it still can be."""
    if scope.may(user, scope.MAKER, batch.office, at):
        return True
    return batch.state != Batch.State.OPEN and scope.may(user, scope.CHECKER, batch.office, at)


def discard_reason(batch: Batch) -> str:
    """Why it was discarded."""
    return vault.decrypt(batch.data_key, batch.discard_reason, "batch.discard_reason") if batch.discard_reason else ""


def export(user: User, number: str, slug: str, at: datetime, *, locked: bool = False) -> tuple[Batch, bytes]:
    """Hand out a stored file of an approved batch; the first time moves batch and payouts on, each time is audited.

    `locked`: the caller puts it behind a password before it leaves, which goes on record.
    """
    with _locked(number) as batch:
        scope.finance_office(user, batch.office_id, at)
        if batch.state not in SIGNED:
            raise Conflict(_("批次复核后才能导出；作废的批次不能导出。"), code="not_approved")
        file = files.file_of(batch, slug)
        content = files.content_of(batch, file)
        if batch.state == Batch.State.APPROVED:
            batch.export(at)
            batch.save()
            _move(batch, "export")
        _record(batch, user, f"batch.exported.{file.kind}", at, sha256=file.sha256, part=file.part, locked=locked)
    return batch, content


def _hold_named(user: User, number: str, at: datetime) -> None:
    """Hold first what rosters name since the batch was made; it stands even where the step is refused."""
    matching.put_due(at, scope.batch_of(user, number, at).office)


def _refuse_held(batch: Batch) -> None:
    """Raise Conflict where a line is held or its phase-out stands still.

    The dues are locked: who would hold one, or suspend the phase-out, now waits, and finds it signed.
    """
    _lock(Due.objects.filter(payouts__batch=batch))
    refuse_held(batch)


def check_whole(batch: Batch) -> None:
    """Σ lines = header, and every line is its due. Raises Conflict."""
    found = batch.payouts.aggregate(lines=Count("pk"), total=Sum("amount"))
    altered = batch.payouts.exclude(amount=F("due__amount")).exists()
    if altered or (found["lines"], found["total"]) != (batch.line_count, batch.total):
        raise Conflict(_("批次明细与合计不一致，已停止办理。请立即联系管理员。"), code="sums_differ")


def _move(batch: Batch, verb: str) -> None:
    moved = batch.payouts.move(verb)
    if moved != batch.line_count:
        raise Conflict(_("批次明细与合计不一致，已停止办理。请立即联系管理员。"), code="lines_differ")


def _reissue(batch: Batch) -> None:
    """What came back counts as paid again from now on. Raises Conflict where the bank meanwhile says it arrived."""
    again = batch.payouts.filter(reissues__isnull=False).count()
    if Payout.objects.filter(reissued_by__batch=batch).move("reissue") != again:
        raise Conflict(_("其中补发的款项已有新的银行结果，不能复核。请作废本批次，重新编制。"), code="not_returned")


def _committed(batch: Batch) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for budget, amount in batch.payouts.values_list("due__budget_id", "amount"):
        sums[budget] += amount
    return sums


def _check_hands_clean(user: User, application_ids: list[int]) -> None:
    if part := hands.part_in(user, application_ids):
        raise Refused(_("%(part)s，不能编制或复核这个批次。") % {"part": part}, code="four_eyes")


@contextmanager
def _locked(number: str) -> Iterator[Batch]:
    with transaction.atomic():
        batches = Batch.objects.select_for_update(of=("self",), no_key=True)
        batch = batches.select_related("office__division", "data_key").filter(number=number).first()
        if batch is None:
            raise NotFound()
        yield batch


def _record(batch: Batch, user: User, action: str, at: datetime, **more: Any) -> None:
    data = {"lines": batch.line_count, "total": str(batch.total), "state": str(batch.state), **more}
    chain.append(batch.stream, action, actor=user.username, at=at, subject=batch.number, data=data)
