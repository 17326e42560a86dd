"""One policy value in one division: what holds, where it comes from, what it overrides, what is under way."""

from dataclasses import dataclass
from datetime import date

from people.models import Division
from schemes.definition import Example
from schemes.models import PolicyValue, Proposal, SchemeVersion
from schemes.rules.values import OF_EVERY_SCHEME
from schemes.standing import ValueInForce, values_of


@dataclass(frozen=True)
class ValueNow:
    """A value as it stands: in force with what it overrides, else the scheme's example; later rows of the division."""

    name: str
    present: ValueInForce | None
    example: Example | None
    own: tuple[PolicyValue, ...]
    under_way: tuple[Proposal, ...]

    @property
    def assumed(self) -> bool:
        """Whether nothing stated holds: an example stands in, or a row that says so itself."""
        if self.present is not None:
            return self.present.value.basis == PolicyValue.Basis.ASSUMED
        return self.example is not None


def values_now(version: SchemeVersion, division: Division, on: date) -> list[ValueNow]:
    """Every value of a scheme in a division, in the scheme's order; then those any scheme may have."""
    definition, code = version.definition, version.scheme_id
    present = values_of(code, division, on)
    examples = {example.name: example for example in definition.examples}
    rows = PolicyValue.objects.filter(scheme=code, division=division, successor__isnull=True)
    own = list(rows.select_related("clause__document", "division").order_by("valid_from"))
    drafts = list(
        Proposal.objects.filter(
            scheme=code,
            division=division,
            kind__in=[Proposal.Kind.VALUE, Proposal.Kind.CONFIRMATION],
            state=Proposal.State.SUBMITTED,
        )
    )
    of_all = sorted(OF_EVERY_SCHEME) if definition.can_be_filed else []
    order = dict.fromkeys([*definition.policy_values, *of_all, *sorted(present)])
    return [
        ValueNow(
            name,
            present.get(name),
            examples.get(name),
            tuple(row for row in own if row.name == name),
            tuple(draft for draft in drafts if draft.content["name"] == name),
        )
        for name in order
    ]


def value_now(version: SchemeVersion, division: Division, name: str, on: date) -> ValueNow | None:
    """One of them; None when the scheme has no such value."""
    return next((value for value in values_now(version, division, on) if value.name == name), None)
