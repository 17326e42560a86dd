"""What a printed application form says: what is known filled in, lines and boxes for the rest, consent and witness."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from applications.asking import EMPTY
from applications.readback import Places, in_words, places_in
from applications.views.desk import Desk
from helping.models import Mandate, PaperForm
from helping.standing import shown, texts
from papers.codes import grouped
from papers.content import PaperContent, Section, SigningLine, Table
from papers.layouts import FORM
from papers.wording import day_in_words
from people.models import Office
from schemes.definition import Question

LINE = "＿＿＿＿＿＿＿＿＿＿＿＿"
BOX = "□"
FAMILY_LINES = 4


def content_of(form: PaperForm, desk: Desk, mandate: Mandate | None, office: Office) -> PaperContent:
    """The form of a draft, in Chinese: it is signed by hand and kept with the case."""
    with translation.override("zh-hans"):
        definition = desk.application.definition
        helper = shown.helper_of(mandate) if mandate else ""
        return PaperContent(
            title=f"{definition.title.zh}申请表",
            title_en=f"Application: {definition.title.en}",
            organ=office.name,
            organ_mark=office.organ_mark,
            addressee="",
            opening=(
                "印好的内容请核对，有错的划掉改正。空白处请填写，方框请打勾。不会写字的，由别人代写，本人按手印。",
            ),
            sections=(_answers(desk), _papers(desk), _consent(helper, desk)),
            closing=(),
            signer="",
            date="",
            contact=office.phone or office.name,
            number=grouped(form.code),
            verify_code=grouped(form.code),
            verify_url=settings.SITE_URL + reverse("helping:form", args=[form.code]),
            layout=FORM,
            signing=_signing(helper),
            machine={"form": form.code},
        )


def _answers(desk: Desk) -> Section:
    questions = [question for page in desk.asked.pages for question in desk.asked.questions_on(page)]
    places = places_in(questions, desk.answers)
    rows = tuple(row for question in questions for row in _rows(question, desk.answers, places))
    return Section("填写内容", (), Table("填写内容", ("项目", "内容"), rows))


def _rows(question: Question, answers: dict[str, Any], places: Places) -> Iterator[tuple[str, str]]:
    """One row a question; of a household one a member, and lines for more."""
    label, value = question.label.zh, answers.get(question.name)
    if question.columns:
        columns = "、".join(column.label.zh for column in question.columns)
        yield label, f"每人一行，写明：{columns}"
        for number in range(1, FAMILY_LINES + 1):
            yield f"第{number}人", LINE
        return
    yield label, (in_words(question, value, places) if value not in EMPTY else _blank(question))


def _blank(question: Question) -> str:
    if question.kind == "boolean":
        return f"{BOX}是　{BOX}否"
    if question.choices:
        return "　".join(f"{BOX}{choice.label.zh}" for choice in question.choices)
    if question.kind == "date":
        return "＿＿＿＿年＿＿月＿＿日"
    return LINE


def _papers(desk: Desk) -> Section:
    listed = [f"{BOX}{paper.label.zh}" for paper in desk.asked.papers]
    return Section("随表交的材料（交了的打勾）", tuple(listed or ["没有要求另交材料。"]))


def _consent(helper: str, desk: Desk) -> Section:
    who = f"帮办人：{helper or LINE}。" if desk.application.for_other else "本人自己填写。"
    told = texts.chinese(desk.today) if desk.application.for_other else ()
    declared = tuple(text.zh for text in desk.application.definition.declarations)
    return Section("声明和同意", (who, *declared, *told, f"打印日期：{day_in_words(desk.now)}"))


def _signing(helper: str) -> tuple[SigningLine, ...]:
    lines = [SigningLine("申请人签名（或者按手印）")]
    if helper:
        lines.append(SigningLine("帮办人签名"))
    return (*lines, SigningLine("见证人签名（口头申请、按手印时）"))
