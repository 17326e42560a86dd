"""A page as it is served, before any script: what it weighs, what it leaves to script, whom one can ask."""

import gzip
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from lxml import html

COMPRESSED = (".css", ".js", ".svg")
# What script adds to a page that works without it: told by these, hidden where no script runs, and nothing is lost.
ADDED = "ancestor-or-self::*[self::dialog or @data-copy or @data-print or @data-passkey]"
FAULTS = {
    "a button outside every form": f"//button[not(ancestor::form) and not(@form) and not({ADDED})]",
    "a button that sends nothing": f"//form//button[@type='button' and not({ADDED}) and not(ancestor::*[@hidden])]",
    "added by script, yet in sight": "//*[@data-copy or @data-print or @data-passkey][not(@hidden)]",
    "a link to nowhere": "//a[not(@href) or @href='#' or starts-with(@href, 'javascript:')]",
    "hidden until script runs": f"//*[@hidden and not({ADDED}) and .//*[self::a or self::button or self::select]]",
    "script in the page": "//script[not(@src) and not(@type='application/json')] | //*[@onclick or @onchange]",
}
SENDS = ".//button[not(@type='button' or @type='reset')] | .//input[@type='submit']"


def weight(response: HttpResponse) -> int:
    """Bytes that travel when a page is opened first: itself, styles, scripts and pictures, packed as they are sent."""
    wanted = html.fromstring(response.content).xpath(
        "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src"
    )
    return len(gzip.compress(response.content)) + sum(
        _weight_of(one) for one in set(wanted) if not one.startswith("data:")
    )


@cache
def _weight_of(address: str) -> int:
    path = urlsplit(address).path
    found = finders.find(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else None
    if found is None:
        return 0  # a picture of the case: looked at, not needed to read the page
    content = Path(found).read_bytes()
    return len(gzip.compress(content)) if found.endswith(COMPRESSED) else len(content)


def needs_script(response: HttpResponse) -> list[str]:
    """What on the page does nothing, or is not there, where no script runs; forms that cannot be sent."""
    tree = html.fromstring(response.content)
    faults = [f"{fault}: {_told(one)}" for fault, where in FAULTS.items() for one in tree.xpath(where)]
    return faults + [fault for form in tree.xpath("//form") for fault in _form_faults(tree, form)]


def _form_faults(tree: html.HtmlElement, form: html.HtmlElement) -> list[str]:
    """A form has an address of ours, a button to send it and, where it is posted, its token."""
    faults, posted = [], (form.get("method") or "get").lower() == "post"
    if not form.xpath(SENDS) and not tree.xpath(f"//button[@form='{form.get('id')}']"):
        faults.append(f"a form without a button: {_told(form)}")
    if posted and not form.xpath(".//input[@name='csrfmiddlewaretoken']"):
        faults.append(f"a form without a token: {_told(form)}")
    try:
        resolve(urlsplit(form.get("action") or "/").path or "/")
    except Resolver404:
        faults.append(f"a form to nowhere: {_told(form)}")
    return faults


def says_whom_to_ask(response: HttpResponse, phone: str) -> bool:
    """Whether the page tells a telephone for help that can be dialled from it."""
    return bool(html.fromstring(response.content).xpath(f"//a[@href='tel:{phone}']"))


def _told(one: html.HtmlElement) -> str:
    return html.tostring(one, encoding="unicode").replace("\n", " ")[:140]
