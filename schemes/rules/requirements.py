"""Requirements: what must be true of the facts, with the words that explain it and the clause it rests on."""

from schemes.rules.conditions import Condition
from schemes.rules.texts import Bilingual, Frozen


class Requirement(Frozen):
    """One condition of a scheme. It becomes one line of the assessment: pass or fail.

    `shows` is the fact whose value the line shows; `rests_on` the policy value whose document and clause it cites
    (empty: the clause of the scheme itself); `cites` a document and clause of national law instead.
    """

    code: str
    label: Bilingual
    condition: Condition
    applies_when: Condition | None = None
    shows: str = ""
    rests_on: str = ""
    cites: tuple[str, str] | None = None
