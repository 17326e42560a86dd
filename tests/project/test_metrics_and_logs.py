"""What operators read: numbers behind a token, and lines that tell of requests and never of persons."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from project.logs import logging_settings
from project.metrics import clock_ran
from tests import world
from tests.approvals.desk import sign_in

ROOT = Path(__file__).resolve().parents[2]
SAYING = """
import logging, logging.config, sys
sys.path.insert(0, "{root}")
from project.logs import logging_settings
logging.config.dictConfig(logging_settings("{style}", "INFO"))
{act}
"""


def said(style, act):
    """What a process of this style writes."""
    code = SAYING.format(root=ROOT, style=style, act=act)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr


@pytest.mark.django_db
class TestMetrics:
    @pytest.fixture(autouse=True)
    def _token(self, settings):
        settings.METRICS_TOKEN = "let-me-see"

    def ask(self, client, token="let-me-see"):
        return client.get("/metrics", headers={"authorization": f"Bearer {token}"} if token else {})

    @pytest.mark.parametrize("token", ["", "wrong", "let-me-se", "ünïcode"])
    def test_without_the_right_token_there_is_no_such_page(self, client, token):
        assert self.ask(client, token).status_code == 404

    def test_without_a_token_of_the_site_nobody_is_answered(self, client, settings):
        settings.METRICS_TOKEN = ""
        assert self.ask(client, "").status_code == 404
        assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404

    def test_it_tells_what_waits_and_when_the_clock_ran(self, client):
        clock_ran(timezone.now(), {"one": 3, "two": -1})
        lines = self.ask(client).content.decode().splitlines()
        assert "zhida_work_items_open 0.0" in lines
        assert "zhida_clock_failed_jobs 1.0" in lines
        assert any(line.startswith("django_http_requests_total_by_method_total") for line in lines)

    def test_a_case_that_waits_is_counted(self, client, peopled):
        world.grant().submit()
        assert "zhida_work_items_open 1.0" in self.ask(client).content.decode()


class TestRequests:
    def test_a_request_is_one_line_with_the_page_s_name_and_no_address(self, peopled, caplog):
        case, client = world.grant().submit(), sign_in("school")
        with caplog.at_level(logging.INFO, "zhida.requests"):
            client.get(f"/inbox/{case.public_id}/")
        words = [record.getMessage() for record in caplog.records if record.name == "zhida.requests"]
        assert len(words) == 1
        assert words[0].startswith("GET approvals:review 200 in ")
        assert words[0].endswith(f" for user {world.user('school').pk}")
        assert case.public_id not in words[0]

    def test_the_proxy_s_number_is_kept_and_any_other_thing_is_not(self, client):
        assert client.get("/livez", headers={"x-request-id": "abcdef0123456789"})["X-Request-ID"] == "abcdef0123456789"
        for bad in ("short", "x" * 65, 'a"b c d e f g h', "行行行行行行行行"):
            assert client.get("/livez", headers={"x-request-id": bad})["X-Request-ID"] != bad

    def test_the_supervisor_s_questions_are_not_noted(self, client, caplog):
        with caplog.at_level(logging.INFO, "zhida.requests"):
            client.get("/livez")
        assert [record for record in caplog.records if record.name == "zhida.requests"] == []


class TestLines:
    def test_json_is_one_object_a_line_also_with_a_traceback(self):
        act = "try: 1 / 0\nexcept Exception: logging.getLogger('x').exception('作业 %s', 'y')"
        lines = [json.loads(line) for line in said("json", act).splitlines()]
        assert [(line["event"], line["level"], line["logger"]) for line in lines] == [("作业 y", "error", "x")]
        assert "ZeroDivisionError" in lines[0]["exception"]

    def test_no_traceback_shows_what_a_variable_held(self):
        act = "secret = '5325' + '24199001010017'\ntry: int('x')\nexcept Exception: logging.exception('no')"
        assert all("532524199001010017" not in said(style, act) for style in ("json", "plain"))

    def test_a_line_of_an_anchor_can_be_held_against_the_database(self):
        act = "logging.getLogger('audit.anchor').info('anchor %d %s', 7, 'ab' * 32)"
        assert all(f"anchor 7 {'ab' * 32}" in said(style, act) for style in ("json", "plain"))

    def test_another_style_is_refused_by_name(self):
        with pytest.raises(ValueError, match="json, plain"):
            logging_settings("xml", "INFO")


def test_a_page_travels_packed_and_a_file_as_it_is(client):
    page = client.get("/accessibility/", headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/source/archive/", headers={"accept-encoding": "gzip"})
