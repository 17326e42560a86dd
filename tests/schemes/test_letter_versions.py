"""Texts of letters: drafted, checked against their variables, released by another, in force where and when."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.models import Event
from people.models import Division
from people.refusals import Conflict, Invalid, Refused
from schemes.letter_book import scheme_letter, standard_letter
from schemes.letter_book.checking import faults
from schemes.letter_book.standard import shipped
from schemes.letter_book.subjects import Text, subject_of, subjects
from schemes.models import LetterVersion, Proposal, current_version, current_versions
from schemes.publication import policy_desk
from schemes.publication.publishing_letters import letter_draft
from schemes.texts import LocalText
from tests.schemes.conftest import AT
from tests.schemes.desk import GRANT, HONGHE, MENGZI, NATION, YANSHAN, editor, published, publisher, submitted

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(AT)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _policy(founded, clock):
    """The catalogue, on a Monday."""


def reworded(subject, zh="感谢您的耐心。", en="Thank you for your patience."):
    """The first text with one more paragraph."""
    body = LocalText(zh=f"{subject.first.body.zh}\n\n{zh}", en=f"{subject.first.body.en}\n\n{en}")
    return Text(subject.first.title, body)


def draft(division=HONGHE, code="extension", scheme="", begins=TODAY, text=None, **words):
    subject = subject_of(code, scheme)
    return letter_draft(subject, division, text or reworded(subject, **words), begins)


def withdrawal(division=HONGHE, code="extension", scheme="", begins=TODAY):
    return letter_draft(subject_of(code, scheme), division, None, begins)


def told(division=HONGHE, on=TODAY, code="extension"):
    return standard_letter(code, division, on).body.zh


# ------------------------------------------------------------------ in force


def test_a_text_nobody_published_is_the_one_the_product_came_with():
    assert standard_letter("extension", MENGZI, TODAY) == shipped()["extension"]


def test_a_published_text_holds_in_the_division_and_below_from_its_day_on():
    published(draft(begins=TOMORROW))
    assert "感谢您的耐心" not in told(MENGZI, TODAY)
    assert "感谢您的耐心" in told(MENGZI, TOMORROW)
    assert "感谢您的耐心" in told(HONGHE, TOMORROW)
    assert "感谢您的耐心" not in told(YANSHAN, TOMORROW)


def test_the_nearest_division_wins():
    published(draft(NATION, zh="全国"), NATION)
    published(draft(MENGZI, zh="蒙自"), MENGZI)
    assert "蒙自" in told(MENGZI)
    assert "全国" in told(HONGHE)


def test_the_latest_day_wins_and_what_comes_later_stays():
    published(draft(begins=TODAY + timedelta(days=9), zh="以后"))
    published(draft(zh="现在"))
    assert "现在" in told()
    assert "以后" in told(on=TODAY + timedelta(days=9))
    assert {proposal.state for proposal in Proposal.objects.all()} == {"published"}


def test_a_withdrawal_gives_the_letter_back_to_the_text_above():
    published(draft(NATION, zh="全国"), NATION)
    published(draft(zh="本州"))
    published(withdrawal(begins=TOMORROW))
    assert "本州" in told(on=TODAY)
    assert "全国" in told(on=TOMORROW)


def test_a_scheme_s_own_letter_is_reworded_without_a_new_version_of_the_scheme():
    definition = current_version(GRANT).definition
    published(draft(MENGZI, "grant", GRANT), MENGZI)
    assert "感谢您的耐心" in scheme_letter(definition, "grant", MENGZI, TODAY).body.zh
    assert scheme_letter(definition, "grant", HONGHE, TODAY) == definition.letters["grant"]
    assert current_version(GRANT).number == 1


def test_a_day_that_passed_while_it_waited_becomes_the_day_of_publication():
    published(draft(begins=TODAY - timedelta(days=30)))
    assert LetterVersion.objects.get().in_force_from == TODAY
    assert "感谢您的耐心" not in told(on=TODAY - timedelta(days=1))


# ------------------------------------------------------------------ two people


def test_the_row_names_both_people_and_the_reason_and_the_policy_stream_has_every_step():
    proposal = published(draft())
    row = LetterVersion.objects.get()
    assert (row.drafted_by, row.published_by, row.reason) == ("editor-532500", "publisher-532500", "按上级通知")
    steps = Event.objects.filter(stream="policy", data__proposal=proposal.pk).order_by("seq")
    assert [event.action for event in steps] == ["policy.drafted", "policy.submitted", "policy.published"]


def test_nobody_publishes_their_own():
    user = editor()
    publisher(name=user.username)
    proposal = submitted(user, draft())
    with pytest.raises(Conflict):
        policy_desk.publish(user, proposal.pk, AT)
    assert not LetterVersion.objects.exists()


def test_nobody_drafts_for_another_division():
    with pytest.raises(Refused):
        policy_desk.begin(editor(MENGZI), draft(HONGHE), AT)


def test_a_publisher_of_a_county_does_not_publish_for_the_prefecture():
    proposal = submitted(editor(HONGHE), draft(HONGHE))
    with pytest.raises(Refused):
        policy_desk.publish(publisher(MENGZI), proposal.pk, AT)


def test_a_draft_that_was_overtaken_is_not_published_until_it_is_drafted_anew():
    first, second = submitted(editor(), draft(zh="甲")), submitted(editor(), draft(zh="乙"))
    policy_desk.publish(publisher(), first.pk, AT)
    with pytest.raises(Conflict) as refusal:
        policy_desk.publish(publisher(), second.pk, AT)
    assert refusal.value.code == "overtaken"
    policy_desk.reject(publisher(), second.pk, "请按现在的文字修改", AT)
    again = policy_desk.revise(editor(), second.pk, AT)
    policy_desk.submit(editor(), again.pk, "修改", AT)
    policy_desk.publish(publisher(), again.pk, AT)
    assert "乙" in told()


@pytest.mark.parametrize("change", [{"body_zh": "另一段"}, {"withdraws": True}, {"in_force_from": date(2030, 1, 1)}])
def test_what_was_published_is_never_changed(change):
    published(draft())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LetterVersion.objects.update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LetterVersion.objects.all().delete()


# ------------------------------------------------------------------ variables


@pytest.mark.parametrize(
    "change,field,message",
    [
        (lambda text: (text.replace("{reason}", "{reasons}"), None), "body_zh", "没有这些变量"),
        (lambda text: (text.replace("{reason}", "{amount}"), None), "body_zh", "没有这些变量"),
        (lambda text: (text.replace("{reason}", "{reason"), None), "body_zh", "花括号"),
        (lambda text: (text.replace("{reason}", "{reason!r}"), None), "body_zh", "花括号"),
        (lambda text: (text.replace("{reason}", "工作原因"), None), "body_zh", "不能去掉这些变量：{reason}"),
        (lambda text: ("", None), "body_zh", "两种语言都要写"),
        (lambda text: (text, ""), "body_en", "两种语言都要写"),
        (lambda text: (text + "\n\n{organ}", None), "body_en", "两种语言要一致"),
        (lambda text: (text + "\U0001f600", None), "body_zh", "U+1F600"),
        (lambda text: (text + "字" * 7000, None), "body_zh", "文字太长"),
    ],
)
def test_a_faulty_text_is_refused_with_what_to_do(change, field, message):
    subject = subject_of("extension", "")
    zh, en = change(subject.first.body.zh)
    body = LocalText(zh=zh, en=subject.first.body.en if en is None else en)
    with pytest.raises(Invalid) as refusal:
        policy_desk.begin(editor(), draft(text=Text(subject.first.title, body)), AT)
    assert message in refusal.value.errors[field]
    assert not Proposal.objects.exists()


def test_a_greeting_may_go_in_both_languages():
    subject = subject_of("extension", "")
    body = LocalText(
        zh=subject.first.body.zh.replace("{name}", "您好"), en=subject.first.body.en.replace("{name}", "you")
    )
    published(draft(text=Text(subject.first.title, body)))
    assert "您好" in told()


def test_months_are_for_schemes_that_have_a_schedule_and_amounts_for_letters_that_grant():
    assert "months" not in subject_of("grant", GRANT).allowed
    assert "months" in subject_of("phase_out", "dibao-phase-out").allowed
    assert "amount" not in subject_of("acceptance", GRANT).allowed
    assert {"amount", "case_number", "clause"} <= subject_of("grant", GRANT).needed


def test_a_letter_nobody_has_cannot_be_drafted():
    faulty = letter_draft(subject_of("extension", ""), HONGHE, None, TODAY)
    faulty.content["code"] = "fairy-tale"
    with pytest.raises(Invalid):
        policy_desk.begin(editor(), faulty, AT)


def test_what_was_never_published_or_is_withdrawn_already_is_not_withdrawn():
    with pytest.raises(Invalid):
        policy_desk.begin(editor(), withdrawal(), AT)
    published(draft())
    published(withdrawal())
    with pytest.raises(Invalid):
        policy_desk.begin(editor(), withdrawal(), AT)


def test_every_first_text_passes_its_own_check():
    for scheme in ("", *(version.scheme_id for version in current_versions())):
        for subject in subjects(scheme):
            found = [fault.message for fault in faults(subject, subject.first)]
            assert found == [], (scheme, subject.code)


def test_a_division_that_is_not_on_record_has_the_first_text():
    published(draft(NATION), NATION)
    assert standard_letter("extension", "999999", TODAY) == shipped()["extension"]
    assert Division.objects.filter(pk=NATION).exists()


def test_another_load_of_the_catalogue_leaves_what_people_published_alone():
    published(draft())
    before = list(LetterVersion.objects.values())
    call_command("load_catalogue", verbosity=0, stdout=StringIO())
    assert list(LetterVersion.objects.values()) == before
    assert "感谢您的耐心" in told()
