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
from people import sealed_files, vault
from people.models import Office, User
from people.posts import posts_of
from people.refusals import Conflict, NotFound
from people.roles import DESK_ROLES

FOLDER, CONTEXT = "loans", "loan_list"


@dataclass(frozen=True)
class Brought:
    """A list with its lines judged. `new`: it was kept now; else it had been brought before and nothing changed."""

    kept: LoanList
    judged: list[Judged]
    new: bool


def bring(user: User, content: bytes, at: datetime) -> Brought:
    """Keep a list and judge its lines by the claims the user may see; a list brought before is judged anew, not kept.

    Raises Invalid where the file cannot be read, FaultyFile where lines of it cannot: then nothing is kept. NotFound
    for whoever has no desk at an office.
    """
    office = _office(user, at)
    judged = loans.compare(user, content, at)
    sha256 = hashlib.sha256(content).hexdigest()
    known = LoanList.objects.filter(office=office, sha256=sha256).first()
    if known is not None:
        return Brought(known, judged, new=False)
    return keep(user, office, content, sha256, judged, at)


def _office(user: User, at: datetime) -> Office:
    posts = [post for post in posts_of(user, at) if post.role in DESK_ROLES]
    if not posts:
        raise NotFound()
    return min(posts, key=lambda post: post.office_id).office


def keep(user: User, office: Office, content: bytes, sha256: str, judged: list[Judged], at: datetime) -> Brought:
    """Seal a list with what came of each line; whoever brings it at the same time finds it kept."""
    key = vault.new_data_key()
    key.save()
    stored = sealed_files.put(FOLDER, key, content, f"{CONTEXT}:{office.pk}:{sha256}")
    try:
        with transaction.atomic():
            row = LoanList.objects.create(
                office=office,
                data_key=key,
                stored=stored,
                sha256=sha256,
                rows=len(judged),
                brought_by=user,
                brought_at=at,
            )
            LoanListLine.objects.bulk_create(_line(row, one) for one in judged)
            data = {"list": row.pk, "rows": row.rows, "sha256": sha256}
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
    rows = LoanList.objects.filter(office__in=offices).select_related("brought_by", "office", "data_key")
    agreed = Count("lines", filter=Q(lines__standing__in=["agrees", "granted"]))
    return rows.annotate(agreed=agreed, differing=Count("lines") - agreed).order_by("-pk")


def read(user: User, pk: int, at: datetime) -> Brought:
    """A kept list, judged by the claims as they stand now. Raises NotFound, Conflict where it cannot be opened."""
    row = lists_of(user, at).filter(pk=pk).first()
    if row is None:
        raise NotFound()
    try:
        content = sealed_files.get(row.stored, row.data_key, f"{CONTEXT}:{row.office_id}:{row.sha256}")
    except (vault.VaultError, FileNotFoundError) as error:
        raise Conflict(_("这份清单无法打开，可能已经损坏。请联系管理员。"), code="unreadable") from error
    return Brought(row, loans.compare(user, content, at), new=False)


def told_of(application: Application) -> list[LoanListLine]:
    """What banks' lists said of a claim, the latest first."""
    return list(application.loan_lines.select_related("list__office").order_by("-list__brought_at", "-pk")[:5])
