"""The form an official decides with: one form for every kind of stage, only what the outcome needs is checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from applications.forms import FieldContext, field_for
from applications.models import Correction
from approvals import outcomes
from approvals.forms.hints import COSIGN_HINTS, HINTS
from approvals.outcomes import Outcome
from approvals.said import Answered, Said
from people.forms import BaseForm, CheckboxesField, ChoiceRadioField, DatePartsField
from schemes.definition import Question, SchemeDefinition

LONGEST_TEXT, LONGEST_MESSAGE, LONGEST_OFFICE, LONGEST_NUMBER = 2000, 300, 80, 60
ENTRY, ASK, SAY = "entry_", "ask_", "say_"


@dataclass(frozen=True)
class Point:
    """Something the applicant can be asked to correct: a question or a paper."""

    target: str
    name: str
    label: str

    @property
    def key(self) -> str:
        """Its part of a field name."""
        return f"{self.target}_{self.name}"


@dataclass(frozen=True)
class Offer:
    """What a decision form offers: outcomes, points to correct, stages to send back to, questions to answer.

    `failing` are codes of assessment lines that fail: reasons that cite them are ticked beforehand. `can_override`:
    policy lets the official grant beside what else the subject holds. `can_overtake`: others who came earlier wait for
    money. `cosign`: the second of two signs.
    """

    item: int
    version: int
    definition: SchemeDefinition
    outcomes: tuple[str, ...]
    points: tuple[Point, ...] = ()
    stages: tuple[tuple[str, str], ...] = ()
    questions: tuple[Question, ...] = ()
    stored: Mapping[str, Any] | None = None
    failing: frozenset[str] = frozenset()
    can_override: bool = False
    can_overtake: bool = False
    cosign: bool = False


class DecisionForm(BaseForm):
    """Outcome and opinion, and what belongs to each outcome. `said()` is what the door is told."""

    mark_optional = False
    item = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, offer: Offer, context: FieldContext, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=_initial(offer))
        self.offer = offer
        for question in offer.questions:
            self.fields[ENTRY + question.name] = field_for(question, context)
            self.fields[ENTRY + question.name].required = False
        self.fields["outcome"] = _outcome_field(offer)
        if Outcome.REFUSE in offer.outcomes:
            self._offer_reasons(offer)
        if self.can_record_answer:
            self._offer_answer(context.today)
        if Outcome.CORRECTION in offer.outcomes:
            self._offer_points(offer)
        if Outcome.SEND_BACK in offer.outcomes:
            self._offer_stages(offer)
        if self.can_override:
            label = _("我已核对上面的提示，仍然批准；理由写在下面")
            self.fields["override"] = forms.BooleanField(label=label, required=False)
        if self.can_overtake:
            label = _("我已核对等待名单，先办本案；理由写在下面")
            self.fields["overtake"] = forms.BooleanField(label=label, required=False)
        self.fields["text"] = _text_field(offer)

    def _offer_reasons(self, offer: Offer) -> None:
        choices = [(reason.code, str(reason.label)) for reason in offer.definition.refusal_reasons]
        hints = {reason.code: str(reason.text) for reason in offer.definition.refusal_reasons}
        label = _("不予批准的理由")
        self.fields["reasons"] = CheckboxesField(label=label, choices=choices, hints=hints, required=False)
        self.fields["reasons_checked"] = forms.BooleanField(label=_("以上理由我已逐条核对"), required=False)

    def _offer_answer(self, today: date) -> None:
        box = forms.TextInput({"autocomplete": "off"})
        self.fields["answered_by"] = forms.CharField(
            label=_("作出答复的单位"), max_length=LONGEST_OFFICE, required=False, widget=box
        )
        self.fields["answered_on"] = DatePartsField(label=_("答复日期"), latest=today, required=False)
        self.fields["answer_number"] = forms.CharField(
            label=_("答复文号"), help_text=_("没有文号的不填。"), max_length=LONGEST_NUMBER, required=False, widget=box
        )

    def _offer_points(self, offer: Offer) -> None:
        kinds = Correction.Kind.choices
        self.fields["correction_kind"] = ChoiceRadioField(label=_("补正原因"), choices=kinds, required=False)
        for point in offer.points:
            self.fields[ASK + point.key] = forms.BooleanField(label=point.label, required=False)
            label = _("“%(label)s”要怎样补正") % {"label": point.label}
            box = forms.TextInput({"autocomplete": "off"})
            self.fields[SAY + point.key] = forms.CharField(
                label=label, max_length=LONGEST_MESSAGE, required=False, widget=box
            )

    def _offer_stages(self, offer: Offer) -> None:
        choices = [("", _("请选择")), *offer.stages]
        self.fields["target"] = forms.ChoiceField(label=_("退回到哪个环节"), choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        """What the chosen outcome needs is there; nothing else is asked for."""
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome in outcomes.NEEDS_TEXT and not cleaned.get("text"):
            self.add_error("text", outcomes.words_missing(outcome))
        if outcome == Outcome.GRANT and cleaned.get("override") and not cleaned.get("text"):
            self.add_error("text", _("请写明为什么仍然批准。"))
        if outcome == Outcome.GRANT and cleaned.get("overtake") and not cleaned.get("text"):
            self.add_error("text", _("请写明为什么先办本案。"))
        if outcome in outcomes.ANSWERS:
            self._check_answer(cleaned)
        if outcome == Outcome.REFUSE:
            self._check_reasons(cleaned)
        if outcome == Outcome.CORRECTION:
            self._check_points(cleaned)
        if outcome == Outcome.SEND_BACK and not cleaned.get("target"):
            self.add_error("target", _("请选择退回的环节。"))
        if outcome in outcomes.CLOSES_CLEANLY:
            self._check_entries(cleaned)
        return cleaned

    def _check_answer(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("answered_by"):
            self.add_error("answered_by", _("请填写作出答复的单位。"))
        if cleaned.get("answered_on") is None and "answered_on" not in self.errors:
            self.add_error("answered_on", _("请填写答复日期。"))

    def _check_reasons(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("reasons"):
            self.add_error("reasons", _("请至少勾选一条不予批准的理由。"))
        elif not cleaned.get("reasons_checked"):
            self.add_error("reasons_checked", _("请逐条核对理由后勾选。"))

    def _check_points(self, cleaned: dict[str, Any]) -> None:
        touched = False
        for point in self.offer.points:
            ticked, words = cleaned.get(ASK + point.key), cleaned.get(SAY + point.key)
            touched = touched or bool(ticked or words)
            if ticked and not words:
                self.add_error(SAY + point.key, _("请写明“%(label)s”要怎样补正。") % {"label": point.label})
            if words and not ticked:
                text = _("您写了“%(label)s”要怎样补正，但没有勾选。请勾选，或者删去文字。")
                self.add_error(ASK + point.key, text % {"label": point.label})
        if not touched and self.offer.points:
            self.add_error(ASK + self.offer.points[0].key, _("请至少指明一项需要补正的内容。"))

    def _check_entries(self, cleaned: dict[str, Any]) -> None:
        needed = [question for question in self.offer.questions if question.required and not question.nullable]
        for question in needed:
            name = ENTRY + question.name
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("请填写“%(label)s”。") % {"label": question.label})

    def said(self) -> Said:
        """What was entered, as the door takes it. Only what belongs to the chosen outcome goes along."""
        cleaned = self.cleaned_data
        outcome = cleaned["outcome"]
        correcting = outcome == Outcome.CORRECTION
        chosen = [point for point in self.offer.points if correcting and cleaned.get(ASK + point.key)]
        return Said(
            outcome=outcome,
            text=cleaned["text"],
            reasons=tuple(cleaned["reasons"]) if outcome == Outcome.REFUSE else (),
            points=tuple((point.target, point.name, cleaned[SAY + point.key]) for point in chosen),
            correction_kind=cleaned.get("correction_kind") or Correction.Kind.INCOMPLETE,
            entries=self._entries(),
            target=cleaned["target"] if outcome == Outcome.SEND_BACK else "",
            answered=self._answered() if outcome in outcomes.ANSWERS else Answered(),
            override=outcome == Outcome.GRANT and bool(cleaned.get("override")),
            overtake=outcome == Outcome.GRANT and bool(cleaned.get("overtake")),
        )

    def _answered(self) -> Answered:
        cleaned = self.cleaned_data
        return Answered(cleaned["answered_by"], cleaned["answered_on"], cleaned["answer_number"])

    def _entries(self) -> dict[str, Any]:
        given = {question.name: self.cleaned_data.get(ENTRY + question.name) for question in self.offer.questions}
        return {name: value for name, value in given.items() if value not in (None, "")}

    def add_refused(self, errors: Mapping[str, str], message: str) -> None:
        """Put what the door found wrong beside the fields it concerns; the rest on top."""
        facts = {question.as_fact: ENTRY + question.name for question in self.offer.questions}
        placed = False
        for name, text in errors.items():
            field = name if name in self.fields else facts.get(name, ENTRY + name)
            self.add_error(field if field in self.fields else None, text)
            placed = True
        if not placed:
            self.add_error(None, message)

    @property
    def entry_fields(self) -> list[BoundField]:
        """What the stage asks of the official."""
        return [self[ENTRY + question.name] for question in self.offer.questions]

    @property
    def point_fields(self) -> list[tuple[BoundField, BoundField]]:
        """Each point: the tick, and what to do about it."""
        if Outcome.CORRECTION not in self.offer.outcomes:
            return []
        return [(self[ASK + point.key], self[SAY + point.key]) for point in self.offer.points]

    @property
    def can_record_answer(self) -> bool:
        """Whether the answer of another office is recorded here."""
        return bool(set(outcomes.ANSWERS) & set(self.offer.outcomes))

    @property
    def can_override(self) -> bool:
        """Whether a grant beside what else the subject holds is offered."""
        return self.offer.can_override and Outcome.GRANT in self.offer.outcomes

    @property
    def can_overtake(self) -> bool:
        """Whether a grant before others who wait for money is offered."""
        return self.offer.can_overtake and Outcome.GRANT in self.offer.outcomes

    @property
    def can_refuse(self) -> bool:
        """Whether reasons are offered."""
        return "reasons" in self.fields

    @property
    def can_send_back(self) -> bool:
        """Whether stages are offered."""
        return "target" in self.fields


def offer_context(today: date, policy: Mapping[str, Any]) -> FieldContext:
    """How entry fields are built for an official: the browser fills in nothing."""
    return FieldContext(today=today, own=False, policy=policy)


def _initial(offer: Offer) -> dict[str, Any]:
    stored = offer.stored or {}
    entries = {ENTRY + question.name: stored[question.name] for question in offer.questions if question.name in stored}
    failing = [reason.code for reason in offer.definition.refusal_reasons if offer.failing & set(reason.lines)]
    return {
        "outcome": offer.outcomes[0] if len(offer.outcomes) == 1 else None,
        "item": offer.item,
        "version": offer.version,
        "reasons": failing,
        "correction_kind": Correction.Kind.INCOMPLETE,
        "target": offer.stages[-1][0] if offer.stages else "",
        **entries,
    }


def _outcome_field(offer: Offer) -> ChoiceRadioField:
    choices = [(outcome, Outcome(outcome).label) for outcome in offer.outcomes]
    told = HINTS | COSIGN_HINTS if offer.cosign else HINTS
    hints = {outcome: told[outcome] for outcome in offer.outcomes if outcome in told}
    messages = {"required": _("请选择办理结果。"), "invalid_choice": _("请选择办理结果。")}
    return ChoiceRadioField(label=_("办理结果"), choices=choices, hints=hints, error_messages=messages)


def _text_field(offer: Offer) -> forms.CharField:
    box = forms.Textarea({"rows": 4, "maxlength": LONGEST_TEXT})
    label, help_text = _text_words(offer)
    return forms.CharField(label=label, help_text=help_text, widget=box, max_length=LONGEST_TEXT, required=False)


def _text_words(offer: Offer) -> tuple[str, str]:
    """What the box for words is called, and when it has to be filled in."""
    if set(outcomes.ANSWERS) & set(offer.outcomes):
        return _("答复内容或意见"), _("登记答复时照主管单位的原话写，会写进给申请人的告知书；退回时写明理由。")
    needing = [str(Outcome(outcome).label) for outcome in offer.outcomes if outcome in outcomes.NEEDS_TEXT]
    help_text = _("选“%(outcomes)s”时必须写明理由。") % {"outcomes": _("”“").join(needing)} if needing else ""
    return _("意见或理由"), help_text
