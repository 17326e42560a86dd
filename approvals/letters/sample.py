"""A drafted letter as it would look: filled in from a case, and with example words where the case says nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications.letters.wording import known_of
from applications.models import Application
from papers.content import PaperContent
from papers.sampling import sampled
from papers.wording import on_paper, signer_of
from people.models import Division, Office
from people.refusals import Invalid
from schemes.letter_book.standard import paragraphs_of
from schemes.letter_book.subjects import Subject, Text
from schemes.letter_book.variables import used_in
from schemes.letter_book.vocabulary import examples, meaning_of
from schemes.letters import fill
from schemes.models import current_version
from schemes.texts import LocalText
from workflows.models import WorkItem

EXAMPLE_CONTACT = "某机关 0000-0000000"


@dataclass(frozen=True)
class Sample:
    """The sample, and what in it is example words: the meanings of those variables."""

    content: PaperContent
    made_up: tuple[LocalText, ...]


def case_of(number: str, subject: Subject, place: Division, visible: QuerySet[Application]) -> Application:
    """The case of a number among those the user may see. Raises Invalid, which tells nothing of any other case."""
    found = visible.select_related("division", "scheme_version", "data_key").filter(number=number).first()
    if found is None:
        raise Invalid(_("没有找到您可以查看的这件申请。请核对编号。"))
    if subject.scheme and found.scheme_code != subject.scheme:
        raise Invalid(_("这件申请是别的事项的，用不上这份文书。请换一件。"))
    if not place.contains(found.division):
        raise Invalid(_("这件申请不在这份文本适用的地区。请换一件。"))
    return found


def sample_of(subject: Subject, text: Text, case: Application | None, at: datetime) -> Sample:
    """The letter filled in. Sections that an act adds (findings, tables, remedies) are not part of its text."""
    office = _office_of(case) if case else None
    known = _told(known_of(case, office)) if case and office else {}
    used = used_in(text.title, text.body)
    values: dict[str, str | LocalText] = {**examples({*used, "name"}), **_scheme(subject), **known}
    title, body = fill(text.title, values), fill(text.body, values)
    signer = signer_of(office) if office else None
    name = values["name"]
    addressee = name.zh if isinstance(name, LocalText) else name
    organ = signer.name if signer else examples(["organ"])["organ"].zh
    content = PaperContent(
        title=title.zh,
        title_en=title.en,
        organ=organ,
        organ_mark=signer.organ_mark if signer else organ,
        addressee=addressee,
        opening=tuple(part for part in paragraphs_of(body.zh) if part.rstrip("：:") != addressee),
        sections=(),
        closing=(),
        signer=organ,
        date=on_paper(at),
        contact=f"{office.name} {office.phone}".strip() if office else EXAMPLE_CONTACT,
        english=tuple(paragraphs_of(body.en)),
        layout="letter",
    )
    made_up = tuple(meaning_of(name) for name in sorted(used - {*known, *_scheme(subject)}))
    return Sample(sampled(content), made_up)


def _told(known: dict[str, str | LocalText]) -> dict[str, str | LocalText]:
    """Without what the case does not say yet."""
    return {name: value for name, value in known.items() if (value.zh if isinstance(value, LocalText) else value)}


def _scheme(subject: Subject) -> dict[str, LocalText]:
    version = current_version(subject.scheme) if subject.scheme else None
    return {"scheme": version.definition.public_title} if version else {}


def _office_of(application: Application) -> Office | None:
    """The office the case was with last."""
    items = WorkItem.objects.filter(case_id=application.pk).select_related("queue__office__signs_for")
    item = items.order_by("-pk").first()
    return item.queue.office if item else None
