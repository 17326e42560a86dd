"""After filing, by ear and keyboard: where the case is, what is to be mended, what was decided, what one says to it."""

import pytest

from applications.states import State
from approvals.models import Complaint, Objection, Rating
from people.forms.spoken import spoken
from project.demo.stories import refuse
from tests import world
from tests.journeys import steps
from tests.journeys.by_ear.ears import Ears

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "残疾人高校毕业生一次性求职补贴"
TEXT = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no paper"}


@pytest.fixture
def ears(page):
    return Ears(page)


def own_case(ears, clock, case):
    """The case's applicant signs in and finds it from the front page."""
    clock.move_to(case.later(1))
    steps.sign_in(ears.page, "applicant")
    ears.skip()
    ears.follow("link", "查看我的申请")
    ears.skip()
    ears.follow("link", f"{TITLE} {spoken(case.application.number).aloud('，')}")
    assert case.application.number in ears.titles[-1]
    ears.skip()


def test_the_case_tells_where_it_is_until_when_and_what_happened(ears, clock):
    case = world.grant().submit()
    own_case(ears, clock, case)
    groups = spoken(case.application.number).aloud("，")
    ears.hears(
        groups, TITLE, "已提交，等待受理", "最迟", "办到哪一步了", "正在办理", "尚未开始", "办理经过", "您提交了申请"
    )


def test_what_is_to_be_mended_is_heard_and_handed_in(ears, clock):
    case = world.grant().submit().ask_to_correct()
    own_case(ears, clock, case)
    ears.hears("请在", "以前补正")
    ears.follow("link", "去补充或修改")
    ears.skip()
    ears.hears("需要您补充或修改", "还没有修改", "身份证照片不清楚，请重新上传。")
    ears.follow("link", "去修改：身份证照片")
    paper = "拍照或选择文件（可以选几个）：身份证照片"
    ears.fill("上传选好的文件", {paper: TEXT})
    assert "notes.txt" in ears.alarmed("alert")
    ears.fill("上传选好的文件", {paper: steps.picture("card")})
    assert "成功" in ears.alarmed("status")
    ears.hears("card.jpg")
    ears.skip()
    ears.follow("button", "保存并继续")
    ears.hears("已经修改")
    ears.skip()
    ears.fill("重新提交", {})
    assert case.application.state != State.RETURNED


def test_the_decision_is_heard_and_received(ears, clock):
    case = world.granted()
    own_case(ears, clock, case)
    ears.follow("link", "一次性求职补贴决定书")
    ears.hears("一次性求职补贴决定书", "救济", "签收这份文书")
    ears.skip()
    ears.follow("button", "确认签收")
    ears.hears("送达")


def test_somebody_who_does_not_agree_says_so(ears, clock):
    case = refuse(world.at_decision())
    own_case(ears, clock, case)
    ears.follow("link", "对办理有意见，或者对结果不服")
    ears.skip()
    ears.follow("button", "提交")
    assert "您的意见和要求" in ears.alarmed("alert")
    ears.fill("提交", {"您要反映哪一方面": Complaint.Kind.DECISION.label, "您的意见和要求": "学校的证明没有被采纳。"})
    assert ears.alarmed("status")
    assert Complaint.objects.get().application == case.application


def test_how_it_went_is_rated(ears, clock):
    case = world.granted()
    own_case(ears, clock, case)
    ears.follow("link", "评价这次办理")
    ears.skip()
    ears.fill("提交评价", {"您对这次办理满意吗？": Rating.Level.choices[1][1], "想说的话": "讲得清楚。"})
    assert Rating.objects.get().application == case.application
    assert "谢谢" in ears.alarmed("status") or ears.hears("您的评价") is None


def test_anybody_objects_to_a_public_notice(ears, clock):
    case = world.grant(0).submit().say("accept")
    clock.move_to(case.later(1))
    ears.open("/")
    ears.skip()
    ears.follow("link", "看公示")
    ears.hears("一次性求职补贴")
    ears.skip()
    ears.follow("link", "提出异议")
    ears.skip()
    ears.fill("提交异议", {"异议内容": "他已经工作两年了。"})
    assert Objection.objects.count() == 1
    ears.hears("查询码")
