"""Files that mean harm, sent by HTTP to every page that takes a file: refused with words, and nothing is kept."""

import ast
import io
import os
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache as site_cache
from django.core.files.storage import default_storage
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests import world
from tests.applications import malicious
from tests.journeys import file_doors
from tests.journeys.everything import client_of, everything
from tests.journeys.file_doors import ANY, DOORS, PICTURE, TABLE, TOML, VERIFY, ZIP
from tests.journeys.site_map import addresses, patterns

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "zhida-name"
HARM = {**malicious.REFUSED, "png": malicious.png, "lying archive": malicious.lying_zip}
HARM["too large"] = lambda: malicious.png() + bytes(settings.UPLOAD_MAX_BYTES)
# What comes in by each kind of door; test_malicious_uploads.py tries the functions behind them with all there is.
TEXTS = ("html", "svg", "empty", "program", "too large")
OF_KIND = {
    PICTURE: ("eicar", *TEXTS, "huge picture", "cut off picture", "archive", "restricted pdf"),
    TABLE: ("eicar", *TEXTS, "png", "archive", "lying archive"),
    TOML: ("eicar", *TEXTS, "png", "archive"),
    ZIP: ("eicar", *TEXTS, "png"),
    ANY: (*TEXTS, "png", "archive", "restricted pdf", "broken pdf"),
    # Any PDF gets an answer there: that it is none of ours.
    VERIFY: (*TEXTS, "png", "archive"),
}
# Names that a form still takes for names: what is none at all is refused before any page sees it.
NAMES = [name for name in malicious.NAMES if name.strip(".") and "\0" not in name]
made = cache(lambda kind: HARM[kind]())


def test_every_template_with_a_form_for_files_belongs_to_a_door():
    """So that a page no account of the tests reaches is not forgotten."""
    found = {
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").rglob("*.html")
        if "multipart/form-data" in path.read_text("utf-8")
    }
    assert found == {template for door in DOORS.values() for template in door.templates}
    assert set(DOORS) <= {name for name, _pattern in patterns()}


# Pictures shown in place; the licence of the code; words to programs.
NO_DOWNLOADS = {"approvals/views/visit_page.py", "project/source.py", "project/health.py"}
ANSWERS = {"HttpResponse", "StreamingHttpResponse", "FileResponse"}


def hands_out_bytes(path):
    """Whether a module answers with something that is no page."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return any(
        ast.unparse(call.func) in ANSWERS and any(one.arg == "content_type" for one in call.keywords) for call in calls
    )


def test_whatever_a_view_hands_out_is_a_download():
    """`project/downloads.py` puts every download into a sandbox; one that is no download would miss it."""
    rooms = (path for path in ROOT.iterdir() if (path / "__init__.py").exists() and path.name != "tests")
    views = [path for room in rooms for path in room.rglob("*.py") if hands_out_bytes(path)]
    shown = {str(path.relative_to(ROOT)) for path in views if "Content-Disposition" not in path.read_text("utf-8")}
    assert shown == NO_DOWNLOADS


class Typed(HTMLParser):
    """What the form around a field for files is filled with already, and the first choice of each list."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field, self.values, self.found, self.list = field, {}, {}, ""

    def handle_starttag(self, tag, attrs):
        """Note what a field holds; at the field for files this is the form."""
        told = dict(attrs)
        name, value = told.get("name") or "", told.get("value") or ""
        if tag == "form":
            self.values = {}
        elif tag == "select":
            self.list = name
        elif tag == "option" and value:
            self.values.setdefault(self.list, value)
        elif tag == "input" and told.get("type") in {"hidden", "text"} and value:
            self.values[name] = value
        elif tag == "input" and told.get("type") == "file" and name == self.field:
            self.found = self.values


def filled(client, path, door, typed):
    """The form as somebody would send it, but for the file."""
    page, parser = client.get(path), Typed(door.field)
    if page.status_code == 200:
        parser.feed(page.content.decode())
    parser.found.pop("csrfmiddlewaretoken", None)
    return {**file_doors.token(), **parser.found, **door.typed, **typed}


def send(client, path, door, typed, name, content):
    """The form with a file, under a name that no client of ours cleans first."""
    file = io.BytesIO(content)
    file.name = NAME
    body = encode_multipart(BOUNDARY, {**typed, door.field: file})
    told = name[:100].replace("\r", "").replace("\n", "").replace('"', "").encode("utf-8", "replace")
    site_cache.clear()
    return client.generic("POST", path, body.replace(NAME.encode(), told, 1), content_type=MULTIPART_CONTENT)


def stored():
    """All files the site keeps."""
    return {os.path.join(where, name) for where, _dirs, names in os.walk(default_storage.location) for name in names}


def refused_wrongly(client, path, door, typed):
    """What a door says to files that mean harm, where it is not a refusal in words, or something is kept."""
    before = stored()
    for place, kind in enumerate(OF_KIND[door.kind]):
        name = NAMES[place % len(NAMES)]
        response = send(client, path, door, typed, name, made(kind))
        told = b"govuk-error" in response.content or not door.is_shown
        if not 400 <= response.status_code < 500 or not told:
            yield f"{path}: {kind}: {response.status_code}"
        if stored() != before:
            yield f"{path}: {kind}: a file is kept"
            before = stored()


def more_typed(name, arguments, at):
    """What depends on the world."""
    day = f"{at:%Y-%m-%d}"
    return {
        "my_data:correct": {"case": arguments["public_id"]},
        "policy_work:document_new": file_doors.day("dated", "2026-09-01"),
        "helping:notice": file_doors.day("taken_on", day),
        "approvals:paper": file_doors.day("on", day),
        "approvals:visit": file_doors.day("made_on", day),
    }.get(name, {})


@pytest.mark.slow
@pytest.mark.django_db
def test_no_door_takes_what_means_harm_and_each_takes_what_it_should():
    """The good file shows that it was the file that was refused, and not how the form was filled in."""
    with everything() as arguments:
        draft = world.grant(6)
        paths = {
            one.name: one.path for one in addresses({**arguments, "applications:papers.public_id": draft.public_id})
        }
        wrong = []
        for name, door in DOORS.items():
            client = client_of(door.account)
            typed = filled(client, paths[name], door, more_typed(name, arguments, world.START))
            wrong += refused_wrongly(client, paths[name], door, typed)
            if door.good is not None:
                response = send(client, paths[name], door, typed, "good", door.good())
                if response.status_code >= 400:
                    wrong.append(f"{paths[name]}: a good file: {response.status_code}")
        assert not wrong, "\n".join(wrong)
