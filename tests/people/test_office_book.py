"""机关名录: the system administrator adds offices of the area and keeps them true; nobody else, and nothing else."""

from datetime import date

import pytest
from django.test import Client

from audit.models import Event
from people import office_book
from people.models import Office, User
from people.posts import appoint
from people.refusals import NotFound
from project.demo.directory import KAIYUAN, MENGZI
from tests import world
from tests.approvals.desk import sign_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock")]
NEW = {
    "division": MENGZI,
    "function": "hrss",
    "name": "蒙自市人力资源和社会保障局第二分局",
    "name_en": "Second Branch",
    "document_prefix": "蒙人社二",
    "legal_kind": "administrative",
    "organ_mark": "蒙自市人力资源和社会保障局",
    "run_by": "",
    "signs_for": "",
    "phone": "0873-0000000",
    "address": "",
    "review_organ": "蒙自市人民政府",
    "court": "蒙自市人民法院",
}


@pytest.fixture
def keeper():
    return sign_in("system-admin")


def office(function="hrss", division=MENGZI):
    return Office.objects.get(division_id=division, function=function)


def details(row, **changes):
    """What the form of an office sends."""
    fields = {name: getattr(row, name) or "" for name in office_book.DETAILS}
    fields["signs_for"] = row.signs_for.document_prefix if row.signs_for else ""
    return fields | changes


class TestAdding:
    """An office of the area, complete."""

    def test_it_is_there_and_on_record(self, keeper):
        assert keeper.post("/offices/new/", NEW).status_code == 302
        row = Office.objects.get(name=NEW["name"])
        event = Event.objects.get(action="office.added")
        assert (event.stream, event.actor) == (f"staff:{row.pk}", "system-admin")

    @pytest.mark.parametrize(
        "field, value, told",
        [
            ("division", "110101", "不归您管理"),
            ("division", "999999", "没有这个地区"),
            ("division", "x\x00", ""),
            ("name", "", "请填写"),
            ("document_prefix", "蒙人社", "已经有机关使用"),
            ("function", "school", "由哪一级举办"),
            ("run_by", "county", "只有学校"),
            ("legal_kind", "entrusted", "委托机关"),
            ("signs_for", "蒙人社", "只有受委托组织"),
            ("signs_for", "没有的", "没有用这个代字的机关"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_typed_is_lost(self, field, value, told, keeper):
        answer = keeper.post("/offices/new/", NEW | {field: value})
        assert answer.status_code == 422
        assert told in text_of(answer)
        assert NEW["review_organ"] in text_of(answer)
        assert not Office.objects.filter(name=NEW["name"]).exists()

    def test_not_twice(self, keeper):
        keeper.post("/offices/new/", NEW)
        answer = keeper.post("/offices/new/", NEW | {"document_prefix": "蒙人社三"})
        assert "同类、同名" in text_of(answer)

    def test_an_entrusted_one_signs_for_the_office_that_entrusts(self, keeper):
        prefix = office().document_prefix
        keeper.post("/offices/new/", NEW | {"legal_kind": "entrusted", "signs_for": prefix})
        assert Office.objects.get(name=NEW["name"]).signs_for.document_prefix == prefix


class TestChanging:
    """Details only; what papers are numbered by stays."""

    def test_the_telephone(self, keeper):
        row = office()
        assert keeper.post(f"/offices/{row.pk}/", details(row, phone="0873-1234567")).status_code == 302
        assert office().phone == "0873-1234567"
        assert Event.objects.get(action="office.changed").data == {"changed": ["phone"]}

    def test_what_is_for_good_is_not_asked(self, keeper):
        row = office()
        keeper.post(f"/offices/{row.pk}/", details(row, document_prefix="别的", function="dpf", division=KAIYUAN))
        assert (office().document_prefix, office().pk) == (row.document_prefix, row.pk)

    def test_no_change_no_event(self, keeper):
        row = office()
        keeper.post(f"/offices/{row.pk}/", details(row))
        assert not Event.objects.filter(action="office.changed").exists()

    def test_without_a_court_nothing_is_changed(self, keeper):
        row = office()
        assert keeper.post(f"/offices/{row.pk}/", details(row, court="")).status_code == 422
        assert office().court == row.court


class TestWho:
    """The system administrator of the area alone."""

    @pytest.mark.parametrize("name", ["admin", "auditor", "county-supervisor", "applicant", "policy-publisher"])
    def test_nobody_else(self, name):
        client, row = sign_in(name), office()
        assert client.get("/offices/").status_code == 404
        assert client.post("/offices/new/", NEW).status_code == 404
        assert client.post(f"/offices/{row.pk}/", details(row, phone="1")).status_code == 404

    def test_not_outside_the_area(self, monday):
        user = User.objects.create(username="county-system")
        appoint(user, office("government"), "system_administrator", date(2026, 1, 1))
        client = Client()
        client.force_login(user)
        assert client.get(f"/offices/{office(division=KAIYUAN).pk}/").status_code == 404
        assert "不归您管理" in text_of(client.post("/offices/new/", NEW | {"division": KAIYUAN}))
        with pytest.raises(NotFound):
            office_book.change(user, office(division=KAIYUAN).pk, {"phone": "1"}, monday)

    @pytest.mark.parametrize(
        "path", ["/staff/", "/staff/security/", "/audit/", "/inbox/", "/finance/", "/policy/work/"]
    )
    def test_the_system_administrator_has_no_other_room(self, path):
        assert sign_in("system-admin").get(path).status_code == 404

    def test_the_security_administrator_keeps_no_offices_and_the_system_administrator_no_posts(self):
        assert sign_in("admin").get("/offices/").status_code == 404
        assert sign_in("system-admin").get(f"/staff/offices/{world.finance().pk}/").status_code == 404
