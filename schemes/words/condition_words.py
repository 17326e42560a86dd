"""Conditions as people read them: 学习形式 是 全日制，并且 年龄 不大于 60."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.joining import labelled, listed
from people.models import Office
from schemes.definition import Question, SchemeDefinition
from schemes.rules.conditions import POLICY, Condition, Scalar
from schemes.words.value_words import label_of

OPS: dict[str, Promise] = {
    "eq": gettext_lazy("%(left)s 是 %(right)s"),
    "ne": gettext_lazy("%(left)s 不是 %(right)s"),
    "in": gettext_lazy("%(left)s 是其中之一：%(right)s"),
    "ge": gettext_lazy("%(left)s 不小于 %(right)s"),
    "gt": gettext_lazy("%(left)s 大于 %(right)s"),
    "le": gettext_lazy("%(left)s 不大于 %(right)s"),
    "lt": gettext_lazy("%(left)s 小于 %(right)s"),
    "has": gettext_lazy("%(left)s 含有 %(right)s"),
    "present": gettext_lazy("已填写 %(left)s"),
}
# Facts no question asks for: they follow from others.
DERIVED: Mapping[str, Promise] = {
    "age": gettext_lazy("年龄"),
    "certificate_matches_id": gettext_lazy("残疾人证号与身份证号一致"),
    "same_cohort": gettext_lazy("属于应届毕业生"),
    "years_since_graduation": gettext_lazy("毕业年数"),
    "months_in_business": gettext_lazy("登记后经营的月数"),
    "years_graduated_at_start": gettext_lazy("登记时已毕业的年数"),
    "years_graduated_at_hire": gettext_lazy("录用时已毕业的年数"),
    "claim_has_passed": gettext_lazy("申领的月份已经过去"),
    "disabled_percent": gettext_lazy("残疾职工所占比例"),
    "run_by": gettext_lazy("学校由谁举办"),
    "amount": gettext_lazy("测算金额（元）"),
}


def condition_words(definition: SchemeDefinition, condition: Condition) -> str:
    """The condition as a sentence, with the scheme's own words for questions and answers."""
    if condition.all:
        return _("，并且 ").join(_part(definition, part) for part in condition.all)
    if condition.any:
        return _("，或者 ").join(_part(definition, part) for part in condition.any)
    if condition.negated is not None:
        return _("不满足（%(condition)s）") % {"condition": condition_words(definition, condition.negated)}
    if isinstance(condition.value, bool) and condition.op == "eq":
        return labelled(fact_words(definition, condition.field), _yes_no(condition.value))
    names = {"left": fact_words(definition, condition.field), "right": _right(definition, condition)}
    return str(OPS.get(condition.op, OPS["eq"])) % names


def _part(definition: SchemeDefinition, part: Condition) -> str:
    words = condition_words(definition, part)
    return _("（%(condition)s）") % {"condition": words} if part.all or part.any else words


def _right(definition: SchemeDefinition, condition: Condition) -> str:
    if condition.policy and condition.key:
        named = {"value": _policy(definition, condition.policy), "fact": fact_words(definition, condition.key)}
        return _("按%(fact)s的%(value)s") % named
    if condition.policy:
        return _policy(definition, condition.policy)
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return listed(answer_words(definition, condition.field, value) for value in values if value is not None)


def fact_words(definition: SchemeDefinition, name: str) -> str:
    """What a fact or a policy value is called; its code where nobody gave it a name."""
    if name.startswith(POLICY):
        return _policy(definition, name.removeprefix(POLICY))
    question = _question(definition, name)
    return str(question.label) if question else str(DERIVED.get(name, name))


def answer_words(definition: SchemeDefinition, name: str, value: Scalar) -> str:
    """An answer as the form shows it."""
    if isinstance(value, bool):
        return _yes_no(value)
    if name == "run_by" and value in Office.RunBy.values:
        return str(Office.RunBy(value).label)
    question = _question(definition, name)
    labels = {choice.value: str(choice.label) for choice in question.choices} if question else {}
    return labels.get(str(value), str(value))


def _yes_no(value: bool) -> str:
    return _("是") if value else _("否")


def _policy(definition: SchemeDefinition, name: str) -> str:
    declared = {parameter.name: str(parameter.label) for parameter in definition.parameters}
    return declared.get(name) or label_of(name)


def _question(definition: SchemeDefinition, name: str) -> Question | None:
    asked = (one for question in definition.questions() for one in (question, *question.columns))
    return next((question for question in asked if name in (question.name, question.as_fact)), None)
