"""What an official keeps: searches by codes, columns, and whether single keys work."""

import pytest
from django.db import IntegrityError, transaction

from approvals.inbox import Filters, saved
from approvals.models import DeskSettings, SavedSearch
from people.refusals import Invalid, NotFound
from tests import world
from tests.approvals.desk import sign_in, text_of

pytestmark = pytest.mark.django_db
CLERK, OTHER = "county-clerk", "other-county"
WEEK = "/inbox/saved/?tab=overdue&due=week&flag=urged&sort=-amount&q=%E6%9D%8E"


def keep(name="本周", user=CLERK, **filters):
    return saved.save(world.user(user), name, Filters(**filters), world.START)


def test_a_search_is_kept_by_its_codes_and_never_by_whom_it_looked_for():
    answer = sign_in(CLERK).post(WEEK, {"name": "本周催办"})
    search = SavedSearch.objects.get()
    assert search.query == "tab=overdue&due=week&flag=urged&sort=-amount"
    assert answer.headers["Location"] == f"/inbox/?{search.query}"
    assert saved.filters_of(search).flags == ("urged",)


def test_a_kept_search_is_a_link_above_the_list():
    keep(due="week")
    page = text_of(sign_in(CLERK).get("/inbox/"))
    assert '<a class="govuk-link zd-target" href="/inbox/?tab=todo&due=week">本周</a>' in page


def test_a_search_of_the_same_name_takes_its_place():
    keep(due="week")
    keep(due="soon")
    assert SavedSearch.objects.get().query == "tab=todo&due=soon"


@pytest.mark.parametrize("name, said", [("", "请填写“名称”"), ("李四 532503198001011234", "长数字"), ("长" * 31, "30")])
def test_a_name_that_cannot_be_is_told_and_stays(name, said):
    answer = sign_in(CLERK).post("/inbox/saved/?due=week", {"name": name})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert name in text_of(answer)
    assert not SavedSearch.objects.exists()


def test_there_is_an_end_to_what_one_keeps():
    for n in range(saved.MOST):
        keep(f"第{n}个")
    with pytest.raises(Invalid):
        keep("再一个")
    assert keep("第3个", due="week").name == "第3个"


def test_the_inbox_opens_with_the_default_search_unless_a_list_is_asked_for(clock):
    case = world.waiver().submit()
    clock.move_to(case.at)
    client = sign_in(CLERK)
    client.post("/inbox/saved/?tab=overdue", {"name": "逾期", "is_default": "on"})
    assert case.application.number not in text_of(client.get("/inbox/"))
    assert case.application.number in text_of(client.get("/inbox/?tab=todo"))
    assert f"/inbox/{case.public_id}/?tab=todo" in text_of(client.get("/inbox/?tab=todo"))


def test_only_one_search_is_the_default_and_it_can_be_none():
    first, second = keep("一"), keep("二")
    client = sign_in(CLERK)
    for search in (first, second):
        client.post(f"/inbox/saved/{search.pk}/default/", {"default": "on"})
    assert [one.name for one in SavedSearch.objects.filter(is_default=True)] == ["二"]
    client.post(f"/inbox/saved/{second.pk}/default/", {})
    assert not SavedSearch.objects.filter(is_default=True).exists()


def test_a_search_can_be_deleted():
    search = keep()
    assert sign_in(CLERK).post(f"/inbox/saved/{search.pk}/delete/").status_code == 302
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("act", ["default", "delete"])
def test_somebody_else_s_search_does_not_exist(act):
    search = keep("我的专用筛选")
    assert sign_in(OTHER).post(f"/inbox/saved/{search.pk}/{act}/", {"default": "on"}).status_code == 404
    assert SavedSearch.objects.filter(pk=search.pk, is_default=False).exists()
    assert search.name not in text_of(sign_in(OTHER).get("/inbox/saved/"))
    with pytest.raises(NotFound):
        saved.delete(world.user(OTHER), search.pk)


def test_a_saved_search_widens_nothing_for_another_county():
    case = world.waiver().submit()
    search = keep(user=OTHER, county="532503", scheme="lottery-deposit-waiver")
    assert case.application.number not in text_of(sign_in(OTHER).get(f"/inbox/?{search.query}"))


@pytest.mark.parametrize("query", ["tab=todo&q=李四", "person=00ff"])
def test_the_database_keeps_no_search_for_somebody(query):
    with pytest.raises(IntegrityError, match="saved_search_names_nobody"), transaction.atomic():
        SavedSearch.objects.create(user=world.user(CLERK), name="x", query=query, created_at=world.START)


def test_the_database_keeps_one_default_and_one_search_of_a_name():
    search = keep()
    saved.make_default(search.user, search.pk, default=True)
    for name, default in (("另一个", True), (search.name, False)):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedSearch.objects.create(
                user=search.user, name=name, query="", is_default=default, created_at=world.START
            )


def test_columns_are_those_the_official_chose():
    world.waiver().submit()
    client = sign_in(CLERK)
    assert "到件</th>" not in text_of(client.get("/inbox/"))
    client.post("/inbox/settings/?tab=todo", {"columns": ["arrived", "name", "marks"], "keys": "on"})
    page = text_of(client.get("/inbox/"))
    assert "到件</th>" in page
    assert "事项</th>" not in page
    assert "到件</th>" not in text_of(sign_in(OTHER).get("/inbox/"))


def test_a_list_without_columns_is_refused():
    answer = sign_in(CLERK).post("/inbox/settings/", {"columns": []})
    assert answer.status_code == 422
    assert "请至少选择一列" in text_of(answer)
    assert not DeskSettings.objects.exists()


def test_single_keys_can_be_switched_off():
    world.waiver().submit()
    client = sign_in(CLERK)
    assert "data-inbox-keys" in text_of(client.get("/inbox/"))
    client.post("/inbox/settings/", {"columns": ["name"]})
    assert "data-inbox-keys" not in text_of(client.get("/inbox/"))
    assert "快捷键现在是关闭的" in text_of(client.get("/inbox/keys/"))
