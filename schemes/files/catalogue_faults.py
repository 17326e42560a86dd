"""What must hold between scheme files and policy files: every value is one its scheme knows, readable, without gaps."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import pairwise

from schemes.definition import SchemeDefinition
from schemes.definition_checks import unreadable
from schemes.files.policy_files import OfferFile, PolicyFile, period
from schemes.rules.values import OF_EVERY_SCHEME


def faults_between(definitions: Iterable[SchemeDefinition], policies: Iterable[PolicyFile]) -> list[str]:
    """Everything that is wrong between the files, each naming its place; empty when they fit together."""
    known = {definition.code: definition for definition in definitions}
    return [*_unknown_exclusions(known), *_policy_faults(policies, known)]


def _unknown_exclusions(known: Mapping[str, SchemeDefinition]) -> Iterator[str]:
    """Schemes that are excluded and do not exist."""
    for code, definition in known.items():
        for exclusion in definition.excludes:
            if exclusion.scheme not in known:
                yield f"catalogue/{code}.toml: excludes {exclusion.scheme}, which does not exist; correct the code"


def _policy_faults(policies: Iterable[PolicyFile], known: Mapping[str, SchemeDefinition]) -> list[str]:
    return [
        f"policies/{policy.division}.toml: {offer.scheme} {offer.clause}: {fault}"
        for policy in policies
        for offer in policy.schemes
        for fault in (*_value_faults(offer, known), *_gaps(policy, offer))
    ]


def _value_faults(offer: OfferFile, known: Mapping[str, SchemeDefinition]) -> Iterator[str]:
    definition = known.get(offer.scheme)
    if definition is None:
        yield "there is no such scheme; write its file in catalogue/ or correct the code"
        return
    for value in offer.values:
        if value.name not in {*definition.policy_values, *OF_EVERY_SCHEME}:
            yield f"{value.name} is not among the policy_values of the scheme; add it there or correct the name"
        yield from unreadable(value.name, value.value, definition.parameter_kinds)


def _gaps(policy: PolicyFile, offer: OfferFile) -> Iterator[str]:
    """Days between two values of one name on which none holds."""
    document = policy.document(offer.document)
    for name in sorted({value.name for value in offer.values}):
        periods = sorted(period(value, document) for value in offer.values if value.name == name)
        for (_starts, ends), (following, _ends) in pairwise(periods):
            if ends is not None and following > ends + timedelta(days=1):
                yield f"{name}: no value holds after {ends} until {following}; close the gap or end the clause"
