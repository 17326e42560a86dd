"""Scans filed at the desk: by QR code, by number, refused with what to do, seen by one's own office alone."""

from dataclasses import replace
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from approvals.sealing import filing
from audit.models import Event
from papers.issuing import issue
from papers.jobs import render_one
from papers.models import Paper, Scan, Seal, SealUse
from papers.seals import aside
from people import vault
from people.models import Office
from tests import world
from tests.papers import samples, sealing

pytestmark = pytest.mark.django_db
URL = "/inbox/seals/"
# A PDF of two pages, small enough to write down.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%EOF\n"
)


@pytest.fixture
def office():
    """The county's office; it seals by hand."""
    found = Office.objects.get(division="532503", function="hrss")
    sealing.wet(found)
    return found


@pytest.fixture
def paper(office, monkeypatch):
    """A paper of two pages that waits for its seal."""
    monkeypatch.setattr("papers.seals.scans.pages_of", lambda paper: 2)
    key = vault.new_data_key()
    key.save()
    content = replace(samples.GRANT, number="", verify_code="", verify_url="")
    named = {"case_ref": "none", "public_title": "求职补贴", "at": timezone.now()}
    issued = issue(kind="grant", office=office, content=content, data_key=key, **named)
    render_one(issued.pk, patient=False)
    return Paper.objects.get(pk=issued.pk)


@pytest.fixture
def codes(monkeypatch):
    """`codes([…], […])`: what is read on the pages of the next file."""

    def say(*pages):
        monkeypatch.setattr(aside, "ask", lambda program, question, content: list(pages))

    return say


@pytest.fixture
def clerk(client):
    client.force_login(world.user("county-clerk"))
    return client


def sent(client, content=PDF, number="", name="scan.pdf"):
    return client.post(URL, {"files": SimpleUploadedFile(name, content), "number": number})


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)


def test_a_paper_to_seal_by_hand_is_listed_until_it_is_scanned(clerk, paper, codes):
    before = text_of(clerk.get(URL))
    codes([], [paper.verify_code])
    assert sent(clerk).status_code == 302
    after = BeautifulSoup(clerk.get(URL).content, "html.parser")

    assert paper.number in before
    assert "没有等待人工盖章的文书" in after.text or paper.number not in after.find_all("table")[0].text
    assert "已归档并登记用印" in after.text
    assert SealUse.objects.get().paper == paper
    assert Event.objects.get(action="seal.used").data["pages"] == 2


def test_an_unreadable_code_asks_for_the_number_and_files_nothing(clerk, paper, codes):
    codes([], [])
    response = sent(clerk)

    assert response.status_code == 422
    assert "没有读出二维码" in text_of(response)
    assert not Scan.objects.exists()


def test_the_number_files_what_has_no_code(clerk, paper, codes):
    codes([], [])

    assert sent(clerk, number=paper.number).status_code == 302
    assert Scan.objects.get().paper == paper


def test_a_number_that_is_not_the_codes_is_refused(clerk, paper, codes):
    codes([], ["222233334444"])
    response = sent(clerk, number=paper.number)

    assert response.status_code == 422
    assert "二维码属于另一份文书" in text_of(response)
    assert BeautifulSoup(response.content, "html.parser").find(id="id_number")["value"] == paper.number


def test_an_unknown_number_is_refused(clerk, paper, codes):
    codes([], [])

    assert "没有这个发文字号" in text_of(sent(clerk, number="蒙人社决〔2026〕999号"))


def test_a_missing_page_is_told(clerk, paper, codes):
    codes([paper.verify_code], [])
    response = sent(clerk)

    assert response.status_code == 422
    assert "共2页，扫描件只有1页" in text_of(response)


def test_one_paper_twice_in_an_upload_is_refused(clerk, paper, codes, monkeypatch):
    monkeypatch.setattr("papers.seals.scans.pages_of", lambda paper: 1)
    codes([paper.verify_code], [paper.verify_code])

    assert "有两份" in text_of(sent(clerk))
    assert not Scan.objects.exists()


def test_a_scan_sent_again_is_not_entered_again(clerk, paper, codes):
    codes([], [paper.verify_code])
    sent(clerk)
    response = clerk.post(URL, {"files": SimpleUploadedFile("scan.pdf", PDF)}, follow=True)

    assert "没有重复登记" in response.content.decode()
    assert SealUse.objects.count() == 1


def test_a_paper_of_another_office_is_not_known(client, paper, codes):
    client.force_login(world.user("other-county"))
    codes([], [paper.verify_code])
    response = sent(client)

    assert response.status_code == 422
    assert paper.number not in text_of(response)


def test_a_paper_with_an_electronic_seal_takes_no_scan(clerk, paper, codes):
    Paper.objects.filter(pk=paper.pk).update(seal=sealing.electronic(paper.office), unsigned_sha256="0" * 64)
    codes([], [paper.verify_code])

    assert "不是您所在机关需要人工盖章的文书" in text_of(sent(clerk))


@pytest.mark.parametrize("kind,filed", [("agreement", True), ("grant", False)])
def test_beside_an_electronic_seal_only_what_both_sides_conclude_is_sealed_by_hand(clerk, paper, codes, kind, filed):
    sealing.electronic(paper.office)
    Paper.objects.filter(pk=paper.pk).update(kind=kind)
    codes([], [paper.verify_code])

    assert (sent(clerk).status_code == 302, SealUse.objects.exists()) == (filed, filed)


def test_what_bears_signatures_alone_enters_no_use_of_a_seal(clerk, paper, codes):
    Paper.objects.filter(pk=paper.pk).update(kind="visit_record")
    codes([], [paper.verify_code])

    assert "不是您所在机关需要人工盖章的文书" in text_of(sent(clerk))
    assert not SealUse.objects.exists()


def test_without_a_seal_in_the_register_nothing_is_filed(clerk, paper, codes):
    Seal.objects.all().update(withdrawn_at=world.START, withdrawn_by="admin")
    codes([], [paper.verify_code])

    assert "没有登记在用的实物印章" in text_of(sent(clerk))


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7 broken"])
def test_a_file_that_is_no_scan_is_refused(clerk, paper, content):
    response = sent(clerk, content)

    assert response.status_code == 422
    assert not Scan.objects.exists()


def test_no_file_at_all_is_refused(clerk, office):
    assert "请选择扫描好的文件" in text_of(clerk.post(URL, {}))


def test_a_photo_becomes_a_page(picture_of_a_page):
    assert filing._as_pdf(SimpleUploadedFile("photo.jpg", picture_of_a_page)).startswith(b"%PDF")


@pytest.fixture
def picture_of_a_page():
    target = BytesIO()
    Image.new("L", (200, 300), 255).save(target, "JPEG")
    return target.getvalue()


def test_a_scan_is_read_by_its_office_and_the_reading_is_recorded(clerk, paper, codes):
    codes([], [paper.verify_code])
    sent(clerk)
    response = clerk.get(f"{URL}scans/{Scan.objects.get().pk}/")

    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(action="scan.read").count() == 1


def test_a_scan_of_another_office_does_not_exist(clerk, client, paper, codes):
    codes([], [paper.verify_code])
    sent(clerk)
    client.force_login(world.user("other-county"))

    assert client.get(f"{URL}scans/{Scan.objects.get().pk}/").status_code == 404


def test_applicants_find_no_page(client):
    client.force_login(world.user("applicant"))

    assert client.get(URL).status_code == 404
