"""One sum of money for each of a few named things: empty means that the thing is not asked for."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.forms.numbers import MoneyField, money_box
from people.forms.parts import PartsBoundField, PartsWidget

Things = Sequence[tuple[str, str]]
FEN = Decimal("0.01")


class NamedSumsWidget(PartsWidget):
    """One box for a sum beside the name of each thing."""

    template_name = "django/forms/widgets/named_sums.html"

    def __init__(self, things: Things, attrs=None) -> None:
        self.things = list(things)
        super().__init__({code: money_box() for code, _label in self.things}, attrs)

    def decompress(self, value: Mapping[str, Any] | None) -> list[Any]:
        """The sums in the order of the boxes."""
        return [(value or {}).get(code) for code, _label in self.things]

    def dress(self, part: int) -> tuple[str, str]:
        """The name of the thing."""
        return self.things[part][1], "govuk-input govuk-input--width-10"


class NamedSumsField(forms.Field):
    """A sum for each of a few things; clean gives {code: sum} of those that have one. An error names its thing."""

    bound_field_class = PartsBoundField
    default_error_messages = {"required": _("请至少填写一项的金额"), "of_one": _("%(thing)s：%(message)s")}

    def __init__(self, *, things: Things, **kwargs) -> None:
        kwargs.setdefault("widget", NamedSumsWidget(things))
        super().__init__(**kwargs)
        self.things = list(things)
        self.one = MoneyField(required=False, smallest=FEN)

    def clean(self, value: Sequence[str] | None) -> dict[str, Decimal]:
        """The sums that were typed, read one by one; all faults are told at once."""
        found, faults = {}, []
        for part, ((code, label), typed) in enumerate(zip(self.things, value or [""] * len(self.things), strict=True)):
            try:
                found[code] = self.one.clean(typed)
            except ValidationError as error:
                faults.append(self._fault(part, label, error))
        if faults:
            raise ValidationError(faults)
        given = {code: sum_ for code, sum_ in found.items() if sum_ is not None}
        if self.required and not given:
            everywhere = {"part": 0, "parts": range(len(self.things))}
            raise ValidationError(self.error_messages["required"], code="required", params=everywhere)
        return given

    def _fault(self, part: int, label: str, error: ValidationError) -> ValidationError:
        told = {"thing": label, "message": error.messages[0], "part": part, "parts": (part,)}
        return ValidationError(self.error_messages["of_one"], code="of_one", params=told)
