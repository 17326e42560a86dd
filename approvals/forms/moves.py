"""The small forms of the moves: to whom, where, and in what words."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.models import Move
from approvals.moves.offers import Offer
from people.forms import CheckboxesField, ChoiceRadioField, RefusableForm
from people.models import Office, User
from workflows.models import WorkItem

Kind, Placement = Move.Kind, WorkItem.Placement
LONGEST_WORDS = 500
# What the words of a move are called.
WORDS = {
    Kind.DELEGATE: gettext_lazy("请对方就什么提出意见"),
    Kind.DELEGATE_BACK: gettext_lazy("您的意见"),
    Kind.ADD_SEAT: gettext_lazy("请对方就什么提出意见"),
    Kind.COPY: gettext_lazy("附言"),
    Kind.URGE: gettext_lazy("附言"),
    Kind.CALL_BACK: gettext_lazy("附言"),
}
REASON = gettext_lazy("理由")
WHOM = {
    Kind.HAND_OVER: gettext_lazy("转给"),
    Kind.DELEGATE: gettext_lazy("委托给"),
    Kind.REASSIGN: gettext_lazy("改派给"),
}
PLACEMENT_HINTS = {
    Placement.BEFORE: gettext_lazy("对方先提出意见，本席位等待"),
    Placement.BESIDE: gettext_lazy("同时办理，都办完才进入下一环节"),
    Placement.AFTER: gettext_lazy("本席位办完以后由对方办理，再进入下一环节"),
}


class MoveForm(RefusableForm):
    """One move. `cleaned_data` has text, and as the move needs them: to_user, to_users, office, named and placement."""

    def __init__(self, offer: Offer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"{offer.key}-%s")
        self.offer = offer
        if offer.item is not None:
            self.fields["item"] = forms.IntegerField(widget=forms.HiddenInput, initial=offer.item.pk)
        if offer.kind in WHOM:
            self.fields["to_user"] = _one_of(WHOM[offer.kind], offer.people)
        if offer.kind == Kind.ADD_SEAT:
            self._offer_seats(offer)
        if offer.kind == Kind.COPY:
            self.fields["to_users"] = _several_of(offer.people)
        box = forms.Textarea({"rows": 3, "maxlength": LONGEST_WORDS})
        label = WORDS.get(offer.kind, REASON)
        self.fields["text"] = forms.CharField(label=label, widget=box, max_length=LONGEST_WORDS, required=offer.words)
        self.say_what_is_missing()

    def _offer_seats(self, offer: Offer) -> None:
        self.fields["seat"] = forms.ChoiceField(label=_("请谁提出意见"), choices=_seat_choices(offer))
        choices = [(code, Placement(code).label) for code in offer.placements]
        self.fields["placement"] = ChoiceRadioField(label=_("加在哪里"), choices=choices, hints=PLACEMENT_HINTS)

    def clean(self) -> dict[str, Any]:
        """Keys become the users and the office they stand for; the choices have checked them."""
        cleaned = super().clean() or {}
        people = {str(user.pk): user for user in self.offer.people}
        if cleaned.get("to_user"):
            cleaned["to_user"] = people[cleaned["to_user"]]
        if "to_users" in cleaned:
            cleaned["to_users"] = [people[key] for key in cleaned["to_users"]]
        if cleaned.get("seat"):
            cleaned["office"], cleaned["named"] = self._seat_of(cleaned["seat"])
        return cleaned

    def _seat_of(self, value: str) -> tuple[Office, User | None]:
        office, _colon, user = value.partition(":")
        for one, able in self.offer.seats:
            if str(one.pk) == office:
                return one, next((person for person in able if str(person.pk) == user), None)
        raise KeyError(value)


def _one_of(label: Callable[[], str], people: tuple[User, ...]) -> forms.ChoiceField:
    choices = [("", _("请选择")), *((str(user.pk), str(user)) for user in people)]
    return forms.ChoiceField(label=label, choices=choices)


def _several_of(people: tuple[User, ...]) -> CheckboxesField:
    choices = [(str(user.pk), str(user)) for user in people]
    return CheckboxesField(label=_("抄送给"), choices=choices)


def _seat_choices(offer: Offer) -> list:
    """Offices with their reviewers: anybody there, or one by name."""
    groups = [
        (
            office.label,
            [
                (str(office.pk), _("%(office)s：任何一位审核人员") % {"office": office.label}),
                *((f"{office.pk}:{user.pk}", str(user)) for user in able),
            ],
        )
        for office, able in offer.seats
    ]
    return [("", _("请选择")), *groups]
