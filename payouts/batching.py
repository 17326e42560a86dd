"""Making, sealing, checking and exporting a batch. Maker ≠ checker; neither took part in one of its cases."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.door import identity_of
from applications.models import CaseActor
from audit import chain
from benefits import budgets
from benefits.models import Due
from papers import numbering
from payouts import columns
from payouts.models import Batch, Payout
from people import grants, sealed_files, vault
from people.models import Office, User
from people.refusals import Conflict, Invalid, NotFound, Refused

LINES_A_BATCH = 5000


def payable(office: Office, scheme_code: str, at: datetime) -> QuerySet[Due]:
    """Dues in the office's division that may be paid by now and are in no live batch, oldest first.

    `scheme_code` "" means every scheme: the file names the scheme on each line.
    """
    code = office.division_id
    inside = Q(application__division_id=code) | Q(application__division__prefecture_id=code)
    inside |= Q(application__division__county_id=code) | Q(application__division__province_id=code)
    live = Payout.objects.exclude(state__in=[Payout.State.RETURNED, Payout.State.REISSUED])
    dues = Due.objects.filter(inside, payable_from__lte=timezone.localdate(at))
    return (
        (dues.filter(scheme_code=scheme_code) if scheme_code else dues)
        .exclude(pk__in=live.values("due_id"))
        .select_related("application__scheme_version", "application__data_key", "payee__data_key")
        .order_by("payable_from", "id")
    )


def make(user: User, office: Office, scheme_code: str, at: datetime) -> Batch:
    """Put what is payable into a new open batch. Raises Invalid when nothing is payable."""
    _require(user, "make_batches", office)
    with transaction.atomic():
        dues = list(payable(office, scheme_code, at).select_for_update(of=("self",), no_key=True)[:LINES_A_BATCH])
        if not dues:
            raise Invalid(_("现在没有可以拨付的款项。"), code="nothing_payable")
        _check_hands_clean(user, [due.application_id for due in dues])
        key = vault.new_data_key()
        key.save()
        year = timezone.localdate(at).year
        sequence = numbering.take(f"batch:{office.pk}:{year}")
        batch = Batch.objects.create(
            number=f"PC{office.division_id}{year}{office.pk:03d}{sequence:04d}",
            scheme_code=scheme_code,
            office=office,
            data_key=key,
            maker=user,
            made_at=at,
            line_count=len(dues),
            total=sum((due.amount for due in dues), Decimal("0.00")),
        )
        Payout.objects.bulk_create(_payouts(batch, dues))
        _record(batch, user, "batch.made", at)
    return batch


def _payouts(batch: Batch, dues: list[Due]) -> list[Payout]:
    payouts = [Payout(due=due, batch=batch, line=line, amount=due.amount) for line, due in enumerate(dues, start=1)]
    for payout in payouts:
        payout.reserve()
    return payouts


def seal(user: User, number: str, at: datetime) -> Batch:
    """Fix the content: both files are written, hashed and stored encrypted. The same bytes on every download."""
    with _locked(number) as batch:
        _require(user, "make_batches", batch.office)
        if batch.state != Batch.State.OPEN:
            raise Conflict(_("这个批次已经封存。"), code="already_sealed")
        rows = rows_of(batch)
        files = {"csv": columns.as_csv(rows), "xlsx": columns.as_xlsx(rows, batch.number)}
        for kind, content in files.items():
            setattr(batch, kind, sealed_files.put("batches", batch.data_key, content, f"batch.{kind}"))
            setattr(batch, f"{kind}_sha256", hashlib.sha256(content).hexdigest())
        batch.seal(at)
        batch.save()
        _move_payouts(batch, "put_into_batch")
        _record(batch, user, "batch.sealed", at)
    return batch


def approve(user: User, number: str, at: datetime) -> Batch:
    """A second person checks and approves; the money is committed in its envelopes."""
    with _locked(number) as batch:
        _require(user, "check_batches", batch.office)
        if batch.state != Batch.State.SEALED:
            raise Conflict(_("这个批次现在不能复核，可能已被他人复核。"), code="not_sealed")
        if batch.maker_id == user.pk:
            raise Refused(_("制单人不能复核自己编制的批次。"), code="maker_is_checker")
        _check_hands_clean(user, list(batch.payouts.values_list("due__application_id", flat=True)))
        batch.approve(user, at)
        batch.save()
        budgets.commit(_committed(batch))
        _record(batch, user, "batch.approved", at)
    return batch


def export(user: User, number: str, kind: str, at: datetime) -> tuple[Batch, bytes]:
    """Hand out a stored file of an approved batch; the first export moves batch and payouts on. Every one is audited."""
    with _locked(number) as batch:
        _require(user, "view_money", batch.office)
        if batch.state in {Batch.State.OPEN, Batch.State.SEALED}:
            raise Conflict(_("批次复核后才能导出。"), code="not_approved")
        if batch.state == Batch.State.APPROVED:
            batch.export(at)
            batch.save()
            _move_payouts(batch, "export")
        content = sealed_files.get(getattr(batch, kind), batch.data_key, f"batch.{kind}")
        if hashlib.sha256(content).hexdigest() != getattr(batch, f"{kind}_sha256"):
            raise Conflict(_("批次文件与封存时不一致，已停止导出。请联系管理员。"), code="file_changed")
        _record(batch, user, f"batch.exported.{kind}", at)
    return batch, content


def rows_of(batch: Batch) -> list[columns.Row]:
    """The lines of the file, from the cases' own answers."""
    payouts = batch.payouts.select_related(
        "due__payee__data_key", "due__application__scheme_version", "due__application__data_key"
    )
    return [_row(batch, payout) for payout in payouts]


def _row(batch: Batch, payout: Payout) -> columns.Row:
    due, application = payout.due, payout.due.application
    answers, payee = answers_of.read(application), payout.due.payee
    return columns.Row(
        line=payout.line,
        batch=batch.number,
        scheme=application.definition.public_title.zh,
        application=application.number,
        name=payee.name,
        id_number=vault.decrypt(payee.data_key, payee.id_number, "id_number"),
        account=answers["account"],
        bank=answers["bank"],
        amount=payout.amount,
        period=due.period,
        division=application.division_id,
    )


def _move_payouts(batch: Batch, verb: str) -> None:
    for payout in batch.payouts.select_for_update(of=("self",), no_key=True):
        getattr(payout, verb)()
        payout.save()


def _committed(batch: Batch) -> dict[tuple[str, str, int], Decimal]:
    sums: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    lines = batch.payouts.values_list(
        "due__scheme_code", "due__application__division_id", "due__payable_from", "amount"
    )
    for scheme, division, payable_from, amount in lines:
        sums[scheme, division, payable_from.year] += amount
    return sums


def _check_hands_clean(user: User, application_ids: list[int]) -> None:
    if CaseActor.objects.filter(who=identity_of(user), application_id__in=application_ids).exists():
        raise Refused(_("您参与办理过其中的申请，不能编制或复核这个批次。"), code="four_eyes")


def _require(user: User, permission: str, office: Office) -> None:
    if not grants.may(user, permission, office):
        raise NotFound()


@contextmanager
def _locked(number: str) -> Iterator[Batch]:
    with transaction.atomic():
        batches = Batch.objects.select_for_update(of=("self",), no_key=True)
        batch = batches.select_related("office__division", "data_key").filter(number=number).first()
        if batch is None:
            raise NotFound()
        yield batch


def _record(batch: Batch, user: User, action: str, at: datetime) -> None:
    data = {"lines": batch.line_count, "total": str(batch.total), "state": str(batch.state)}
    chain.append(batch.stream, action, actor=user.username, at=at, subject=batch.number, data=data)
