"""A case at the reviewer of the federation, and those who can be asked about it."""

from applications import messages
from applications.models import Message
from approvals.consulting import answering, asking
from approvals.consulting.asking import Question
from approvals.models import CaseLabel, Consultation, ConsultedFile, ConsultedPage, FieldValue, InternalField, Label
from approvals.notes import fields, labels, notes
from approvals.notes.fields import Plan
from people.models import Office, User
from people.posts import appoint
from project.demo.clerks import Case
from tests import world

ASKER = "dpf"
ASKED = "county-reviewer"
FAR_AWAY = "other-county"
SCHEME = "lottery-deposit-waiver"


def office(function: str = "dpf", division: str = "532503") -> Office:
    """An office of the demonstration."""
    return Office.objects.get(division_id=division, function=function)


def somebody(name: str, role: str, where: Office) -> User:
    """An account that holds a post."""
    user, _made = User.objects.get_or_create(username=name, defaults={"full_name": f"{name}·岗"})
    appoint(user, where, role, world.START.date())
    return user


def expert(name: str = "expert-one") -> User:
    """An expert engaged by the county's federation."""
    return somebody(name, "expert", office())


def supervisor(name: str = "dpf-supervisor") -> User:
    """Who oversees the county's federation and keeps its labels and fields."""
    return somebody(name, "supervisor", office())


def before_the_reviewer(n: int = 0) -> Case:
    """A waiver accepted, before the federation's reviewer."""
    return world.waiver(n).submit().say("accept")


def question(**changes: object) -> Question:
    """A question to the county's 人社局, with a page of the form."""
    given = {"text": "该网点是否已经登记？", "answer_kind": "yes_no", "days": 5, "pages": ("outlet",)}
    if "expert" not in changes:
        given["office"] = office("hrss")
    return Question(**{**given, **changes})


def ask(case: Case, **changes: object) -> Consultation:
    """The reviewer asks."""
    user = world.user(ASKER)
    return asking.ask(user, case.public_id, case.item().pk, question(**changes), case.later(1))


def answer(
    case: Case, asked: Consultation, by: str = ASKED, choice: str = "yes", words: str = "已登记。"
) -> Consultation:
    """Those who were asked answer."""
    return answering.answer(world.user(by), asked.pk, choice, words, case.later(1))


def asked() -> Consultation:
    """An open question."""
    return ask(before_the_reviewer())


def answered() -> Consultation:
    """A question that was answered."""
    case = before_the_reviewer()
    return answer(case, ask(case))


def asked_expert() -> Consultation:
    """An open question to an expert."""
    return ask(before_the_reviewer(), expert=expert(), confidential=True)


def shown_page() -> ConsultedPage:
    """A page of the form that goes with a question."""
    return asked().pages.get()


def shown_file() -> ConsultedFile:
    """A paper that goes with a question."""
    case = Case(world.user("applicant"), SCHEME, world.answers_of(world.waiver()), world.START, papers=True)
    case.submit().say("accept")
    paper = asking.files_to_show(case.application)[0]
    return ask(case, files=(str(paper.public_id),)).files.get()


def label(name: str = "加急") -> Label:
    """A label of the federation."""
    return labels.define(supervisor(), office(), name, "red", world.START)


def case_label() -> CaseLabel:
    """A label on a case."""
    case = before_the_reviewer()
    return labels.put_on(world.user(ASKER), case.public_id, label().pk, case.later(1))


def field(**changes: object) -> InternalField:
    """A field of the federation."""
    plan = {"scheme": SCHEME, "name": "档案盒号", "name_en": "Box", "kind": "text", **changes}
    return fields.define(supervisor(), office(), Plan(**plan), world.START)


def field_value() -> FieldValue:
    """What was written into a field."""
    case, one = before_the_reviewer(), field()
    fields.write(world.user(ASKER), case.public_id, {one.pk: "甲-12"}, 0, case.later(1))
    return FieldValue.objects.get()


def message() -> Message:
    """What an applicant wrote."""
    case = before_the_reviewer()
    return messages.write(case.user, case.public_id, "请问还要多久？", case.later(1))


def note(case: Case, by: str = ASKER, text: str = "已电话核实网点地址。"):
    """A note beside a case."""
    return notes.add(world.user(by), case.public_id, text, case.later(1))
