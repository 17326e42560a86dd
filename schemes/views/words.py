"""Words both policy pages use."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Division
from schemes.models import PolicyDocument
from schemes.standing import IN_FORCE, NO_CLAUSE, NOT_YET, RUN_OUT, Standing

STATES = {
    IN_FORCE: gettext_lazy("有效"),
    RUN_OUT: gettext_lazy("已到期，未收录后续文件"),
    NOT_YET: gettext_lazy("尚未生效"),
    NO_CLAUSE: gettext_lazy("本系统尚未收录当地依据"),
}
# The state whose colour the tag takes.
LOOKS = {IN_FORCE: "in_force", RUN_OUT: "stopped", NOT_YET: "planned", NO_CLAUSE: "missing"}


def tag_of(standing: Standing) -> dict[str, str]:
    """The state as a cell of a table, or a tag."""
    return {"text": str(STATES[standing.state]), "state": LOOKS[standing.state]}


def period_of(document: PolicyDocument) -> str:
    """From when to when a document is in force."""
    return span(document.in_force_from, document.in_force_to)


def span(begins: date, ends: date | None) -> str:
    """A period in words."""
    if ends is None:
        return _("%(begins)s起") % {"begins": begins.isoformat()}
    return _("%(begins)s至%(ends)s") % {"begins": begins.isoformat(), "ends": ends.isoformat()}


def full_names(divisions: list[Division]) -> dict[str, str]:
    """Each division with the names of those above it: two counties may share a name."""
    codes = {code for division in divisions for code in division.lineage}
    names = {one.pk: one.label for one in Division.objects.filter(pk__in=codes) if one.level != Division.Level.NATION}
    return {one.pk: " ".join(names[code] for code in one.lineage if code in names) for one in divisions}
