"""A paper sealed by hand and scanned, for the addresses that name one."""

from datetime import date

from django.db import transaction

from papers.seals import register, scans
from tests import world


def arguments(paper, at):
    """The arguments of the addresses of scans."""
    office = paper.office.signs_for or paper.office
    seal = register.add_wet(office, f"{office.name}公章", date(2026, 1, 1), "admin", at)
    with transaction.atomic():
        scan = scans.keep(paper, b"%PDF-1.7\nscan", 1, seal, world.user("county-clerk"), at)
    return {"approvals:seal_scan.pk": scan.pk}
