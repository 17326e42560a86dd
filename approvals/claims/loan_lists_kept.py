"""Banks' lists kept: sealed as they were brought, once for an office, with what came of each line."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from applications.models import Application
from approvals.claims import loans
from approvals.claims.loans import Judged
from approvals.models import LoanList, LoanListLine
from audit import chain
from benefits.models import Due, LoanBank
from people import sealed_files, vault
from people.finding import one_of
from people.models import Office, User
from people.posts import posts_of
from people.refusals import Conflict, Erased, NotFound
from people.roles import DESK_ROLES

FOLDER, CONTEXT = "loans", "loan_list"


@dataclass(frozen=True)
class Brought:
    """A list with its lines judged. `new`: it was kept now; else it had been brought before and nothing changed."""

    kept: LoanList
    judged: list[Judged]
    new: bool


def bring(user: User, content: bytes, at: datetime, bank: int | None = None) -> Brought:
    """Keep a list and judge its lines by the claims the user may see; a list brought before is judged anew, not kept:
    its lines without a claim find the one that was filed since.

    `bank`: whose list it is; one brought before without a bank gets it now, one with a wrong bank another. Raises
    Invalid where the file cannot be read, FaultyFile where lines of it cannot: then nothing is kept. NotFound for
    whoever has no desk at an office and for a bank that is none of its banks, Conflict for a list of another bank that
    this user brought, or on which money rests.
    """
    office = _office(user, at)
    whose = _bank(user, bank, at)
    judged = loans.compare(user, content, at)
    sha256 = hashlib.sha256(content).hexdigest()
    known = LoanList.objects.filter(office=office, sha256=sha256).first()
    if known is not None:
        return Brought(_again(user, known, whose, judged, at), judged, new=False)
    return keep(user, office, content, sha256, judged, at, whose)


def banks_of(user: User, at: datetime) -> QuerySet[LoanBank]:
    """The banks whose lists the user's office may bring: those of its division and of the divisions above it."""
    return LoanBank.objects.filter(division__in=_office(user, at).division.lineage).select_related("organisation")


def _bank(user: User, pk: int | None, at: datetime) -> LoanBank | None:
    if pk is None:
        return None
    return one_of(banks_of(user, at), pk=pk)


@transaction.atomic
def _again(user: User, known: LoanList, bank: LoanBank | None, judged: list[Judged], at: datetime) -> LoanList:
    """A kept list that is brought once more: whose it is, and what was claimed since."""
    row = LoanList.objects.select_for_update(of=("self",), no_key=True).get(pk=known.pk)
    if bank is not None and row.bank_id != bank.pk:
        _name(user, row, bank, at)
    found = _claimed_since(row, judged)
    if found:
        data = {"list": row.pk, "rows": found}
        chain.append(f"loans:{row.office_id}", "loans.claims_found", actor=user.username, at=at, data=data)
    return row


def _name(user: User, row: LoanList, bank: LoanBank, at: datetime) -> None:
    """Say whose a list is; another bank than before only by somebody else, and while no due rests on it."""
    if row.bank_id is not None and row.brought_by_id == user.pk:
        text = _("这份清单以前是作为另一家银行的清单收到的。选错了银行的，请由其他工作人员重新上传并更正。")
        raise Conflict(text, code="other_bank")
    if row.bank_id is not None and Due.objects.filter(bank=row.bank_id, application__loan_lines__list=row).exists():
        raise Conflict(_("这份清单上已有贴息批准拨付给原来选择的银行，不能再改成另一家。"), code="bank_is_owed")
    data = {"list": row.pk, "bank": bank.pk, "before": row.bank_id}
    row.bank = bank
    row.save(update_fields=["bank"])
    chain.append(f"loans:{row.office_id}", "loans.bank_named", actor=user.username, at=at, data=data)


def _claimed_since(row: LoanList, judged: list[Judged]) -> int:
    """Name the claims of lines that had none; what was said of a claim before stays. The number of lines."""
    claimed = {one.line.row: one for one in judged if one.claim is not None}
    lines = [line for line in row.lines.filter(application__isnull=True) if line.row in claimed]
    for line in lines:
        one = claimed[line.row]
        line.application, line.standing, line.off = one.claim, one.standing, one.off
    LoanListLine.objects.bulk_update(lines, ["application", "standing", "off"], batch_size=500)
    return len(lines)


def _office(user: User, at: datetime) -> Office:
    posts = [post for post in posts_of(user, at) if post.role in DESK_ROLES]
    if not posts:
        raise NotFound()
    return min(posts, key=lambda post: post.office_id).office


def keep(
    user: User,
    office: Office,
    content: bytes,
    sha256: str,
    judged: list[Judged],
    at: datetime,
    bank: LoanBank | None = None,
) -> Brought:
    """Seal a list with what came of each line; whoever brings it at the same time finds it kept."""
    key = vault.new_data_key()
    key.save()
    stored = sealed_files.put(FOLDER, key, content, f"{CONTEXT}:{office.pk}:{sha256}")
    try:
        with transaction.atomic():
            row = LoanList.objects.create(
                office=office,
                data_key=key,
                bank=bank,
                stored=stored,
                sha256=sha256,
                rows=len(judged),
                brought_by=user,
                brought_at=at,
            )
            LoanListLine.objects.bulk_create(_line(row, one) for one in judged)
            data = {"list": row.pk, "rows": row.rows, "sha256": sha256, "bank": row.bank_id}
            chain.append(f"loans:{office.pk}", "loans.kept", actor=user.username, at=at, data=data)
    except IntegrityError:
        # Somebody brought the same list at the same time.
        sealed_files.remove(stored)
        return Brought(LoanList.objects.get(office=office, sha256=sha256), judged, new=False)
    except BaseException:
        sealed_files.remove(stored)
        raise
    return Brought(row, judged, new=True)


def _line(row: LoanList, one: Judged) -> LoanListLine:
    return LoanListLine(list=row, row=one.line.row, application=one.claim, standing=one.standing, off=one.off)


def lists_of(user: User, at: datetime) -> QuerySet[LoanList]:
    """The lists of the user's offices, the latest first, each with `agreed` and `differing`, how many lines do."""
    offices = {post.office_id for post in posts_of(user, at) if post.role in DESK_ROLES}
    rows = LoanList.objects.filter(office__in=offices)
    rows = rows.select_related("brought_by", "office", "data_key", "bank__organisation")
    agreed = Count("lines", filter=Q(lines__standing__in=["agrees", "granted"]))
    return rows.annotate(agreed=agreed, differing=Count("lines") - agreed).order_by("-pk")


def read(user: User, pk: int, at: datetime) -> Brought:
    """A kept list, judged by the claims as they stand now. Raises NotFound, Erased where its time was over, Conflict
    where it cannot be opened.
    """
    row = lists_of(user, at).filter(pk=pk).first()
    if row is None:
        raise NotFound()
    if row.data_key.destroyed_at:
        raise Erased()
    try:
        content = content_of(row)
    except (vault.VaultError, FileNotFoundError) as error:
        raise Conflict(_("这份清单无法打开，可能已经损坏。请联系管理员。"), code="unreadable") from error
    return Brought(row, loans.compare(user, content, at), new=False)


def content_of(row: LoanList) -> bytes:
    """The list as it was brought. Raises a VaultError or FileNotFoundError."""
    return sealed_files.get(row.stored, row.data_key, f"{CONTEXT}:{row.office_id}:{row.sha256}")


def told_of(application: Application) -> list[LoanListLine]:
    """What banks' lists said of a claim, the latest first."""
    lines = application.loan_lines.select_related("list__bank__organisation__data_key")
    return list(lines.order_by("-list__brought_at", "-pk")[:5])
