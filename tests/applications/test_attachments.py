"""Papers handed in: who may add and remove, how they are kept, how they are served."""

import uuid

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from applications import attachments, papers_due
from applications.models import Attachment
from audit.models import Event
from people.refusals import Conflict, Invalid, NotFound
from tests import world
from tests.applications.pages import photo, send, sign_in, text_of, url, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def add(case, paper="id-copy", upload=None, **more):
    return attachments.add(case.user, case.public_id, paper, upload or photo("身份证.jpg"), case.at, **more)


def stored_bytes(attachment):
    with default_storage.open(attachment.stored, "rb") as file:
        return file.read()


def test_file_and_name_are_encrypted_and_open_again():
    case = world.grant()
    row = add(case)
    content = attachments.content_of(row)
    assert content[:3] == b"\xff\xd8\xff"
    assert content not in stored_bytes(row)
    assert "身份证".encode() not in bytes(row.name)
    assert attachments.name_of(row, row.application) == "身份证.jpg"


def test_the_event_names_codes_only():
    case = world.grant()
    row = add(case)
    event = Event.objects.get(stream=f"case:{case.public_id}", action="attachment.added")
    assert event.data["paper"] == "id-copy"
    assert event.data["attachment"] == str(row.public_id)
    assert "身份证" not in str(event.data)


def test_a_file_belongs_to_the_round_that_will_be_filed():
    assert add(world.grant()).round == 1
    assert add(world.grant(5).submit().ask_to_correct()).round == 2


def test_another_user_finds_no_such_case():
    case = world.grant()
    row = add(case)
    stranger = world.user("applicant2")
    with pytest.raises(NotFound):
        attachments.add(stranger, case.public_id, "id-copy", photo(), case.at)
    with pytest.raises(NotFound):
        attachments.remove(stranger, case.public_id, row.public_id, case.at)
    with pytest.raises(NotFound):
        attachments.open_own(stranger, case.public_id, row.public_id)


def test_nothing_is_added_or_removed_once_filed():
    case = world.grant()
    row = add(case)
    case.submit()
    with pytest.raises(Conflict):
        add(case)
    with pytest.raises(Conflict):
        attachments.remove(case.user, case.public_id, row.public_id, case.at)


def test_a_paper_nobody_asked_for_is_refused():
    with pytest.raises(Conflict):
        add(world.grant(), "contract-copy")  # asked only where policy wants a contract
    with pytest.raises(Conflict):
        add(world.grant(5), "../../etc")


def test_in_a_correction_only_the_named_papers_change():
    case = world.grant().submit().ask_to_correct()
    add(case, "id-copy")
    with pytest.raises(Conflict):
        add(case, "certificate-copy")


def test_a_file_never_filed_is_deleted(django_capture_on_commit_callbacks):
    case = world.grant()
    row = add(case)
    with django_capture_on_commit_callbacks(execute=True):
        attachments.remove(case.user, case.public_id, row.public_id, case.at)
    assert not Attachment.objects.filter(pk=row.pk).exists()
    assert not default_storage.exists(row.stored)


def test_a_file_that_was_filed_is_kept_and_marked():
    case = world.grant()
    row = add(case)
    case.submit().ask_to_correct()
    attachments.remove(case.user, case.public_id, row.public_id, case.at)
    row.refresh_from_db()
    assert row.replaced_at == case.at
    assert attachments.current(case.application) == []
    assert attachments.content_of(row)


def test_a_removed_file_is_not_removed_twice():
    case = world.grant()
    row = add(case)
    attachments.remove(case.user, case.public_id, row.public_id, case.at)
    with pytest.raises(NotFound):
        attachments.remove(case.user, case.public_id, row.public_id, case.at)


def test_a_stale_page_adds_nothing_and_leaves_no_file(tmp_path):
    case = world.grant()
    with pytest.raises(Conflict):
        add(case, version=version(case) - 1)
    assert not list(tmp_path.rglob("*.sealed"))


def test_a_file_that_cannot_be_recorded_is_not_left_behind(tmp_path, monkeypatch):
    case = world.grant()
    monkeypatch.setattr(attachments, "_keep", lambda *_arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add(case)
    assert not list(tmp_path.rglob("*.sealed"))


def test_one_paper_takes_a_dozen_files_and_no_more():
    case = world.grant()
    for _number in range(attachments.MOST_FILES):
        add(case)
    with pytest.raises(Invalid, match="最多上传12个"):
        add(case)


def test_an_oversized_file_is_refused_without_reading_it_all():
    case = world.grant()
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4" + b"0" * settings.UPLOAD_MAX_BYTES)
    with pytest.raises(Invalid, match="10兆"):
        add(case, upload=upload)
    assert upload.tell() == settings.UPLOAD_MAX_BYTES + 1


def test_missing_papers_are_the_required_ones_without_a_file():
    case = world.grant()
    before = [paper.code for paper in papers_due.missing_papers(case.application, case.at)]
    assert before == ["id-copy", "certificate-copy", "enrolment-proof"]
    add(case)
    assert "id-copy" not in [paper.code for paper in papers_due.missing_papers(case.application, case.at)]


def test_a_download_is_never_shown_in_place_or_cached():
    case = world.grant()
    row = add(case)
    response = sign_in().get(url(case, f"attachments/{row.public_id}/"))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response.content == attachments.content_of(row)


def test_a_download_of_another_persons_file_does_not_exist():
    case = world.grant()
    row = add(case)
    assert sign_in("applicant2").get(url(case, f"attachments/{row.public_id}/")).status_code == 404
    assert sign_in().get(url(world.grant(5), f"attachments/{row.public_id}/")).status_code == 404
    assert sign_in().get(url(case, f"attachments/{uuid.uuid4()}/")).status_code == 404


def test_a_disguised_page_is_refused_with_advice_and_the_good_file_is_kept(clock):
    case = world.grant()
    page = SimpleUploadedFile("a.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg")
    response = send(sign_in(), case, "papers/", {"id-copy": [photo("好.jpg"), page], "go_on": "1"})
    assert response.status_code == 422
    assert "a.jpg：只能上传JPG或PNG照片" in text_of(response)
    assert "好.jpg" in text_of(response)
    assert case.application.attachments.count() == 1


def test_empty_and_oversized_files_say_what_to_do(clock, settings):
    settings.UPLOAD_MAX_BYTES = 2 * 1024 * 1024
    case = world.grant()
    empty = SimpleUploadedFile("空.jpg", b"", "image/jpeg")
    large = SimpleUploadedFile("大.jpg", b"\xff\xd8\xff" + b"0" * settings.UPLOAD_MAX_BYTES, "image/jpeg")
    page = text_of(send(sign_in(), case, "papers/", {"id-copy": [empty, large]}))
    assert "空.jpg：这个文件是空的" in page
    assert "大.jpg：文件超过2兆" in page


def test_going_on_needs_every_required_paper(clock):
    case = world.grant()
    response = send(sign_in(), case, "papers/", {"id-copy": [photo()], "go_on": "1"})
    assert response.status_code == 422
    assert "请上传“残疾人证照片”" in text_of(response)
    assert "请上传“身份证照片”" not in text_of(response)


def test_uploading_everything_leads_on_to_the_check(clock):
    case = world.grant()
    files = {code: [photo()] for code in ("id-copy", "certificate-copy", "enrolment-proof")}
    response = send(sign_in(), case, "papers/", {**files, "go_on": "1"})
    assert response.headers["Location"] == url(case, "check/")


def test_a_file_is_removed_with_a_button_of_its_own(clock):
    case = world.grant()
    row = add(case)
    client = sign_in()
    response = send(client, case, f"attachments/{row.public_id}/remove/")
    assert response.headers["Location"] == url(case, "papers/")
    assert "已移除这个文件" in text_of(client.get(url(case, "papers/")))


def test_a_stale_papers_page_answers_conflict_and_says_so(clock):
    case = world.grant()
    response = send(sign_in(), case, "papers/", {"version": version(case) - 1, "id-copy": [photo()]})
    assert response.status_code == 409
    assert case.application.attachments.count() == 0


def test_papers_come_with_the_case_when_it_is_returned(clock):
    case = world.grant()
    add(case)
    case.submit().ask_to_correct()
    page = text_of(sign_in().get(url(case, "papers/")))
    assert "身份证照片" in page
    assert "残疾人证照片" not in page
