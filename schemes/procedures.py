"""Built-in procedures: routes that are the same for every scheme, because the law of procedure sets them."""

from schemes.definition import SchemeDefinition
from schemes.routes import Stage
from schemes.texts import LocalText

EX_OFFICIO = "ex_officio"
PROPOSE, DECIDE = "ex_officio_propose", "ex_officio_decide"

# Level subject_office: the office that made the decision in question, which the route is told by its number.
# assumed: no text of the first two divisions states how many days an ex officio case may take.
STAGES: dict[str, tuple[Stage, ...]] = {
    EX_OFFICIO: (
        Stage(
            code=PROPOSE,
            kind="review",
            label=LocalText(zh="调查、告知和提出处理意见", en="Investigation, prior notice and proposal"),
            public_label=LocalText(zh="核实情况，告知并听取您的陈述申辩", en="We check, tell you, and hear your side"),
            function="government",
            level="subject_office",
            role="reviewer",
            days=20,
        ),
        Stage(
            code=DECIDE,
            kind="decide",
            label=LocalText(zh="作出处理决定", en="Decision"),
            public_label=LocalText(zh="作出处理决定", en="The office decides"),
            function="government",
            level="subject_office",
            role="approver",
            days=10,
        ),
    ),
}
# The stages of every procedure.
CODES = frozenset(stage.code for stages in STAGES.values() for stage in stages)


def followed(definition: SchemeDefinition, procedure: str) -> SchemeDefinition:
    """The scheme with the stages of a procedure in place of its own; the scheme itself where none is named."""
    return definition.model_copy(update={"stages": STAGES[procedure]}) if procedure else definition
