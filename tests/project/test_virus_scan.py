"""A virus scanner, where one is configured, sees every upload of every page; away, it lets nothing in."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people import virus_scan
from tests.project.clamd import EICAR, clamd

pytestmark = pytest.mark.django_db
FILE = b"%PDF-1.7 nothing"


def sent(client, content):
    return client.post(reverse("papers:verify"), {"file": SimpleUploadedFile("a.pdf", content)})


def test_without_one_nothing_is_asked(client):
    assert virus_scan.is_clean(EICAR)
    assert sent(client, EICAR).status_code not in {503}


@pytest.mark.parametrize("size", [0, 1, virus_scan.CHUNK, virus_scan.CHUNK * 3 + 1])
def test_it_is_shown_the_whole_file(settings, size):
    with clamd() as (address, seen):
        settings.CLAMD = address
        assert virus_scan.is_clean(b"x" * size)
        assert seen == [size]


def test_what_it_finds_is_refused_at_any_door_and_the_page_says_what_to_do(settings, client):
    with clamd() as (address, _seen):
        settings.CLAMD = address
        response = sent(client, FILE + EICAR)
        assert response.status_code == 422
        assert "病毒" in response.content.decode()
        assert sent(client, FILE).status_code != 503


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: ", b"nonsense\0"])
def test_another_answer_lets_nothing_in(settings, client, answer):
    with clamd(answer) as (address, _seen):
        settings.CLAMD = address
        assert sent(client, FILE).status_code == 503


@pytest.mark.parametrize("address", ["tcp:127.0.0.1:9", "unix:/nowhere/clamd.ctl"])
def test_out_of_reach_it_lets_nothing_in_and_pages_without_files_go_on(settings, client, address):
    settings.CLAMD = address
    response = sent(client, FILE)
    assert response.status_code == 503
    assert "没有保存" in response.content.decode()
    assert client.get("/").status_code == 200
    assert client.post(reverse("set_language"), {"language": "en"}).status_code == 302


@pytest.mark.parametrize("address", ["127.0.0.1:3310", "tcp:3310", "http://x"])
def test_an_address_that_is_none_is_a_fault_of_the_settings(settings, address):
    settings.CLAMD = address
    with pytest.raises(ImproperlyConfigured):
        virus_scan.is_clean(b"x")
