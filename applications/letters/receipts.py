"""Receipts 收件凭证: what was handed in, on which day, who looks at it and until when.

Issued with the filing itself, in the name of the office that has the case now. Only the row is written here: the PDF
is made by a worker after the filing is committed.
"""

from collections import Counter
from collections.abc import Iterator

from django.utils import timezone

from applications import answers as answers_of
from applications.door import Case
from applications.letters.issuing import Draft, from_book, issue_draft
from applications.letters.wording import variables
from applications.models import Attachment, Correction, CorrectionPoint
from papers.content import Section, Table
from papers.glyphs import UnprintableCharacter
from papers.models import Paper
from papers.wording import day_in_words, named
from people import vault
from people.models import Office
from schemes.definition import SchemeDefinition
from schemes.texts import LocalText
from workflows.models import WorkItem

LIST = "清单"
HEADERS = ("序号", "收到的内容", "份数")
Rows = Iterator[tuple[str, str]]


def receipt(case: Case) -> Paper | None:
    """收件凭证 for a filing: the form and every paper handed in. None where it cannot be printed."""
    return _issue(case, "receipt", "收到的材料", _filed(case))


def receipt_of_correction(case: Case, correction: Correction) -> Paper | None:
    """补正材料收件凭证: for each point that was to be corrected, what came. None where it cannot be printed."""
    return _issue(case, "receipt_supplied", "收到的补正内容", _supplied(case, correction))


def _issue(case: Case, code: str, heading: str, rows: Rows) -> Paper | None:
    """A name no font can print keeps nobody from applying: the case then goes on without a receipt, on record."""
    item = _open_item(case)
    office = item.queue.office
    try:
        return issue_draft(case, office, _draft(case, item, code, _listed(heading, rows)))
    except UnprintableCharacter as fault:
        case.record("receipt.unprintable", office=office.pk, character=f"U+{ord(fault.character):04X}")
        return None


def _open_item(case: Case) -> WorkItem:
    items = WorkItem.objects.select_related("queue__office__signs_for").order_by("pk")
    return items.filter(process=case.process, closed_at__isnull=True)[0]


def _draft(case: Case, item: WorkItem, code: str, listed: Section) -> Draft:
    office = item.queue.office
    told = {
        "received_on": day_in_words(case.at),
        "due_on": day_in_words(item.due_at),
        "handled_by": _reached(office),
    }
    machine = {
        "outcome": "received",
        "round": case.application.round,
        "due": timezone.localdate(item.due_at).isoformat(),
    }
    values = variables(case, office) | told
    return from_book(case, code, Paper.Kind.RECEIPT, values, sections=(listed,), machine=machine, layout="sheet")


def _reached(office: Office) -> LocalText:
    """Who has the case, and by which telephone."""
    name = named(office)
    if not office.phone:
        return name
    return LocalText(zh=f"{name.zh}（电话{office.phone}）", en=f"{name.en} (telephone {office.phone})")


def _listed(heading: str, rows: Rows) -> Section:
    numbered = tuple((str(number), *row) for number, row in enumerate(rows, 1))
    return Section(heading, (), Table(LIST, HEADERS, numbered))


def _filed(case: Case) -> Rows:
    yield "网上填写的申请表", "1份"
    standing = Attachment.objects.filter(application=case.application, replaced_at__isnull=True)
    counted = Counter(standing.order_by("paper", "pk").values_list("paper", flat=True))
    for code, files in counted.items():
        yield _paper_label(case.application.definition, code), f"{files}个文件"


def _supplied(case: Case, correction: Correction) -> Rows:
    application = case.application
    fresh = application.attachments.filter(round=application.round, replaced_at__isnull=True)
    files = Counter(fresh.values_list("paper", flat=True))
    before, now = _answers_before(case), answers_of.read(application)
    for target, name in correction.points.values_list("target", "name"):
        if target == CorrectionPoint.Target.PAPER:
            sent = f"{files[name]}个文件" if files[name] else "没有新文件"
            yield _paper_label(application.definition, name), sent
        else:
            changed = "已修改" if before.get(name) != now.get(name) else "没有修改"
            yield application.definition.question(name).label.zh, changed


def _answers_before(case: Case) -> dict[str, object]:
    """The answers of the round before the present one."""
    filed = case.application.rounds.get(number=case.application.round - 1)
    return vault.decrypt_json(case.application.data_key, bytes(filed.answers), answers_of.ANSWERS)


def _paper_label(definition: SchemeDefinition, code: str) -> str:
    return next((paper.label.zh for paper in definition.papers_asked if paper.code == code), code)
