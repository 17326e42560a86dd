"""Something real behind the addresses of opinions asked, labels and internal fields."""

from applications.models import Attachment
from approvals.consulting import asking
from approvals.consulting.asking import Question
from approvals.notes import fields, labels
from approvals.notes.fields import Plan
from people.models import Office
from project.demo.clerks import Case
from project.demo.directory import MENGZI
from tests import world


def arguments(case: Case, attachment: Attachment) -> dict[str, object]:
    """A question of the county's 人社局 to its federation, with a paper; a label and a field of the bureau."""
    bureau, federation = (Office.objects.get(division_id=MENGZI, function=one) for one in ("hrss", "dpf"))
    question = Question("是否持证？", "yes_no", 5, office=federation, files=(str(attachment.public_id),))
    asked = asking.ask(world.user("county-reviewer"), case.public_id, case.item().pk, question, case.at)
    supervisor = world.user("county-supervisor")
    label = labels.define(supervisor, bureau, "加急", "red", case.at)
    field = fields.define(supervisor, bureau, Plan("grad-jobseeking", "档案盒号", "Box", "text"), case.at)
    return {
        **{f"approvals:{name}.pk": asked.pk for name in ("asked_one", "asked_attachment", "ask_withdraw")},
        **{f"approvals:{name}.pk": label.pk for name in ("label_retire", "case_label_remove")},
        "approvals:field_retire.pk": field.pk,
    }
