"""The two files of a batch: written once when it is sealed, stored encrypted, the same bytes ever after."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.naming import name_in
from papers.practice import MARK
from payouts import columns
from payouts.models import Batch, Payout
from payouts.payees import number_of
from people import sealed_files, vault
from people.refusals import Conflict, Invalid, NotFound
from schemes.models import SchemeVersion

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def write(batch: Batch, at: datetime) -> None:
    """Write and store both files, and note names and hashes in the batch (not yet saved).

    Raises Invalid naming the line that cannot be written.
    """
    rows = rows_of(batch)
    files = {"csv": columns.as_csv(rows), "xlsx": columns.as_xlsx(rows, batch.number, at)}
    for kind, content in files.items():
        setattr(batch, kind, sealed_files.put("batches", batch.data_key, content, _context(kind)))
        setattr(batch, f"{kind}_sha256", hashlib.sha256(content).hexdigest())


def read(batch: Batch, kind: str) -> bytes:
    """A stored file. Raises NotFound for another kind, Conflict when it is not what was sealed."""
    if kind not in KINDS or not getattr(batch, kind):
        raise NotFound()
    try:
        content = sealed_files.get(getattr(batch, kind), batch.data_key, _context(kind))
    except (FileNotFoundError, vault.VaultError) as error:
        raise _changed() from error
    if hashlib.sha256(content).hexdigest() != getattr(batch, f"{kind}_sha256"):
        raise _changed()
    return content


def rows_of(batch: Batch) -> list[columns.Row]:
    """The lines of the file, from the cases' own answers. Raises Invalid naming the first that lacks something."""
    related = ("due__payee__data_key", "due__payee_organisation", "due__application__data_key")
    titles = _public_titles(batch)
    return [_row(batch, payout, titles) for payout in batch.payouts.select_related(*related)]


def _public_titles(batch: Batch) -> dict[int, str]:
    """The public title of each version of a scheme in the batch: read once, not once a line."""
    used = batch.payouts.values("due__application__scheme_version")
    versions = SchemeVersion.objects.filter(pk__in=used)
    return {version.pk: version.definition.public_title.zh for version in versions}


def _row(batch: Batch, payout: Payout, titles: dict[int, str]) -> columns.Row:
    due, application = payout.due, payout.due.application
    name, account, bank, number = _secrets(payout)
    return columns.Row(
        line=payout.line,
        batch=batch.number,
        scheme=titles[application.scheme_version_id],
        application=application.number,
        name=name,
        id_number=number,
        account=account,
        bank=bank,
        amount=payout.amount,
        period=due.period,
        division=application.division_id,
        note=MARK if settings.PRACTICE else "",
    )


def _secrets(payout: Payout) -> tuple[str, str, str, str]:
    """Name, account, bank and number in clear; name and account as the case itself gives them: they go together."""
    try:
        answers = answers_of.read(payout.due.application)
        number = number_of(payout.due)
    except vault.VaultError as error:
        raise _unwritable(payout) from error
    account, bank = answers.get("account", ""), answers.get("bank", "")
    if not (account and bank and number):
        raise _unwritable(payout)
    return name_in(payout.due.application, answers), account, bank, number


def _unwritable(payout: Payout) -> Invalid:
    text = _("第%(line)s行（申请编号 %(number)s）没有可用的收款账号，不能封存。请作废本批次，更正账号后重新编制。")
    return Invalid(text % {"line": payout.line, "number": payout.due.application.number}, code="no_account")


def _changed() -> Conflict:
    return Conflict(_("批次文件与封存时不一致，已停止办理。请不要付款，立即联系管理员。"), code="file_changed")


def _context(kind: str) -> str:
    return f"batch.{kind}"
