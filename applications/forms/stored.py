"""Fields whose clean gives plain JSON, as a case stores its answers."""

from typing import Any

from django import forms

from people.forms import DatePartsField, MoneyField, NamedSumsField, PercentField

Options = list[tuple[str, list[tuple[str, str]]]]


class StoredDateField(DatePartsField):
    """A date, stored as ISO text."""

    def clean(self, value: Any) -> str | None:
        """2027-03-09."""
        found = super().clean(value)
        return found.isoformat() if found else None


class StoredMoneyField(MoneyField):
    """An amount in 元, stored as text with two places."""

    def clean(self, value: Any) -> str | None:
        """1000.00."""
        found = super().clean(value)
        return None if found is None else str(found)


class PlaceField(forms.ChoiceField):
    """A county, township or school from a grouped list."""

    def __init__(self, *, groups: Options, placeholder: str, **options: Any) -> None:
        super().__init__(choices=[("", placeholder), *groups], **options)


class SchoolField(PlaceField):
    """A school, stored by the number of its office."""

    def clean(self, value: Any) -> int | None:
        """The office's number."""
        found = super().clean(value)
        return int(found) if found else None


class StoredPercentField(PercentField):
    """A percent, stored as text."""

    def clean(self, value: Any) -> str | None:
        """4.35."""
        found = super().clean(value)
        return None if found is None else f"{found:f}"


class LongTextField(forms.CharField):
    """Several lines, stored with one sign at the end of each, however the browser sent them."""

    def to_python(self, value: Any) -> str:
        """The lines as one text."""
        return super().to_python(value).replace("\r\n", "\n")


class ComponentsField(NamedSumsField):
    """What each component cost, stored as rows; a component without a cost is not claimed."""

    def clean(self, value: Any) -> list[dict[str, str]]:
        """[{"component": "ramp", "cost": "1000.00"}]."""
        return [{"component": code, "cost": str(cost)} for code, cost in super().clean(value).items()]

    def prepare_value(self, value: Any) -> Any:
        """Stored rows as the boxes read them; what was typed stays as it is."""
        if value and isinstance(value[0], dict):
            return {row["component"]: row["cost"] for row in value}
        return value
