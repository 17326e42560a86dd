"""Files and full numbers of a case: opened on the record, by those who may see the case, and nobody else."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from applications import answers, attachments
from applications.models import Application
from papers.jobs import render_all
from papers.models import Paper
from tests import world
from tests.approvals.desk import address, events, sign_in, text_of

pytestmark = pytest.mark.django_db
CLERK = "county-clerk"


def picture():
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "JPEG")
    return SimpleUploadedFile("证件 正面.jpg", drawn.getvalue())


def with_file():
    case = world.waiver()
    row = attachments.add(case.user, case.public_id, "id-copy", picture(), case.at)
    return case.submit(), row


def number_of(case):
    return answers.read(Application.objects.select_related("data_key").get(public_id=case.public_id))["id_number"]


def test_a_paper_handed_in_is_downloaded_and_never_run():
    case, row = with_file()
    client = sign_in(CLERK)
    link = f"{address(case)}attachments/{row.public_id}/"
    assert link in text_of(client.get(address(case)))
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content[:2] == b"\xff\xd8"


def test_opening_a_file_is_recorded_without_its_name():
    case, row = with_file()
    sign_in(CLERK).get(f"{address(case)}attachments/{row.public_id}/")
    [event] = events("attachment.read")
    assert event.subject == case.public_id
    assert event.data == {"attachment": str(row.public_id), "paper": "id-copy"}


def test_a_file_is_not_found_from_another_county_or_under_another_case():
    case, row = with_file()
    other = world.waiver(2).submit()
    assert sign_in("other-county").get(f"{address(case)}attachments/{row.public_id}/").status_code == 404
    assert sign_in(CLERK).get(f"{address(other)}attachments/{row.public_id}/").status_code == 404
    assert sign_in(CLERK).get(f"{address(case)}attachments/{uuid.uuid4()}/").status_code == 404


def test_a_damaged_file_says_so():
    case, row = with_file()
    type(row).objects.filter(pk=row.pk).update(stored="attachments/gone.sealed")
    answer = sign_in(CLERK).get(f"{address(case)}attachments/{row.public_id}/")
    assert answer.status_code == 409
    assert "已经损坏" in text_of(answer)


def test_a_paper_issued_is_downloaded_by_those_who_see_the_case():
    case = world.waiver().submit().say("accept")
    paper = Paper.objects.get(case_ref=case.public_id, kind="acceptance")
    link = f"{address(case)}papers/{paper.pk}/pdf/"
    assert sign_in(CLERK).get(link).status_code == 409
    render_all()
    assert link in text_of(sign_in(CLERK).get(address(case)))
    answer = sign_in(CLERK).get(link)
    assert answer.content[:5] == b"%PDF-"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert sign_in("other-county").get(link).status_code == 404
    assert [event.subject for event in events("paper.read")] == [case.public_id]


def test_full_numbers_are_shown_for_a_reason_that_goes_on_record_first():
    case = world.waiver().submit()
    answer = sign_in(CLERK).post(address(case) + "unmask/", {"reason": "verify_identity"})
    assert number_of(case) in text_of(answer).replace(" ", "")
    [event] = events("case.unmasked")
    assert event.stream == f"case:{case.public_id}"
    assert event.actor == CLERK
    assert event.data == {
        "fields": ["id_number", "disability_certificate", "phone"],
        "reason": "verify_identity",
        "note": "",
    }


def test_of_a_household_every_member_is_shown_with_the_name():
    case = world.phase_out().submit()
    page = text_of(sign_in("township").post(address(case) + "unmask/", {"reason": "contact"}))
    for member in answers.read(Application.objects.select_related("data_key").get(public_id=case.public_id))[
        "household"
    ]:
        assert member["name"] in page
        assert member["id_number"] in page.replace(" ", "")


@pytest.mark.parametrize(
    "given, message",
    [
        ({}, "请选择“查看原因”"),
        ({"reason": "other"}, "请说明原因。"),
        ({"reason": "other", "note": "电话１３８００００１１１１"}, "请不要写号码"),
    ],
)
def test_without_a_reason_that_may_be_recorded_nothing_is_shown(given, message):
    case = world.waiver().submit()
    answer = sign_in(CLERK).post(address(case) + "unmask/", given)
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert number_of(case) not in text_of(answer).replace(" ", "")
    assert not events("case.unmasked")


def test_what_came_with_a_correction_is_marked_and_what_it_replaced_stays():
    case, row = with_file()
    case.say("correction", points=(("paper", "id-copy", "反面没有拍到。"),))
    attachments.remove(case.user, case.public_id, row.public_id, case.later())
    attachments.add(case.user, case.public_id, "id-copy", picture(), case.later())
    case.resubmit()
    page = text_of(sign_in(CLERK).get(address(case)))
    assert page.count("本轮新交") == 1
    assert page.count("已替换") == 1
