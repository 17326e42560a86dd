"""A file handed in for checking: genuine, altered or not ours. Nothing of it stays, and nothing breaks."""

import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from papers import reading
from papers.jobs import render_one
from papers.models import Paper
from papers.seals import aside, checking
from papers.views import CHECKS_A_MINUTE
from tests.papers import sealing

URL = "/verify/"


@pytest.fixture
def paper(office, issued):
    """A paper that was signed and kept."""
    sealing.electronic(office)
    paper = issued()
    assert render_one(paper.pk)
    return Paper.objects.get(pk=paper.pk)


@pytest.fixture
def pdf(paper):
    return reading.pdf_bytes(paper)


def sent(client, content, name="paper.pdf"):
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)


def test_a_genuine_file_is_told_from_every_other(client, paper, pdf):
    """One paper for all of it: each rendering takes a second."""
    stored = list(Path(default_storage.location).rglob("*"))
    whole = text_of(sent(client, pdf))
    assert "这个文件是真的，没有被改动过" in whole
    assert paper.number in whole
    assert "签名后文件没有改动" in whole
    assert paper.office.name in whole

    length = pdf.index(b"%%EOF") + len(b"%%EOF\n")
    before = text_of(sent(client, pdf[:length]))
    assert "没有电子签名" in before
    assert "一字不差" in before

    altered = text_of(sent(client, pdf.replace(b"(ZhidaSeal)", b"(ZhidaSeam)")))
    assert "编号是真的，但是这个文件不是本站签发的那一份" in altered
    assert "签名以后文件被改动过" in altered

    assert list(Path(default_storage.location).rglob("*")) == stored


def test_a_file_of_a_paper_that_was_superseded_says_so(client, paper, pdf, issued):
    later = issued(supersedes=paper)
    text = text_of(sent(client, pdf))

    assert "已经被后来的文书替代" in text
    assert later.number in text


def test_a_file_in_english(client, paper, pdf):
    client.cookies["django_language"] = "en"

    assert sent(client, pdf).status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 1 0 R>> endobj trailer <</Root 1 0 R>>",
        b"%PDF-1.7\n" + b"[" * 100_000,
        b"%PDF-1.7\nxref\n0 99999999\ntrailer <</Size 99999999 /Prev 9 /Root 1 0 R>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.4\n/ByteRange [0 99999999999 -5 7] /Contents <00>",
    ],
)
def test_malformed_files_are_not_ours(client, db, content):
    response = sent(client, content)

    assert response.status_code == 200
    assert "这不是本站签发的文书" in text_of(response)


@pytest.mark.parametrize(
    "content,said",
    [
        (b"", "请选择要核验的PDF文件"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "只能核验PDF文件"),
        (b"hello", "只能核验PDF文件"),
    ],
)
def test_what_is_no_pdf_is_refused_with_advice(client, db, content, said):
    response = sent(client, content)

    assert response.status_code == 422
    assert said in text_of(response)


def test_no_file_at_all_is_refused_with_advice(client, db):
    assert client.post(URL).status_code == 422


def test_a_file_too_large_is_refused(client, db, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    response = sent(client, b"%PDF-1.7\n" + b"0" * 1024 * 1024)

    assert response.status_code == 422
    assert "超过1兆" in text_of(response)


def test_too_many_files_a_minute_are_stopped(client, db, clock, monkeypatch):
    monkeypatch.setattr(checking, "inspected", lambda content: checking.Findings())
    for _file in range(CHECKS_A_MINUTE):
        assert sent(client, b"%PDF-1.7\n").status_code == 200

    assert sent(client, b"%PDF-1.7\n").status_code == 429


def test_a_process_that_dies_finds_nothing(client, db, monkeypatch):
    monkeypatch.setattr(aside, "PYTHON", ["false"])

    assert "这不是本站签发的文书" in text_of(sent(client, b"%PDF-1.7\n"))


def test_a_process_that_never_ends_is_ended(client, db, monkeypatch):
    monkeypatch.setattr(aside, "PYTHON", ["sleep", "60"])
    monkeypatch.setattr(checking, "PROGRAM", "60")
    monkeypatch.setattr(aside, "MOST_SECONDS", 0.2)

    assert "这不是本站签发的文书" in text_of(sent(client, b"%PDF-1.7\n"))


def test_a_signature_by_a_seal_that_is_not_in_the_register_is_not_trusted(client, paper, pdf):
    type(paper.seal).objects.filter(pk=paper.seal_id).update(serial="ff")

    assert "证书不属于本站登记的印章" in text_of(sent(client, pdf))


@pytest.mark.parametrize("withdrawn,said", [(False, "电子签名 有效"), (True, "不可信")])
def test_a_withdrawn_seal_proves_nothing_of_a_file_that_was_never_kept(client, paper, pdf, withdrawn, said):
    Paper.objects.filter(pk=paper.pk).update(pdf_sha256="0" * 64)
    if withdrawn:
        type(paper.seal).objects.filter(pk=paper.seal_id).update(withdrawn_at=paper.issued_at, withdrawn_by="admin")
    told = text_of(sent(client, pdf))

    assert said in told
    assert "不是本站签发的那一份" in told


def test_a_kept_file_stays_good_when_its_seal_is_withdrawn_later(client, paper, pdf):
    type(paper.seal).objects.filter(pk=paper.seal_id).update(withdrawn_at=paper.issued_at, withdrawn_by="admin")

    assert "电子签名 有效" in text_of(sent(client, pdf))


def test_it_can_be_framed_by_nobody_and_found_by_no_search_engine(client, db):
    response = sent(client, b"%PDF-1.7\n")

    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]


def test_the_process_that_opens_a_strangers_file_gets_none_of_the_sites_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "of the site")
    monkeypatch.setattr(aside, "PYTHON", [sys.executable, "-c"])

    found = aside.ask("import json, os; print(json.dumps(list(os.environ)))", None, b"")

    assert "PATH" in found
    assert "SECRET_KEY" not in found
