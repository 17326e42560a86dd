"""Which variables a letter may use, and which it may not do without.

A scheme's letter may use what an act of its kind can fill in; a standard letter what its file names. What states the
case, the sum, the day, the reason or the clause stays in the text: an editor changes words, not what is told.
"""

from schemes.definition import SchemeDefinition
from schemes.letters import variables_of
from schemes.texts import LocalText

ALWAYS = frozenset({"name", "case_number", "scheme", "submitted_on", "organ", "division"})
BASIS = frozenset({"document", "clause"})
MONEY = frozenset({"amount", "amount_capitals"})
MONTHS = frozenset({"months", "first_month", "last_month"})
GRANTED = BASIS | MONEY | {"accepted_on"}
# What the act that issues a letter of a kind fills in besides.
FILLED: dict[str, frozenset[str]] = {
    "acceptance": frozenset({"accepted_on", "due_on"}),
    "correction": frozenset({"due_on"}),
    "not_accepted": frozenset({"reason"}),
    "refusal": BASIS | {"accepted_on", "reason"},
    "grant": GRANTED,
    "waiver_grant": GRANTED,
    "phase_out": GRANTED | MONTHS,
    "service": BASIS | {"accepted_on"},
    "referral": frozenset({"accepted_on", "due_on", "refer_to"}),
    "answer": frozenset({"accepted_on", "refer_to", "answer"}),
}
# Who writes to whom may be said in other words, or stand in the head of the paper alone.
MAY_BE_LEFT_OUT = frozenset({"name", "you", "organ", "division", "submitted_on", "accepted_on"})


def used_in(title: LocalText, body: LocalText) -> set[str]:
    """The variables of title and body. Raises ValueError for braces that hold no bare name."""
    return variables_of(title) | variables_of(body)


def of_scheme(definition: SchemeDefinition, kind: str) -> frozenset[str]:
    """What a letter of a scheme may use: never months without a schedule, nor whom to refer to where nobody is named.

    What its own text uses already stays allowed.
    """
    known = ALWAYS | FILLED.get(kind, frozenset())
    if not definition.refer_to:
        known -= {"refer_to"}
    letter = definition.letters[kind]
    return known | used_in(letter.title, letter.body)


def needed(title: LocalText, body: LocalText) -> frozenset[str]:
    """What a new text may not do without: everything the first one tells, but forms of address."""
    return frozenset(used_in(title, body)) - MAY_BE_LEFT_OUT
