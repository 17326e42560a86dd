"""The pages of visits: planning, the route sheet, the telephone's page, photos with and without script."""

import gzip
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import Visit, VisitPhoto
from audit.models import Event
from tests import world
from tests.approvals.desk import address, sign_in, tables_written, text_of
from tests.approvals.visiting import colleague, photographed, picture, planned, reported

pytestmark = pytest.mark.django_db
STATIC = Path(settings.BASE_DIR) / "project" / "static" / "zhida"


def waiting(clock):
    """A case that waits, now, with a colleague at its office."""
    case = world.grant(0).submit()
    clock.move_to(case.later(1))
    return case, colleague(case.item().queue.office)


def out(clock):
    """A planned visit, on its day, and clients of its officials and of a stranger."""
    case, visit = planned()
    clock.move_to(case.at)
    return case, visit, sign_in(visit.first_official.username), sign_in("other-county")


def plan_form(case, second, **changes):
    day = case.at.astimezone()
    given = {"items": [case.item().pk], "companion": second.pk}
    given |= {"on_year": day.year, "on_month": day.month, "on_day": day.day}
    return given | changes


def report_form(case, **changes):
    at = case.at.astimezone()
    given = {
        "token": str(uuid.uuid4()),
        "made_on_year": at.year,
        "made_on_month": at.month,
        "made_on_day": at.day,
        "made_time": f"{at:%H:%M}",
        "met": "subject",
        "findings": "一人独居。",
        "agreed": "yes",
        "signature": "sheet",
        "image": picture("sheet.jpg"),
    }
    return given | changes


def planning_address(case):
    return f"/inbox/visits/?area={case.application.division_id}"


def test_planning_shows_areas_then_cases_then_the_sheet_of_the_day(clock):
    case, second = waiting(clock)
    client = sign_in(case.official().username)
    assert f"?area={case.application.division_id}" in text_of(client.get("/inbox/visits/"))
    page = text_of(client.get(planning_address(case)))
    assert case.application.number in page
    assert second.full_name in page
    answer = client.post(planning_address(case), plan_form(case, second))
    assert answer.status_code == 302
    assert answer.url.startswith("/inbox/visits/sheet/?on=")
    sheet = text_of(client.get(answer.url))
    assert case.application.subject.name in sheet
    assert world.answers_of(case)["phone"] not in sheet


def test_a_plan_that_lacks_something_keeps_what_was_chosen(clock):
    case, second = waiting(clock)
    client = sign_in(case.official().username)
    answer = client.post(planning_address(case), plan_form(case, second, companion=""))
    assert answer.status_code == 422
    assert "checked" in text_of(answer)
    answer = client.post(planning_address(case), plan_form(case, second, on_year=2020))
    assert answer.status_code == 422
    assert "入户日期应在今天到60天之内。" in text_of(answer)
    assert not Visit.objects.exists()


def test_a_stranger_sees_no_area_no_visit_no_photo(clock):
    case, visit, photo = photographed()
    clock.move_to(case.at)
    stranger = sign_in("other-county")
    assert case.application.number not in text_of(stranger.get(planning_address(case)))
    for page in ("", "record/", "signature/", f"photos/{photo.public_id}/"):
        assert stranger.get(f"/inbox/visits/{visit.pk}/{page}").status_code == 404
    for act in ("", "photos/", "cancel/"):
        assert stranger.post(f"/inbox/visits/{visit.pk}/{act}", report_form(case)).status_code == 404


def test_a_colleague_who_is_not_one_of_the_two_reads_and_does_not_act(clock):
    case, visit, _client, _stranger = out(clock)
    colleague(case.item().queue.office, "visit-third")
    third = sign_in("visit-third")
    page = text_of(third.get(f"/inbox/visits/{visit.pk}/"))
    assert "您只能查看" in page
    assert "data-report" not in page
    assert third.post(f"/inbox/visits/{visit.pk}/", report_form(case)).status_code == 403
    assert third.post(f"/inbox/visits/{visit.pk}/cancel/").status_code == 403
    assert Visit.objects.get(pk=visit.pk).state == "planned"


def test_the_page_is_small_enough_for_a_bad_network(clock):
    _case, visit, client, _stranger = out(clock)
    page = client.get(f"/inbox/visits/{visit.pk}/").content
    own = len(page) + (STATIC / "visit.js").stat().st_size
    assert own <= 60 * 1024
    files = [page, *((STATIC / name).read_bytes() for name in ("visit.js", "app.js", "app.css"))]
    assert sum(len(gzip.compress(file, 9)) for file in files) <= 60 * 1024


def test_numbers_are_masked_and_shown_only_with_a_reason(clock):
    case, visit, client, _stranger = out(clock)
    phone = world.answers_of(case)["phone"]
    page = text_of(client.get(f"/inbox/visits/{visit.pk}/"))
    assert phone not in page
    assert f"/inbox/{case.public_id}/unmask/" in page


def test_reading_a_visit_is_on_record_and_nothing_else_is_written(clock):
    _case, visit, client, _stranger = out(clock)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/inbox/visits/{visit.pk}/")
    assert tables_written(queries) == {"audit_event", "audit_streamhead"}
    assert len(queries) <= 40
    assert Event.objects.filter(action="visit.read").count() == 1


def test_the_number_of_queries_of_planning_is_bounded(clock):
    cases = [world.grant(n).submit() for n in (0, 4, 8)]
    clock.move_to(max(case.later(1) for case in cases))
    client = sign_in(cases[0].official().username)
    client.get(planning_address(cases[0]))
    with CaptureQueriesContext(connection) as queries:
        client.get(planning_address(cases[0]))
    assert len(queries) <= 40


def test_a_report_is_sent_without_script(clock):
    case, visit, client, _stranger = out(clock)
    answer = client.post(f"/inbox/visits/{visit.pk}/", report_form(case))
    assert answer.status_code == 302
    page = text_of(client.get(f"/inbox/visits/{visit.pk}/"))
    assert "一人独居。" in page
    assert "data-report" not in page
    record = text_of(client.get(f"/inbox/visits/{visit.pk}/record/"))
    assert "一人独居。" in record
    signature = client.get(f"/inbox/visits/{visit.pk}/signature/")
    assert signature.headers["Content-Type"] == "image/jpeg"
    assert signature.headers["X-Content-Type-Options"] == "nosniff"
    assert "入户核查" in text_of(client.get(address(case)))


def test_the_same_report_sent_again_is_answered_as_before(clock):
    case, visit, client, _stranger = out(clock)
    form = report_form(case)
    assert client.post(f"/inbox/visits/{visit.pk}/", form).status_code == 302
    again = client.post(f"/inbox/visits/{visit.pk}/", form | {"image": picture("sheet.jpg")})
    assert again.status_code == 302
    assert Event.objects.filter(action="visit.reported").count() == 1


def test_another_report_is_told_who_was_first(clock):
    case, visit, _client, _stranger = out(clock)
    sign_in(visit.first_official.username).post(f"/inbox/visits/{visit.pk}/", report_form(case))
    answer = sign_in(visit.second_official.username).post(f"/inbox/visits/{visit.pk}/", report_form(case))
    assert answer.status_code == 409
    assert visit.first_official.full_name in text_of(answer)


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"findings": ""}, "请填写“看到的情况”"),
        ({"made_time": "二点"}, "请按“时:分”填写"),
        ({"image": picture("x.html")}, ""),
        ({"signature": "refused", "refusal": ""}, "请写明拒绝签名的原因。"),
        ({"token": "nonsense"}, ""),
    ],
)
def test_a_report_at_fault_keeps_what_was_typed(clock, changes, message):
    case, visit, client, _stranger = out(clock)
    given = report_form(case, findings="一人独居，房屋漏雨。") | changes
    if changes.get("image"):
        given["image"].file.seek(0)
        given["image"] = type(given["image"])("x.jpg", b"<html>not a picture</html>", "image/jpeg")
        message = "这里只能上传JPG或PNG照片"
    answer = client.post(f"/inbox/visits/{visit.pk}/", given)
    assert answer.status_code == 422
    page = text_of(answer)
    assert message in page
    assert "findings" in changes or "一人独居，房屋漏雨。" in page
    assert Visit.objects.get(pk=visit.pk).state == "planned"


def test_photos_are_sent_one_by_one_by_script_and_again_without_harm(clock):
    _case, visit, client, _stranger = out(clock)
    token = uuid.uuid4().hex
    for _again in range(2):
        sent = {"token": token, "caption": "门口", "taken_at": "2026-09-08T03:00:00.000Z", "photos": picture()}
        answer = client.post(f"/inbox/visits/{visit.pk}/photos/", sent, headers={"accept": "application/json"})
        assert answer.status_code == 200
        assert answer.json() == {"count": 1}
    assert VisitPhoto.objects.count() == 1


def test_a_bad_file_is_told_to_the_script(clock):
    _case, visit, client, _stranger = out(clock)
    bad = type(picture())("x.jpg", b"<html></html>", "image/jpeg")
    answer = client.post(
        f"/inbox/visits/{visit.pk}/photos/",
        {"token": uuid.uuid4().hex, "photos": bad},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 422
    assert "JPG" in answer.json()["message"]


def test_several_photos_are_sent_without_script_and_again_without_harm(clock):
    _case, visit, client, _stranger = out(clock)
    token = str(uuid.uuid4())
    for _again in range(2):
        sent = {"token": token, "photos": [picture("a.jpg"), picture("b.jpg", size=(30, 30))]}
        assert client.post(f"/inbox/visits/{visit.pk}/photos/", sent).status_code == 302
    assert VisitPhoto.objects.count() == 2
    photo = VisitPhoto.objects.first()
    shown = client.get(f"/inbox/visits/{visit.pk}/photos/{photo.public_id}/")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert Event.objects.filter(action="visit.photo_read").count() == 1


def test_no_photo_chosen_is_said_on_the_page(clock):
    _case, visit, client, _stranger = out(clock)
    answer = client.post(f"/inbox/visits/{visit.pk}/photos/", {"token": str(uuid.uuid4()), "caption": "后院"})
    assert answer.status_code == 422
    assert "请选择照片。" in text_of(answer)
    assert "后院" in text_of(answer)


def test_a_record_that_is_not_there_yet_is_a_conflict(clock):
    _case, visit, client, _stranger = out(clock)
    assert client.get(f"/inbox/visits/{visit.pk}/record/").status_code == 409
    assert client.get(f"/inbox/visits/{visit.pk}/signature/").status_code == 404


def test_a_visit_is_called_off(clock):
    _case, visit, client, _stranger = out(clock)
    assert client.post(f"/inbox/visits/{visit.pk}/cancel/").status_code == 302
    assert Visit.objects.get(pk=visit.pk).state == "cancelled"
    assert "data-photos" not in text_of(client.get(f"/inbox/visits/{visit.pk}/"))


def test_a_refusal_to_sign_names_the_witness(clock):
    case, visit = reported(signature="refused", image=None, refusal="不愿签。")
    clock.move_to(case.at)
    page = text_of(sign_in(visit.first_official.username).get(f"/inbox/visits/{visit.pk}/"))
    assert "不愿签。" in page
    assert f"见证人：{visit.second_official.full_name}" in page
