"""An office that issues papers, and papers it issued."""

import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from papers.issuing import issue
from people import vault
from people.models import Division, Office
from tests.papers import samples


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Files of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office(db):
    county = Division.objects.create(code="532503", name="蒙自市", level="county")
    return Office.objects.create(
        division=county,
        function="hrss",
        legal_kind="administrative",
        name=samples.ORGAN,
        name_en="Mengzi Human Resources and Social Security Bureau",
        organ_mark=samples.ORGAN,
        document_prefix="蒙人社",
    )


@pytest.fixture
def case_key(db):
    key = vault.new_data_key()
    key.save()
    return key


@pytest.fixture
def issued(office, case_key, clock, monday):
    """`issued(kind, …)` issues a paper of the sample content; nothing renders it before the transaction ends."""

    def make(kind="grant", content=samples.GRANT, **changes):
        unnumbered = replace(content, number="", verify_code="", verify_url="")
        given = {"office": office, "data_key": case_key, "case_ref": "case-1", "public_title": "求职补贴", "at": monday}
        return issue(kind=kind, content=unnumbered, **(given | changes))

    return make


@pytest.fixture
def listener():
    """An address that notes every request made to it."""
    requests = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self):
            requests.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words):
            """Nothing on the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    server.server_close()
    thread.join()
