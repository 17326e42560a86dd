"""The pages of letters: the list, one letter, the form that keeps what was typed, and the difference before release."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schemes.letter_book.subjects import subject_of
from schemes.models import LetterVersion, Proposal
from schemes.words.letter_changes import pieces
from tests.schemes.conftest import AT
from tests.schemes.desk import GRANT, HONGHE, MENGZI, YANSHAN, client_of, editor, main, official, publisher, soup
from tests.schemes.test_letter_versions import draft, published, submitted

pytestmark = pytest.mark.usefixtures("founded", "clock")
TODAY = timezone.localdate(AT)


def address(name, *args):
    return reverse(f"policy_work:{name}", args=args)


def listing(division=HONGHE, scheme=""):
    return f"{address('letters')}?scheme={scheme}&division={division}"


def sent(code="extension", scheme="", **changes):
    """What the form sends when one more sentence is typed into its first paragraph."""
    first = subject_of(code, scheme).first
    typed = {"title_zh": first.title.zh, "title_en": first.title.en}
    for language in ("zh", "en"):
        for place, text in enumerate(first.body.in_language(language).split("\n\n")):
            typed[f"p{place}_{language}"] = text
    day = {"year": TODAY.year, "month": TODAY.month, "day": TODAY.day}
    return typed | {f"in_force_from_{part}": number for part, number in day.items()} | changes


@pytest.mark.parametrize("role", ["clerk", "auditor", "administrator"])
def test_letters_do_not_exist_for_other_posts(role):
    client = client_of(official("somebody", role, HONGHE))
    assert client.get(address("letters")).status_code == 404
    assert client.get(address("letter", HONGHE, "-", "extension")).status_code == 404


def test_the_list_tells_where_each_text_comes_from_and_who_changed_it_when():
    published(draft())
    text = main(client_of(editor()).get(listing(MENGZI)))
    assert "红河哈尼族彝族自治州" in text
    assert "editor-532500" in text
    assert "publisher-532500" in text
    assert "系统自带" in text


def test_the_list_of_a_scheme_has_the_letters_its_cases_bring():
    text = main(client_of(editor()).get(listing(scheme=GRANT)))
    assert "批准决定书" in text
    assert "事项自带" in text
    assert "转办告知书" not in text


def test_a_publisher_reads_the_letters_and_is_offered_no_change():
    page = soup(client_of(publisher()).get(listing()))
    assert "文书文本" in page.main.get_text()
    assert not page.find("a", href=address("letter_change", HONGHE, "-", "extension"))
    client = client_of(publisher())
    assert client.get(address("letter_change", HONGHE, "-", "extension")).status_code == 404


def test_letters_of_other_divisions_are_not_shown():
    client = client_of(editor())
    assert "请从列表中选择地区" in main(client.get(listing(YANSHAN)), 422)
    assert client.get(address("letter", YANSHAN, "-", "extension")).status_code == 404
    assert client.get(address("letter_change", YANSHAN, "-", "extension")).status_code == 404
    assert client.post(address("letter_withdraw", YANSHAN, "-", "extension")).status_code == 404


@pytest.mark.parametrize("scheme,code", [("-", "fairy-tale"), (GRANT, "referral"), ("no-such-scheme", "grant")])
def test_a_letter_there_is_not_is_not_found(scheme, code):
    assert client_of(editor()).get(address("letter", HONGHE, scheme, code)).status_code == 404


def test_one_letter_tells_its_text_its_variables_and_its_history():
    published(draft())
    text = main(client_of(publisher()).get(address("letter", MENGZI, "-", "extension")))
    assert "感谢您的耐心" in text
    assert "{new_due}" in text
    assert "新的期限" in text
    assert "不能去掉" in text
    assert "按上级通知" in text


def test_the_form_begins_with_the_text_in_force_and_one_empty_paragraph():
    page = soup(client_of(editor()).get(address("letter_change", HONGHE, "-", "extension")))
    first = subject_of("extension", "").first
    paragraphs = len(first.body.zh.split("\n\n"))
    assert page.find("textarea", {"name": "p1_zh"}).get_text().strip() == first.body.zh.split("\n\n")[1]
    assert page.find("textarea", {"name": f"p{paragraphs}_zh"}).get_text().strip() == ""
    assert page.find("textarea", {"name": "p0_en"})["lang"] == "en"


def test_a_changed_paragraph_becomes_a_draft_whose_page_shows_the_difference():
    last = {"p9_zh": "感谢您的耐心。", "p9_en": "Thank you."}
    typed = sent(p4_zh="", p4_en="") | {"p5_zh": last["p9_zh"], "p5_en": last["p9_en"]}
    for place in range(5):
        typed.setdefault(f"p{place}_zh", "")
        typed.setdefault(f"p{place}_en", "")
    response = client_of(editor()).post(address("letter_change", HONGHE, "-", "extension"), typed, follow=True)
    page = soup(response)
    assert "感谢您的耐心" in " ".join(one.get_text() for one in page.find_all("ins"))
    assert not page.find_all("del")
    assert Proposal.objects.get().content["body"]["zh"].endswith("感谢您的耐心。")


@pytest.mark.parametrize(
    "changes,told",
    [
        ({"p1_zh": "没有变量了"}, "不能去掉这些变量"),
        ({"p1_zh": "{reasonn}"}, "这种文书没有这些变量：{reasonn}"),
        ({"p1_zh": "{reason"}, "花括号里只能写变量名"),
        ({"p1_en": ""}, "请把这一段用两种语言写全"),
        ({"title_zh": ""}, "请填写“标题（中文）”"),
        ({"in_force_from_month": "13"}, "月份"),
        ({"p1_zh": "\U0001f600"}, "U+1F600"),
    ],
)
def test_a_fault_is_told_with_what_to_do_and_nothing_typed_is_lost(changes, told):
    typed = sent(**changes) | {"p0_zh": "尊敬的{name}：我们想告诉您"}
    response = client_of(editor()).post(address("letter_change", HONGHE, "-", "extension"), typed)
    page = soup(response, 422)
    assert told in page.find(class_="govuk-error-summary__list").get_text(" ", strip=True)
    assert "我们想告诉您" in page.find("textarea", {"name": "p0_zh"}).get_text()
    assert not Proposal.objects.exists()


def test_a_draft_is_changed_and_two_pages_of_it_do_not_overwrite_each_other():
    user = editor()
    client = client_of(user)
    client.post(address("letter_change", HONGHE, "-", "extension"), sent(p0_zh="尊敬的{name}："))
    proposal = Proposal.objects.get()
    form = soup(client.get(address("edit", proposal.pk)))
    assert form.find("input", {"name": "edition"})["value"] == "1"
    client.post(address("edit", proposal.pk), sent(p0_zh="{name}，您好：", edition=1))
    late = client.post(address("edit", proposal.pk), sent(p0_zh="晚了的{name}：", edition=1))
    assert "已在另一个页面保存过" in main(late, 422)
    proposal.refresh_from_db()
    assert proposal.content["body"]["zh"].startswith("{name}，您好：")


def test_another_publishes_on_the_page_and_sends_back_with_a_reason():
    first, second = submitted(editor(), draft(zh="甲")), submitted(editor(), draft(MENGZI, zh="乙"))
    client = client_of(publisher())
    assert "甲" in main(client.get(address("proposal", first.pk)))
    client.post(address("publish", first.pk))
    client.post(address("reject", second.pk), {"decision_reason": "县里不用另写"})
    assert LetterVersion.objects.get().body_zh.endswith("甲")
    assert "县里不用另写" in main(client_of(editor()).get(address("proposal", second.pk)))
    assert "查看这种文书现在的文本" in main(client.get(address("proposal", first.pk)))


def test_a_place_s_own_text_is_withdrawn_by_a_draft_that_another_publishes():
    published(draft())
    client = client_of(editor())
    assert "撤下本地的文本" in main(client.get(address("letter", HONGHE, "-", "extension")))
    response = client.post(address("letter_withdraw", HONGHE, "-", "extension"), follow=True)
    assert "改用上级的文本" in main(response)
    proposal = Proposal.objects.get(content__withdraws=True)
    assert client.get(address("edit", proposal.pk)).status_code == 404
    client.post(address("submit", proposal.pk), {"reason": "统一用省的文本"})
    client_of(publisher()).post(address("publish", proposal.pk))
    assert LetterVersion.objects.order_by("-pk").first().withdraws
    assert "撤下本地的文本" not in main(client.get(address("letter", HONGHE, "-", "extension")))


def test_where_there_is_nothing_of_one_s_own_there_is_nothing_to_withdraw():
    response = client_of(editor()).post(address("letter_withdraw", HONGHE, "-", "extension"))
    assert response.status_code == 409


def test_a_later_text_is_announced_in_the_list():
    published(draft(begins=TODAY + timedelta(days=7)))
    day = (TODAY + timedelta(days=7)).isoformat()
    assert f"从{day}起有新的文本" in main(client_of(editor()).get(listing()))


def test_a_draft_of_a_letter_is_on_the_desk_by_its_name():
    submitted(editor(), draft(code="grant", scheme=GRANT))
    assert "残疾人高校毕业生一次性求职补贴：批准决定书" in main(client_of(publisher()).get(address("desk")))


def test_variables_and_words_are_compared_whole():
    found = pieces("因{reason}延长", "由于{reason}延长")
    assert [(one.kind, one.text) for one in found] == [
        ("removed", "因"),
        ("added", "由于"),
        ("same", "{reason}延长"),
    ]
    assert [one.text for one in pieces("the days", "the weeks") if one.kind != "same"] == ["days", "weeks"]
