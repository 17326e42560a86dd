"""Recording what the office in charge answered to a request we handed on."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from applications.door import Case
from applications.models import Application
from approvals.models import Answer, Decision
from approvals.outcomes import Outcome
from approvals.said import Answered, Said
from people import vault

DETAILS = "answer"
RESULTS = {
    Outcome.ANSWER_YES: Answer.Result.FAVOURABLE,
    Outcome.ANSWER_NO: Answer.Result.UNFAVOURABLE,
    Outcome.ANSWER_OTHER: Answer.Result.OTHER,
}


def errors_of(application: Application, answered: Answered, at: datetime) -> dict[str, str]:
    """What is missing or cannot be: no answer comes before the request was handed on, or from the future."""
    errors = {}
    if not answered.by.strip():
        errors["answered_by"] = _("请填写作出答复的单位。")
    if answered.on is None:
        errors["answered_on"] = _("请填写答复日期。")
    elif not timezone.localdate(application.accepted_at) <= answered.on <= timezone.localdate(at):
        errors["answered_on"] = _("答复日期不能早于转办那天，也不能晚于今天。")
    return errors


def keep(case: Case, told: Decision, said: Said) -> Answer:
    """Write the answer down, beside the paper that tells of it."""
    answered = said.answered
    details = {"by": answered.by, "number": answered.number, "words": said.text.strip()}
    return Answer.objects.create(
        application=case.application,
        decision=told,
        result=RESULTS[said.outcome],
        answered_on=answered.on,
        details=vault.encrypt_json(case.application.data_key, details, DETAILS),
    )


def details_of(answer: Answer) -> dict[str, str]:
    """Who answered, the number and the words. Raises VaultError where they cannot be opened."""
    return vault.decrypt_json(answer.application.data_key, bytes(answer.details), DETAILS)
