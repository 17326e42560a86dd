"""拨付审批单: the sheet of a batch for two signatures, with control totals and the hashes of the sealed files.

It is frozen when the second person approves, in Chinese whatever language the checker reads, and names no payee.
"""

from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils import timezone, translation

from benefits.models import Due
from papers.capitals import amount_capitals
from papers.content import PaperContent, Section, SigningLine, Table
from papers.issuing import issue
from papers.models import Paper
from papers.wording import day_in_words, letterhead, on_paper
from payouts.files import stored_files
from payouts.lines import by_county, by_envelope
from payouts.models import Batch
from payouts.payable import Sums
from payouts.titles import public_titles
from people.models import User
from schemes.letter_book import standard_letter
from schemes.letter_book.standard import paragraphs_of
from schemes.texts import LocalText

EVERY_SCHEME = LocalText(zh="全部事项", en="all schemes")
HASH_GROUP = 8
Rows = list[tuple[str, Sums]]


def issue_cover(batch: Batch, at: datetime) -> Paper:
    """The approval sheet of a batch that has just been approved, numbered in the register of its bureau."""
    with translation.override("zh-hans"):
        content = _content(batch, at)
    return issue(
        kind=Paper.Kind.BATCH_COVER,
        office=batch.office,
        content=content,
        data_key=batch.data_key,
        case_ref=batch.number,
        public_title=content.title,
        public_addressee=batch.office.name,
        at=at,
    )


def _content(batch: Batch, at: datetime) -> PaperContent:
    titles = public_titles(_schemes_of(batch))
    letter = standard_letter("batch_cover", batch.office.division_id, timezone.localdate(at))
    title, body = letter.filled(_values(batch, titles))
    return PaperContent(
        title=title.zh,
        title_en=title.en,
        **letterhead(batch.office, at),
        addressee=batch.office.name,
        opening=tuple(paragraphs_of(body.zh)),
        sections=_sections(batch, titles),
        closing=(),
        english=tuple(paragraphs_of(body.en)),
        layout="sheet",
        signing=(
            SigningLine("制单人", _name(batch.maker), on_paper(batch.made_at)),
            SigningLine("复核人", _name(batch.checker), on_paper(batch.approved_at)),
        ),
        machine=_machine(batch),
    )


def _schemes_of(batch: Batch) -> set[str | None]:
    """The schemes named on its sheet: its own, those of its lines, and those that the envelopes of these are for."""
    lines = batch.payouts.order_by().values_list("due__scheme_code", "due__budget__scheme_code").distinct()
    return {batch.scheme_code}.union(*lines)


def _values(batch: Batch, titles: dict[str, LocalText]) -> dict[str, str | LocalText]:
    return {
        "organ": batch.office.name,
        "batch": batch.number,
        "scheme": titles.get(batch.scheme_code, EVERY_SCHEME),
        "lines": str(batch.line_count),
        "total": f"{batch.total:.2f}",
        "capitals": amount_capitals(batch.total),
        "maker": _name(batch.maker),
        "checker": _name(batch.checker),
        "made_on": day_in_words(batch.made_at),
        "sealed_on": day_in_words(batch.sealed_at),
        "approved_on": day_in_words(batch.approved_at),
    }


def _sections(batch: Batch, titles: dict[str, LocalText]) -> tuple[Section, ...]:
    named = {code: title.zh for code, title in titles.items()}
    counties = by_county(Due.objects.filter(payouts__batch=batch))
    return (
        _sums("按事项合计", "事项", _by_scheme(batch, titles), batch),
        _sums("按预算指标合计", "指标文号", [(one.label, one.sums) for one in by_envelope(batch, named)], batch),
        _sums("按县市区合计", "县市区", [(one.label, one.sums) for one in counties], batch),
        _hashes(batch),
    )


def _by_scheme(batch: Batch, titles: dict[str, LocalText]) -> Rows:
    rows = batch.payouts.values("due__scheme_code").annotate(lines=Count("pk"), total=Sum("amount"))
    found = {row["due__scheme_code"]: Sums(row["lines"], row["total"]) for row in rows.order_by("due__scheme_code")}
    return [(titles[code].zh if code in titles else code, sums) for code, sums in found.items()]


def _sums(caption: str, first: str, rows: Rows, batch: Batch) -> Section:
    """Sums with the control total of the batch beneath. Raises ValueError where they do not add up to it."""
    lines = sum(sums.lines for _label, sums in rows)
    total = sum((sums.total for _label, sums in rows), Decimal("0.00"))
    if (lines, total) != (batch.line_count, batch.total):
        raise ValueError(f"sums of {batch.number} differ")
    cells = [(label, str(sums.lines), f"{sums.total:.2f}") for label, sums in rows]
    cells.append(("合计", str(lines), f"{total:.2f}"))
    return Section(caption, (), Table(f"{caption}表", (first, "笔数", "金额（元）"), tuple(cells), numeric=(1, 2)))


def _hashes(batch: Batch) -> Section:
    """The hash of every sealed file, and the control totals of each part."""
    rows = tuple(
        (file.name, str(file.lines), f"{file.total:.2f}", _grouped(file.sha256)) for file in stored_files(batch)
    )
    heads = ("文件", "笔数", "金额（元）", "SHA-256")
    return Section("封存文件的校验值", (), Table("校验值表", heads, rows, numeric=(1, 2)))


def _grouped(digest: str) -> str:
    """A hash as it is compared by eye: in groups of eight."""
    return " ".join(digest[start : start + HASH_GROUP] for start in range(0, len(digest), HASH_GROUP))


def _machine(batch: Batch) -> dict[str, str | int]:
    sums: dict[str, str | int] = {"lines": batch.line_count, "total": f"{batch.total:.2f}"}
    hashes = {f"{file.slug.replace('-', '_')}_sha256": file.sha256 for file in stored_files(batch)}
    return sums | {"batch": batch.number, **hashes}


def _name(user: User | None) -> str:
    return (user.full_name or user.username) if user else ""
