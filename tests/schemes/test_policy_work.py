"""The policy desk: each page's happy and refused path."""

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schemes.definition import Example
from schemes.files.exporting import scheme_toml
from schemes.models import OriginalFile, PolicyDocument, PolicyValue, Proposal, current_version
from schemes.publication import policy_desk
from schemes.publication.policy_endings import endings
from schemes.publication.stated_figures import figure_not_in
from schemes.views.work import preview
from tests.schemes.conftest import AT
from tests.schemes.desk import (
    GRANT,
    HONGHE,
    MENGZI,
    NATION,
    YANSHAN,
    Division,
    clause,
    client_of,
    document_draft,
    editor,
    main,
    official,
    published,
    publisher,
    soup,
    submitted,
    value_draft,
)

pytestmark = pytest.mark.usefixtures("founded", "clock")
VALUES = f"/policy/work/values/?scheme={GRANT}&division="


def address(name, *args):
    return reverse(f"policy_work:{name}", args=args)


def value_form(**changes):
    """What the form of the amount sends."""
    sent = {"value": "1,200", "basis": "stated", "clause": str(clause().pk), "note": ""}
    sent |= parts("valid_from", date(2027, 1, 1)) | parts("valid_to", date(2027, 12, 31))
    return sent | changes


def parts(name, day):
    return {f"{name}_{part}": getattr(day, part) for part in ("year", "month", "day")}


def value_page(division=HONGHE, name="amount"):
    return address("value", GRANT, division, name)


def errors(response, status=422):
    """What the summary lists."""
    return soup(response, status).find(class_="govuk-error-summary__list").get_text(" ", strip=True)


# ------------------------------------------------------------------ the desk


@pytest.mark.parametrize("role", ["clerk", "auditor", "administrator"])
def test_the_desk_does_not_exist_for_other_posts(role):
    assert client_of(official("somebody", role, HONGHE)).get(address("desk")).status_code == 404


def test_who_is_not_signed_in_signs_in_first(client):
    assert client.get(address("desk"))["Location"].startswith("/accounts/login/")


def test_the_desk_tells_drafts_what_waits_and_what_was_decided():
    user = editor()
    policy_desk.begin(user, document_draft(), AT)
    submitted(user, value_draft())
    published(value_draft(MENGZI, "900.00"))
    own, waiting = main(client_of(user).get(address("desk"))), main(client_of(publisher()).get(address("desk")))
    assert "关于提高求职补贴标准的通知" in own
    assert "关于提高求职补贴标准的通知" not in waiting
    assert "等我发布" in waiting
    assert "残疾人高校毕业生一次性求职补贴：补贴金额" in waiting
    assert "publisher-532500" in own


def test_what_one_may_not_publish_does_not_wait_for_one():
    submitted(editor(NATION), value_draft(YANSHAN))
    assert "没有等您发布的草案" in main(client_of(publisher(HONGHE)).get(address("desk")))


def test_assumed_values_are_listed_with_the_way_to_confirm_them():
    page = soup(client_of(editor()).get(address("desk")))
    assert page.find("a", href=f"{value_page()}?confirm=1")


def test_what_was_confirmed_is_not_asked_for_again():
    row = PolicyValue.objects.get(scheme=GRANT, division=HONGHE, name="amount")
    published(value_draft(begins=row.valid_from, ends=row.valid_to), because="通知自始适用")
    page = soup(client_of(editor()).get(address("desk")))
    assert not page.find("a", href=f"{value_page()}?confirm=1")


def test_on_a_production_site_the_desk_says_what_is_closed(monkeypatch):
    monkeypatch.setattr("schemes.views.work.desk.settings", SimpleNamespace(DEMO=False))
    assert "现在没有开放" in main(client_of(publisher()).get(address("desk")))


def test_documents_that_end_within_90_days_and_ended_ones_nothing_follows_are_told():
    honghe, yanshan = Division.objects.get(pk=HONGHE), Division.objects.get(pk=YANSHAN)
    assert endings([honghe], date(2027, 10, 1)) == []
    soon = endings([honghe], date(2027, 10, 2))[0]
    assert (soon.days, GRANT in soon.open_schemes) == (90, True)
    over = endings([yanshan], AT.date())[0]
    assert over.days < 0
    assert GRANT in over.open_schemes
    with time_machine.travel(date(2027, 11, 1)):
        assert "红政办发〔2025〕47号" in main(client_of(editor()).get(address("desk")))


def test_a_document_whose_schemes_all_go_on_is_no_warning_once_it_is_over():
    user = editor(YANSHAN)
    old = PolicyDocument.objects.get(division=YANSHAN)
    content = {"scheme": "", "clause": "一", "text": "继续执行。", "strength": "shall"}
    schemes = old.clauses.values_list("scheme_id", flat=True).distinct()
    clauses = [content | {"scheme": scheme} for scheme in schemes]
    submitted_one = submitted(user, document_draft(YANSHAN, clauses=clauses, text=""))
    policy_desk.publish(publisher(YANSHAN), submitted_one.pk, AT)
    assert endings([Division.objects.get(pk=YANSHAN)], AT.date()) == []


# ------------------------------------------------------------------ values


def test_the_values_of_a_county_tell_what_is_inherited():
    text = main(client_of(editor()).get(VALUES + MENGZI))
    assert "1,000.00元" in text
    assert "（上级规定）" in text


def test_an_editor_sees_no_values_to_change_elsewhere():
    user = client_of(editor())
    assert "请从列表中选择地区" in main(user.get(VALUES + YANSHAN))
    assert user.get(value_page(YANSHAN)).status_code == 404
    assert user.post(value_page(YANSHAN), value_form()).status_code == 404
    assert client_of(publisher()).get(value_page()).status_code == 404


def test_a_value_that_does_not_exist_cannot_be_drafted():
    assert client_of(editor()).get(value_page(name="bonus")).status_code == 404


def test_the_form_shows_what_holds_now_and_becomes_a_draft_with_the_difference():
    user = client_of(editor())
    assert "1,000.00元" in main(user.get(value_page()))
    response = user.post(value_page(), value_form(), follow=True)
    text = main(response)
    assert "1,200.00元" in text
    assert "现行的数值（2025-12-23至2027-12-31）到2027-01-01的前一天为止。" in text
    assert PolicyValue.objects.filter(value="1200.00").count() == 0
    assert Proposal.objects.get().kind == "confirmation"


@pytest.mark.parametrize(
    "changes,told",
    [
        ({"value": "much"}, "金额请只写数字"),
        ({"value": ""}, "请填写金额"),
        ({"clause": ""}, "请选择“依据的文件和条款”"),
        ({"clause": "999999"}, "请从列表中选择条款"),
        (parts("valid_to", date(2026, 12, 31)), "失效日期不能早于生效日期"),
        (parts("valid_to", date(2028, 1, 1)), "数值不能超过这一天"),
        ({"basis": "assumed"}, "示例值请写明依据什么暂定"),
        ({"valid_from_month": "13"}, "月份"),
    ],
)
def test_a_wrong_figure_date_or_clause_is_refused_and_nothing_is_saved_or_lost(changes, told):
    response = client_of(editor()).post(value_page(), value_form(**changes))
    assert told in errors(response)
    assert not Proposal.objects.exists()
    assert soup(response, 422).find("input", attrs={"name": "value"}).get("value", "") == changes.get("value", "1,200")


def test_a_value_without_a_last_day_ends_with_its_document():
    empty = {f"valid_to_{part}": "" for part in ("year", "month", "day")}
    client_of(editor()).post(value_page(), value_form(**empty))
    assert Proposal.objects.get().content["valid_to"] == "2027-12-31"


def test_a_draft_is_changed_until_it_is_submitted():
    user = client_of(editor())
    user.post(value_page(), value_form())
    proposal = Proposal.objects.get()
    page = address("edit", proposal.pk)
    assert 'value="1200.00"' in user.get(page).content.decode()
    assert user.post(page, value_form(value="1300", edition=1)).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.content["value"], proposal.edition) == ("1300.00", 2)
    user.post(address("submit", proposal.pk), {"reason": "按通知"})
    assert user.get(page).status_code == 404


def test_a_page_that_is_out_of_date_does_not_overwrite_what_was_saved_meanwhile():
    user = client_of(editor())
    user.post(value_page(), value_form())
    page = address("edit", Proposal.objects.get().pk)
    user.post(page, value_form(value="1300", edition=1))
    assert "已在另一个页面保存过" in errors(user.post(page, value_form(value="1400", edition=1)))
    assert Proposal.objects.get().content["value"] == "1300.00"


# ------------------------------------------------------------------ the life of a proposal


@pytest.fixture
def waiting():
    """A value that waits to be published."""
    return submitted(editor(), value_draft())


def test_submitting_needs_a_reason():
    proposal = policy_desk.begin(editor(), value_draft(), AT)
    assert "请填写“提交理由”" in errors(client_of(editor()).post(address("submit", proposal.pk), {"reason": ""}))
    assert Proposal.objects.get().state == "draft"


def test_a_beginning_in_the_past_needs_a_reason_of_its_own_which_is_kept():
    user, proposal = client_of(editor()), policy_desk.begin(editor(), value_draft(begins=date(2026, 1, 1)), AT)
    page = address("submit", proposal.pk)
    assert "为什么从过去的日期起生效" in main(user.get(address("proposal", proposal.pk)))
    assert "请填写“为什么从过去的日期起生效”" in errors(user.post(page, {"reason": "按通知"}))
    user.post(page, {"reason": "按通知", "backdated_because": "通知自1月起执行"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.backdated_because) == ("submitted", "通知自1月起执行")


def test_what_waited_past_its_first_day_asks_the_publisher_for_the_reason(clock, waiting):
    clock.move_to(AT.replace(year=2027, month=2))
    user = client_of(publisher())
    assert "请填写" in errors(user.post(address("publish", waiting.pk), {}))
    assert Proposal.objects.get().state == "submitted"
    user.post(address("publish", waiting.pk), {"backdated_because": "审核用时较长"})
    assert Proposal.objects.get().backdated_because == "审核用时较长"


def test_a_publisher_publishes_and_the_value_is_in_force(waiting):
    text = main(client_of(publisher()).post(address("publish", waiting.pk), {}, follow=True))
    assert "已发布" in text
    assert PolicyValue.objects.get(value="1200.00").published_by == "publisher-532500"


def test_what_was_published_is_still_set_beside_what_held_before(waiting):
    response = client_of(publisher()).post(address("publish", waiting.pk), {}, follow=True)
    header, row = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in soup(response).select("tr")][
        :2
    ]
    assert header[1:] == ["发布前", "发布后"]
    assert [words.replace("每人", "") for words in row[1:]] == ["1,000.00元", "1,200.00元"]


def test_an_example_of_the_scheme_is_what_holds_now_until_a_value_is_published(monkeypatch):
    version = current_version(GRANT)
    example = Example(name="amount", value="900.00", note="条文未载金额")
    definition = version.definition.model_copy(update={"examples": (example,)})
    monkeypatch.setattr(preview, "values_of", lambda *where: {})
    monkeypatch.setattr(preview, "current_version", lambda code: SimpleNamespace(scheme_id=code, definition=definition))
    found = preview.preview_of(policy_desk.begin(editor(), value_draft(), AT), AT)
    assert [line.before for line in found["lines"]] == [
        "900.00元",
        "暂定，待文件确认",
        "事项自带的示例",
        "",
        "条文未载金额",
    ]


@pytest.mark.parametrize(
    "value,text,note,missing",
    [
        ("1200.00", "标准为每人每月1200元", "", False),
        ("12000.00", "最高不超过1.2万元", "", False),
        ("1200.00", "标准为1,200元", "", False),
        ("900.00", "标准为每人每月1200元", "", True),
        ("900.00", "标准为每人每月1200元", "按四分之三计算", False),
    ],
)
def test_a_sum_the_clause_does_not_hold_is_pointed_out(value, text, note, missing):
    content = {"basis": "stated", "value": value, "note": note}
    assert figure_not_in("amount", content, text) is missing
    assert not figure_not_in("amount", content | {"basis": "assumed"}, text)
    assert not figure_not_in("requires_seeking", content | {"value": True}, text)


def test_editor_and_publisher_see_that_the_clause_holds_no_such_sum(waiting):
    for user in (editor(), publisher()):
        assert "这一条里没有写着这个数" in main(client_of(user).get(address("proposal", waiting.pk)))


def test_a_publisher_rejects_with_a_reason_and_the_editor_drafts_anew(waiting):
    user, author = client_of(publisher()), client_of(editor())
    assert "请填写“退回理由”" in errors(user.post(address("reject", waiting.pk), {"decision_reason": ""}))
    user.post(address("reject", waiting.pk), {"decision_reason": "文号有误"})
    assert "退回理由：文号有误" in main(author.get(address("proposal", waiting.pk)))
    text = main(author.post(address("revise", waiting.pk), follow=True))
    assert "由先前的草案修改而来" in text
    assert Proposal.objects.filter(state="draft", revises=waiting).count() == 1


def test_an_author_withdraws_and_nobody_publishes_it_then(waiting):
    client_of(editor()).post(address("withdraw", waiting.pk))
    assert client_of(publisher()).post(address("publish", waiting.pk), {}).status_code == 404
    assert Proposal.objects.get().state == "withdrawn"


@pytest.mark.parametrize("act", ["publish", "reject"])
def test_an_editor_cannot_decide_by_sending_the_form(waiting, act):
    response = client_of(editor()).post(address(act, waiting.pk), {"decision_reason": "文号有误"})
    assert response.status_code == 403
    assert Proposal.objects.get().state == "submitted"


def test_a_proposal_decided_meanwhile_is_said_to_be_decided(waiting):
    user = client_of(publisher())
    user.post(address("publish", waiting.pk), {})
    assert "已经处理过了" in errors(user.post(address("reject", waiting.pk), {"decision_reason": "文号有误"}), 409)


def test_a_later_publication_supersedes_the_earlier():
    first = published(value_draft())
    second = published(value_draft(value="1300.00", begins=date(2027, 6, 1)))
    first.refresh_from_db()
    assert (first.state, first.superseded_by) == ("superseded", second)
    assert "取代它的草案" in main(client_of(editor()).get(address("proposal", first.pk)))


def test_values_that_never_meet_do_not_supersede_each_other():
    first = published(value_draft())
    published(value_draft(MENGZI))
    first.refresh_from_db()
    assert first.state == "published"


# ------------------------------------------------------------------ documents


def document_form(**changes):
    sent = {"division": HONGHE, "title": "通知", "number": "", "issuer": "州人社局", "source": "official", "note": ""}
    return sent | {"text": "一、每人1500元。"} | parts("dated", date(2026, 11, 1)) | changes


def clause_form(**changes):
    return {"scheme": GRANT, "clause": "一", "text": "每人1500元。", "strength": "shall", "edition": 1} | changes


def drafted_document(user, **changes):
    assert user.post(address("document_new"), document_form(**changes)).status_code == 302
    return Proposal.objects.get()


def test_a_document_is_drafted_with_its_clauses_submitted_and_published():
    user = client_of(editor())
    proposal = drafted_document(user)
    assert user.post(address("clause_add", proposal.pk), clause_form()).status_code == 302
    user.post(address("submit", proposal.pk), {"reason": "新通知"})
    client_of(publisher()).post(address("publish", proposal.pk), {})
    document = PolicyDocument.objects.get(title="通知")
    assert (document.number, document.origin, document.in_force_from) == ("未载", "people", date(2026, 11, 1))
    assert document.clauses.get().text == "每人1500元。"
    assert "每人1500元。" in main(client_of(editor()).get(f"/policy/{GRANT}/{MENGZI}/"))


@pytest.mark.parametrize(
    "changes,told",
    [
        ({"title": ""}, "请填写“标题”"),
        ({"dated_year": "", "dated_month": "", "dated_day": ""}, "请填写成文日期"),
        (parts("in_force_to", date(2026, 1, 1)), "不能早于成文日期"),
        ({"division": YANSHAN}, "选择"),
        ({"upload": SimpleUploadedFile("a.docx", b"PK\x03\x04word")}, "只能上传PDF或TXT"),
        ({"upload": SimpleUploadedFile("a.pdf", b"%PDF-1.7 broken")}, "打不开"),
    ],
)
def test_a_wrong_document_is_refused_and_nothing_is_saved(changes, told):
    response = client_of(editor()).post(address("document_new"), document_form(**changes))
    assert told in errors(response)
    assert not Proposal.objects.exists()


def test_a_text_file_is_sealed_gives_the_text_and_is_handed_out_to_everybody_once_published(client):
    user = client_of(editor())
    note = SimpleUploadedFile("通知.txt", "一、每人1500元。".encode("gb18030"))
    proposal = drafted_document(user, text="", upload=note)
    assert proposal.content["text"] == "一、每人1500元。"
    user.post(address("clause_add", proposal.pk), clause_form())
    assert user.get(address("file", proposal.pk)).content.decode() == "一、每人1500元。"
    code = proposal.content["code"]
    assert client.get(f"/policy/document/{code}/original").status_code == 404
    user.post(address("submit", proposal.pk), {"reason": "新通知"})
    client_of(publisher()).post(address("publish", proposal.pk), {})
    response = client.get(f"/policy/document/{code}/original")
    assert response.content.decode() == "一、每人1500元。"
    assert response["Content-Disposition"].startswith("attachment")
    assert "每人1500元" not in OriginalFile.objects.get().stored


@pytest.mark.parametrize(
    "changes,told",
    [
        ({"text": "每人一千五百元"}, "条文与全文不一致"),
        ({"scheme": ""}, "请选择“事项”"),
        ({"edition": 7}, "已在另一个页面保存过"),
    ],
)
def test_a_clause_that_is_not_word_for_word_or_out_of_date_is_refused(changes, told):
    user = client_of(editor())
    proposal = drafted_document(user)
    assert told in errors(user.post(address("clause_add", proposal.pk), clause_form(**changes)))
    assert Proposal.objects.get().content["clauses"] == []


def test_a_document_without_its_text_says_that_nobody_compared_the_clauses():
    proposal = submitted(editor(), document_draft(text=""))
    assert "系统不能逐字核对条文" in main(client_of(publisher()).get(address("proposal", proposal.pk)))


def test_a_document_without_clauses_cannot_be_submitted():
    user = client_of(editor())
    proposal = drafted_document(user)
    assert "至少录入一条条款" in errors(user.post(address("submit", proposal.pk), {"reason": "新通知"}))


def test_a_clause_is_changed_and_taken_out_of_a_draft():
    user = client_of(editor())
    proposal = drafted_document(user)
    user.post(address("clause_add", proposal.pk), clause_form())
    user.post(address("clause", proposal.pk, 0), clause_form(strength="may", edition=2))
    assert Proposal.objects.get().content["clauses"][0]["strength"] == "may"
    user.post(address("clause_remove", proposal.pk, 0), {"edition": 3})
    assert Proposal.objects.get().content["clauses"] == []
    assert user.get(address("clause", proposal.pk, 0)).status_code == 404


def test_a_document_on_record_is_put_right_by_a_draft_that_shows_what_changes():
    user = client_of(editor())
    response = user.post(address("document_change", "honghe-2025-47"))
    proposal = Proposal.objects.get()
    changed = document_form(title="改过的标题", edition=1, text="") | parts("in_force_to", date(2028, 12, 31))
    user.post(address("edit", proposal.pk), changed)
    text = main(user.get(response["Location"]))
    assert "2027-12-31" in text
    assert "2028-12-31" in text
    assert "不变" in text


def test_the_documents_of_ones_own_divisions_are_listed_with_the_way_to_change_them():
    page = soup(client_of(editor()).get(address("documents")))
    ways = [form["action"] for form in page.main.find_all("form")]
    assert address("document_change", "honghe-2025-47") in ways
    assert all("yanshan" not in way for way in ways)
    assert client_of(publisher()).get(address("documents")).status_code == 404


def test_nobody_changes_a_document_of_another_place():
    assert client_of(editor(YANSHAN)).post(address("document_change", "honghe-2025-47")).status_code == 404
    assert client_of(publisher()).post(address("document_change", "honghe-2025-47")).status_code == 404


def test_a_document_is_not_shortened_under_values_that_rest_on_it():
    proposal = submitted(editor(), document_draft())
    policy_desk.publish(publisher(), proposal.pk, AT)
    document = PolicyDocument.objects.get(code=f"{HONGHE}-2026-11-20-1")
    row = PolicyValue.objects.filter(scheme=GRANT, division=HONGHE, name="amount").get()
    PolicyValue.objects.create(
        scheme_id=GRANT, division_id=MENGZI, name="amount", value="1500.00", clause=document.clauses.get(),
        basis="stated", valid_from=row.valid_from, origin="people", published_by="x", published_at=AT,
    )  # fmt: skip
    shorter = submitted(editor(), document_draft(in_force_to="2026-12-31"))
    response = client_of(publisher()).post(address("publish", shorter.pk), {})
    assert "请先调整这些参数" in errors(response, 409)
    document.refresh_from_db()
    assert document.in_force_to is None


# ------------------------------------------------------------------ versions


def toml(text):
    return {"upload": SimpleUploadedFile("grant.toml", text.encode())}


def test_a_version_is_imported_as_a_draft_and_compared_with_the_one_in_force():
    text = scheme_toml(current_version(GRANT)).replace('"QZ"', '"QX"')
    response = client_of(editor()).post(address("version_new"), toml(text), follow=True)
    shown = main(response)
    assert "与第1版逐处对照" in shown
    assert "QX" in shown
    assert current_version(GRANT).number == 1


@pytest.mark.parametrize("before,after", [('archetype = "school_batch"', 'archetype = "x"'), ("code =", "code")])
def test_a_faulty_file_is_refused_with_file_and_line(before, after):
    text = scheme_toml(current_version(GRANT)).replace(before, after, 1)
    shown = main(client_of(editor()).post(address("version_new"), toml(text)), 422)
    assert "文件有错误，没有导入" in shown
    assert "grant.toml" in shown
    assert not Proposal.objects.exists()


def test_a_file_that_is_no_text_is_refused():
    sent = {"upload": SimpleUploadedFile("x.toml", b"\xff\xfe\x00")}
    assert "UTF-8" in errors(client_of(editor()).post(address("version_new"), sent))


def test_a_version_that_was_overtaken_is_not_published():
    content = current_version(GRANT).content
    text = scheme_toml(current_version(GRANT)).replace('"QZ"', '"QX"')
    user = client_of(editor(NATION))
    user.post(address("version_new"), toml(text))
    proposal = Proposal.objects.get()
    user.post(address("submit", proposal.pk), {"reason": "改字头"})
    later = AT.replace(hour=12)
    other = policy_desk.begin(
        editor(NATION, "second"), document_draft().__class__("version", content | {"once": "life"}, GRANT), AT
    )
    policy_desk.submit(editor(NATION, "second"), other.pk, "先发布", AT)
    policy_desk.publish(publisher(NATION), other.pk, later)
    response = client_of(publisher(NATION)).post(address("publish", proposal.pk), {})
    assert "已经发布了新版本" in errors(response, 409)
    assert current_version(GRANT).number == 2


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_the_desk_stands_in_both_languages(language, settings, waiting):
    user = client_of(editor())
    user.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    pages = [address("desk"), VALUES + MENGZI, value_page(), address("document_new"), address("version_new")]
    for page in [*pages, address("proposal", waiting.pk)]:
        assert soup(user.get(page)).html["lang"].lower() == language
