"""Filters in an address: read from it, written back into links."""

import re
from decimal import Decimal
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import QueryDict

from approvals.inbox.filters import DUE_LABELS, FLAG_LABELS, Filters
from approvals.inbox.order import ORDERS
from approvals.inbox.search import looks_like_id
from approvals.inbox.tabs import TABS, TODO
from people.forms import MoneyField

LONGEST_SEARCH = 60
CODE, HASH, NUMBER = re.compile(r"[a-z0-9_-]{1,60}"), re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9]{1,18}")


def read_filters(data: QueryDict) -> Filters:
    """The filters an address carries; what is not understood narrows nothing.

    A citizen ID in an address is not searched for: it belongs into the box, which keeps it out of addresses.
    """
    search = data.get("q", "").strip()[:LONGEST_SEARCH]
    return Filters(
        tab=_one_of(TABS, data.get("tab", "")) or TODO,
        scheme=_matching(CODE, data.get("scheme", "")),
        stage=_matching(CODE, data.get("stage", "")),
        county=_matching(CODE, data.get("county", "")),
        due=_one_of(DUE_LABELS, data.get("due", "")),
        amount_from=_amount(data.get("amount_from", "")),
        amount_to=_amount(data.get("amount_to", "")),
        flags=tuple(flag for flag in FLAG_LABELS if flag in data.getlist("flag")),
        mine=data.get("mine") == "on",
        sort=_one_of(ORDERS, data.get("sort", "")),
        search="" if looks_like_id(search) else search,
        person=_matching(HASH, data.get("person", "")),
        label=int(data["label"]) if NUMBER.fullmatch(data.get("label", "")) else None,
        tab_given=data.get("tab", "") in TABS,
    )


def query_of(filters: Filters, **more: object) -> str:
    """The filters as the query of a link, with a leading question mark; "" where nothing is filtered."""
    parts = {
        "tab": filters.tab if filters.tab_given or filters.tab != TODO else "",
        "scheme": filters.scheme,
        "stage": filters.stage,
        "county": filters.county,
        "due": filters.due,
        "amount_from": "" if filters.amount_from is None else str(filters.amount_from),
        "amount_to": "" if filters.amount_to is None else str(filters.amount_to),
        "flag": list(filters.flags),
        "mine": "on" if filters.mine else "",
        "sort": filters.sort,
        "label": filters.label or "",
        "q": filters.search,
        "person": filters.person,
        **more,
    }
    encoded = urlencode({name: value for name, value in parts.items() if value}, doseq=True)
    return f"?{encoded}" if encoded else ""


def _one_of(known, text: str) -> str:
    return text if text in known else ""


def _matching(form: re.Pattern[str], text: str) -> str:
    return text if form.fullmatch(text) else ""


def _amount(text: str) -> Decimal | None:
    try:
        return MoneyField(required=False).clean(text)
    except ValidationError:
        return None
