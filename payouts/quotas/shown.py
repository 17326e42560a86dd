"""Quotas and requests about them as tables."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import QuotaShare
from applications.places import Pool
from payouts.budgeting.shown import Table, columns
from payouts.quotas.standing import Quota


def counties(quota: Quota) -> Table:
    """What each county was given, used and has left; the rest; the whole quota."""
    rows = [{"cells": [one.division.label, *_cells(one.pool)]} for one in quota.counties]
    rows.append({"cells": [_("没有分配到县的"), *_cells(quota.rest)]})
    pools = [*(one.pool for one in quota.counties), quota.rest]
    used, left = sum(one.used for one in pools), sum(one.left for one in pools)
    foot = [_("合计"), str(quota.places), str(used), str(left)]
    return Table(columns(_("地方"), numbers=[_("名额"), _("已用"), _("剩余")]), rows, foot)


def _cells(pool: Pool) -> list[str]:
    return [str(pool.places), str(pool.used), str(pool.left)]


def requests(found: Iterable[QuotaShare], named: dict[str, str]) -> Table:
    """One line a request, with a link to its page."""
    rows = [
        {
            "cells": [
                {"text": str(one.pk), "url": reverse("quotas:request", args=[one.pk])},
                named.get(one.scheme_code, one.scheme_code),
                str(one.year),
                one.to_division.label,
                one.office.label,
                str(one.get_state_display()),
                f"{one.places:+d}",
            ]
        }
        for one in found
    ]
    words = (_("编号"), _("事项"), _("年度"), _("分配给哪里"), _("提出的机关"), _("状态"))
    return Table(columns(*words, numbers=[_("名额")]), rows)
