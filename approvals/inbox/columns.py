"""Which columns a list has, and which of them an official sees."""

from django.utils.translation import gettext_lazy as _

NAME, SCHEME, PLACE, STAGE, DUE, OWNER, AMOUNT, ARRIVED, MARKS = (
    "name", "scheme", "place", "stage", "due", "owner", "amount", "arrived", "marks",
)  # fmt: skip
# In the order in which they stand; the number is always there, it is the way into the case.
COLUMN_LABELS = {
    NAME: _("姓名或单位"),
    SCHEME: _("事项"),
    PLACE: _("地区"),
    STAGE: _("环节"),
    AMOUNT: _("金额"),
    DUE: _("到期"),
    ARRIVED: _("到件"),
    OWNER: _("签收人"),
    MARKS: _("标记"),
}
USUAL = (NAME, SCHEME, PLACE, STAGE, DUE, OWNER)


def shown(chosen: list[str] | None) -> tuple[str, ...]:
    """The columns to show, in their order; the usual ones where nothing was chosen."""
    return tuple(column for column in COLUMN_LABELS if column in (chosen or USUAL))
