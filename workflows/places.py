"""Which office acts at a stage: found from the case's division, or the office the case itself names."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from people.models import Division, Office
from people.refusals import Invalid
from schemes.routes import Seat, Stage


@dataclass(frozen=True)
class Place:
    """Where a case belongs: its division, and the office named in it (a school), if any."""

    division: str
    subject_office: int | None = None

    def as_data(self) -> dict[str, Any]:
        """For the process row."""
        return asdict(self)


def office_for(placed: Stage | Seat, place: Place, routing: dict[str, Any]) -> Office:
    """The office that acts at a stage or in a seat.

    Raises Invalid when the directory has none: the case cannot go on and the applicant is told whom to ask.
    """
    if placed.level == "subject_office":
        return Office.objects.select_related("division").get(pk=place.subject_office)
    division = Division.objects.get(pk=place.division)
    # Shanghai and Chongqing have no prefecture tier: the municipality stands in for it.
    code = division.at_level(placed.level) or (division.province_id if placed.level == "prefecture" else "")
    function = placed.office_function(routing)
    office = Office.objects.select_related("division").filter(division_id=code, function=function).first()
    if office is None:
        raise Invalid(
            _("“%(stage)s”环节还没有登记办理机关，暂时不能办理。请拨打服务电话咨询。") % {"stage": placed.label},
            code="no_office",
        )
    return office
