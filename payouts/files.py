"""The files of a batch: written once, in one pass, when it is sealed; stored encrypted, the same bytes ever after."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from papers.practice import MARK
from payouts import columns
from payouts.banks import Accounts
from payouts.filing import FOLDER, Filed, Filing, Parts, context_of
from payouts.models import Batch, BatchFile, Payout
from payouts.payees import Paid, paid_by
from payouts.profiles import CONTRACT, Profile, read_profiles
from payouts.writers.delimited import DelimitedWriter
from payouts.writers.pain import PainWriter
from payouts.writers.sheet import SheetWriter
from people import sealed_files, sealed_streams, vault
from people.refusals import Conflict, Invalid, NotFound
from schemes.models import SchemeVersion

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "xml": "application/xml",
}
# CONTRACT's two files, which every batch has.
KINDS = ("xlsx", "csv")
BANK, PAIN = BatchFile.Kind.BANK, BatchFile.Kind.PAIN
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Stored:
    """A file that can be handed out: `slug` in an address, `name` on the receiver's disk; sums in yuan."""

    slug: str
    kind: str
    part: int
    name: str
    stored: str
    sha256: str
    lines: int
    total: Decimal

    @property
    def content_type(self) -> str:
        """What kind of file it is."""
        return TYPES[self.name.rpartition(".")[2]]


def write(batch: Batch, profile: Profile, at: datetime) -> None:
    """Write and store the files; CONTRACT's two are noted in the batch (not yet saved), the others as rows of theirs.

    Raises Invalid naming the line that cannot be written, Conflict when the files do not add up to the batch.
    """
    with Filing(batch.data_key) as filing:
        kinds = _kinds(filing, batch, profile, at)
        for row in rows_of(batch):
            for parts in kinds:
                parts.add(row)
        for parts in kinds:
            parts.close()
        _check_whole(batch, filing.filed)
        batch.profile = profile.code
        for filed in filing.filed:
            if filed.kind in KINDS:
                setattr(batch, filed.kind, filed.stored)
                setattr(batch, f"{filed.kind}_sha256", filed.sha256)
        BatchFile.objects.bulk_create(
            _row_of(batch, filed, profile) for filed in filing.filed if filed.kind not in KINDS
        )


def _kinds(filing: Filing, batch: Batch, profile: Profile, at: datetime) -> list[Parts]:
    sums, on = (batch.line_count, batch.total), timezone.localdate(at)
    found = [
        Parts(filing, "xlsx", lambda out: SheetWriter(out, batch.number, at, batch.line_count)),
        Parts(filing, "csv", partial(DelimitedWriter, profile=read_profiles()[CONTRACT], on=on)),
        Parts(filing, PAIN, lambda out: PainWriter(out, batch.number, batch.office.name, at, *sums)),
    ]
    if profile.code != CONTRACT:
        found.append(Parts(filing, BANK, partial(DelimitedWriter, profile=profile, on=on), profile.rows_per_file))
    return found


def _check_whole(batch: Batch, filed: list[Filed]) -> None:
    """Each kind of file holds every line and the whole sum. Raises Conflict."""
    for kind in {one.kind for one in filed}:
        parts = [one for one in filed if one.kind == kind]
        if (sum(one.lines for one in parts), sum(one.total for one in parts)) != (batch.line_count, batch.total):
            raise Conflict(_("批次明细与合计不一致，已停止办理。请立即联系管理员。"), code="sums_differ")


def _row_of(batch: Batch, filed: Filed, profile: Profile) -> BatchFile:
    extension = "xml" if filed.kind == PAIN else profile.extension
    told = {name: getattr(filed, name) for name in ("kind", "part", "stored", "sha256", "lines", "total")}
    return BatchFile(batch=batch, extension=extension, **told)


def stored_files(batch: Batch) -> list[Stored]:
    """Every file of a sealed batch: CONTRACT's two, then those for the bank in order of their parts."""
    if not batch.xlsx:
        return []
    sums = {"lines": batch.line_count, "total": batch.total}
    found = [
        Stored(kind, kind, 1, f"{batch.number}.{kind}", getattr(batch, kind), getattr(batch, f"{kind}_sha256"), **sums)
        for kind in KINDS
    ]
    return found + [_stored(batch, file) for file in batch.files.all()]


def _stored(batch: Batch, file: BatchFile) -> Stored:
    bank = file.kind == BANK
    slug = f"bank-{file.part}" if bank else file.kind
    name = f"{batch.number}-{file.part:03d}.{file.extension}" if bank else f"{batch.number}-pain001.{file.extension}"
    return Stored(slug, file.kind, file.part, name, file.stored, file.sha256, file.lines, file.total)


def file_of(batch: Batch, slug: str) -> Stored:
    """One of them. Raises NotFound."""
    for file in stored_files(batch):
        if file.slug == slug:
            return file
    raise NotFound()


def read(batch: Batch, slug: str) -> bytes:
    """A stored file. Raises NotFound for another, Conflict when it is not what was sealed."""
    return content_of(batch, file_of(batch, slug))


def check(batch: Batch) -> None:
    """Every file is there and as it was sealed. Raises Conflict."""
    stored = stored_files(batch)
    if not stored:
        raise _changed()
    for file in stored:
        content_of(batch, file)


def content_of(batch: Batch, file: Stored) -> bytes:
    """The bytes that were sealed. Raises Conflict when they are not those any more."""
    try:
        content = _opened(batch, file)
    except (FileNotFoundError, vault.VaultError) as error:
        raise _changed() from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise _changed()
    return content


def _opened(batch: Batch, file: Stored) -> bytes:
    context = context_of(file.kind, file.part)
    if file.stored.startswith(f"{FOLDER}/"):
        return b"".join(sealed_streams.reading(file.stored, batch.data_key, context))
    return sealed_files.get(file.stored, batch.data_key, context)


def rows_of(batch: Batch) -> Iterator[columns.Row]:
    """The lines of the file, from the cases' own answers, one decrypted at a time.

    Raises Invalid naming the first that lacks something.
    """
    related = ("due__payee__data_key", "due__payee_organisation", "due__application__data_key")
    banks = "due__bank__organisation__data_key"
    titles, accounts = _public_titles(batch), Accounts()
    payouts = batch.payouts.select_related(*related, banks).order_by("line")
    for payout in payouts.iterator(chunk_size=ROWS_AT_ONCE):
        yield _row(batch, payout, titles, accounts)


def _public_titles(batch: Batch) -> dict[int, str]:
    """The public title of each version of a scheme in the batch: read once, not once a line."""
    used = batch.payouts.values("due__application__scheme_version")
    versions = SchemeVersion.objects.filter(pk__in=used)
    return {version.pk: version.definition.public_title.zh for version in versions}


def _row(batch: Batch, payout: Payout, titles: dict[int, str], accounts: Accounts) -> columns.Row:
    due, application = payout.due, payout.due.application
    paid = _secrets(payout, accounts)
    return columns.Row(
        line=payout.line,
        batch=batch.number,
        scheme=titles[application.scheme_version_id],
        application=application.number,
        name=paid.name,
        id_number=paid.number,
        account=paid.account,
        bank=paid.bank,
        amount=payout.amount,
        period=due.period,
        division=application.division_id,
        note=" ".join(filter(None, (MARK if settings.PRACTICE else "", paid.note))),
    )


def _secrets(payout: Payout, accounts: Accounts) -> Paid:
    """Name, account, bank and number in clear; name and account as the case itself gives them: they go together."""
    try:
        paid = paid_by(payout.due, accounts)
    except vault.VaultError as error:
        raise _unwritable(payout) from error
    if not (paid.account and paid.bank and paid.number):
        raise _unwritable(payout)
    return paid


def _unwritable(payout: Payout) -> Invalid:
    text = _("第%(line)s行（申请编号 %(number)s）没有可用的收款账号，不能封存。请作废本批次，更正账号后重新编制。")
    return Invalid(text % {"line": payout.line, "number": payout.due.application.number}, code="no_account")


def _changed() -> Conflict:
    return Conflict(_("批次文件与封存时不一致，已停止办理。请不要付款，立即联系管理员。"), code="file_changed")
