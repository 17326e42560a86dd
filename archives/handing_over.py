"""移交: the files of a year go on one numbered list, frozen as it is made. Locks: files → counter → stream head."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from archives import access, volumes
from archives.models import FiledCase, Handover, Volume
from archives.models.volumes import Retention
from audit import chain
from papers.content import PaperContent, Section, SigningLine, Table
from papers.issuing import issue
from papers.models import Paper
from papers.wording import letterhead, on_paper
from people import vault
from people.models import DataKey, Office, User
from people.refusals import Conflict, Invalid
from schemes.letter_book import standard_letter

# A list longer than that is nobody's to check line by line; the rest goes on the next one.
MOST_VOLUMES = 200
LONGEST_NAME = 80
HEADERS = ("序号", "档号", "姓名（名称）", "件数", "页数", "保管期限")


def waiting(office_ids: list[int]) -> list[dict[str, int]]:
    """Of these offices, the years with files on no list yet: office, year, how many."""
    free = Volume.objects.filter(office__in=office_ids, handover__isnull=True)
    return list(free.order_by("office", "year").values("office", "year").annotate(count=Count("pk")))


def hand_over(user: User, office_pk: int, year: int, receiver: str, at: datetime) -> Handover:
    """List the files of a finished year at an office, in order of number, and issue the list.

    Raises NotFound for another's office, Invalid without a receiver or for a year that is not over, Conflict where no
    file waits, Refused for who is close to one of the cases.
    """
    office = access.office_of(user, office_pk, at)
    _check(receiver, year, at)
    with transaction.atomic(), translation.override("zh-hans"):
        listed = _locked(office, year)
        if not listed:
            raise Conflict(_("这个年度没有等待移交的卷，也许已经移交。"), code="nothing_waits")
        cases = FiledCase.objects.filter(volume__in=listed)
        access.check_not_close(user, list(cases.values_list("application", flat=True)))
        handover = _made(user, office, year, receiver.strip(), listed, at)
        Volume.objects.filter(pk__in=[one.pk for one in listed]).update(handover=handover)
        for volume in listed:
            volumes.note(volume, user.username, "archive.handed_over", at, paper=handover.paper.number)
        _note(handover, user, at)
    return handover


def _check(receiver: str, year: int, at: datetime) -> None:
    errors = {}
    if not 0 < len(receiver.strip()) <= LONGEST_NAME:
        errors["receiver"] = _("请写明接收档案的单位，最多%(most)s字。") % {"most": LONGEST_NAME}
    if year >= timezone.localdate(at).year:
        errors["year"] = _("本年度还没有结束，卷内还可能增加材料，请明年再移交。")
    if errors:
        raise Invalid(errors=errors)


def _locked(office: Office, year: int) -> list[Volume]:
    free = Volume.objects.filter(office=office, year=year, handover__isnull=True).order_by("sequence")
    return list(free.select_for_update(of=("self",), no_key=True)[:MOST_VOLUMES])


def _made(user: User, office: Office, year: int, receiver: str, listed: list[Volume], at: datetime) -> Handover:
    key = vault.new_data_key()
    key.save()
    paper = _issue(user, office, year, receiver, listed, key, at)
    return Handover.objects.create(
        office=office,
        year=year,
        receiver=receiver,
        count=len(listed),
        paper=paper,
        data_key=key,
        made_by=user,
        made_at=at,
    )


def _issue(
    user: User, office: Office, year: int, receiver: str, listed: list[Volume], key: DataKey, at: datetime
) -> Paper:
    return issue(
        kind=Paper.Kind.HANDOVER,
        office=office,
        content=content_of(user, office, year, receiver, listed, at),
        data_key=key,
        case_ref=f"handover-{office.pk}",
        public_title="档案移交清单",
        public_addressee=receiver,
        at=at,
    )


def content_of(
    user: User, office: Office, year: int, receiver: str, listed: list[Volume], at: datetime
) -> PaperContent:
    """The list as a sheet without a number, with a line to sign for each side."""
    rows = _rows(listed)
    letter = standard_letter("handover", office.division_id, timezone.localdate(at))
    pages = str(sum(int(row[4]) for row in rows))
    values = {"organ": office.name, "receiver": receiver, "year": str(year), "count": str(len(rows)), "pages": pages}
    title, body = letter.filled(values)
    return PaperContent(
        title=title.zh,
        title_en=title.en,
        **letterhead(office, at),
        addressee=receiver,
        opening=letter.paragraphs(values),
        sections=(Section("移交清单", (), Table(f"{year}年度档案", HEADERS, rows, numeric=(3, 4))),),
        closing=(),
        seal_note="样章" if settings.DEMO else "",
        english=(body.en,),
        layout="sheet",
        signing=(SigningLine("移交人", user.full_name, on_paper(at)), SigningLine("接收人")),
        machine={"kind": "handover", "year": year, "volumes": [one.number for one in listed]},
    )


def _rows(listed: list[Volume]) -> tuple[tuple[str, ...], ...]:
    counted = _counted(Volume.objects.filter(pk__in=[one.pk for one in listed]))
    return tuple(
        (str(place), one.number, one.name, *counted[one.pk], str(Retention(one.retention).label))
        for place, one in enumerate(listed, 1)
    )


def _counted(listed: QuerySet[Volume]) -> dict[int, tuple[str, str]]:
    """How many pieces and pages each file has."""
    sums = listed.order_by("pk").annotate(pieces_in=Count("pieces"), pages_in=Sum("pieces__pages"))
    return {one.pk: (str(one.pieces_in), str(one.pages_in or 0)) for one in sums}


def _note(handover: Handover, user: User, at: datetime) -> None:
    data = {"paper": handover.paper.number, "year": handover.year, "count": handover.count}
    subject = f"handover-{handover.pk}"
    chain.append(handover.stream, "archive.list_made", actor=user.username, at=at, subject=subject, data=data)
