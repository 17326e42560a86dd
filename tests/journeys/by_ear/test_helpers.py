"""Helpers by ear and keyboard: a village clerk for a villager, a school for its graduate."""

import pytest

from applications.models import Application
from applications.states import State
from helping.models import Mandate
from project.demo import answers
from schemes.models import current_version
from tests import walking
from tests.helping import graduates, village
from tests.journeys import steps
from tests.journeys.by_ear.ears import Ears
from tests.journeys.by_ear.form import Form
from tests.journeys.by_ear.way import Way

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TOLD = "我已经把同意书的每一句告诉本人，本人听懂了，并且同意。"
NO_TABLE = {"name": "graduates.csv", "mimeType": "text/csv", "buffer": b"\x00\x01"}


@pytest.fixture
def ears(page):
    return Ears(page)


def test_a_village_clerk_files_for_somebody_on_the_roster(ears, clock):
    """Walked where the clerk works: the case book of the scheme tells of another county."""
    walk = walking.of(village.SCHEME)
    walk.division = village.office().division_id
    walk.staff()
    clock.move_to(walk.at)
    form = Form(walk.definition, walk.answers())
    steps.sign_in(ears.page, "village-clerk")
    ears.follow("link", "村（社区）帮办")
    open_a_roster(ears)
    put_on_the_roster(ears, form.answers)
    say_that_they_agreed(ears)
    ears.fill("开始填写", {"申请什么": str(walk.definition.title)})
    way = Way(ears, form)
    way.answer()
    filed = Application.objects.get(number=way.submit().number)
    assert filed.state != State.DRAFT
    assert filed.for_other


def open_a_roster(ears):
    ears.skip()
    ears.fill("新建名册", {"村（社区）": "示范村", "所属乡镇（街道）": None})
    assert ears.heading() == "示范村"


def put_on_the_roster(ears, told):
    ears.skip()
    ears.follow("link", "加一个人")
    ears.skip()
    known = {"姓名": told["name"], "身份证号码": told["id_number"], "联系电话": told["phone"]}
    ears.fill("加入名册", known)
    assert "请登记本人的同意" in ears.alarmed("status")
    assert told["name"] in ears.heading()


def say_that_they_agreed(ears):
    ears.skip()
    ears.fill(
        "登记",
        {
            "本人怎样同意的？": "本人口头同意，有见证人",
            "见证人姓名": "见证人甲",
            "怎样告诉本人的": village.HOW,
            TOLD: True,
        },
    )
    assert ears.alarmed("status")
    ears.skip()


def test_a_school_files_for_its_graduate(ears, clock):
    clock.move_to(graduates.AT)
    steps.sign_in(ears.page, "school")
    ears.follow("link", "窗口代办")
    ears.skip()
    ears.follow("link", "学校批量申报")
    bring_the_file(ears)
    ears.skip()
    ears.follow("button", "确认，生成申请")
    student = graduates.person(0).name
    ears.hears("等待提交1人")
    register_consent(ears, student)
    case = file_the_draft(ears, student)
    assert case.state == State.SUBMITTED
    assert case.filed_by == graduates.clerk()


def bring_the_file(ears):
    """A file that is none is told of and asked for again; the right one is told of with its rows."""
    upload = "上传并核对"
    ears.skip()
    ears.fill(upload, {"填好的文件": NO_TABLE})
    assert ears.titles[-1].startswith("错误：")
    assert ears.alarmed("alert")
    content = graduates.as_csv([graduates.cells(0)])
    ears.fill(upload, {"填好的文件": {"name": "graduates.csv", "mimeType": "text/csv", "buffer": content}})
    ears.hears("共1人", graduates.person(0).name)


def register_consent(ears, student):
    ears.skip()
    ears.follow("link", student)
    ears.skip()
    agreed = {"本人怎样同意的？": str(Mandate.Way.SIGNED.label), "同意书编号": "同意书第1号"}
    ears.fill("登记同意", agreed)
    assert ears.alarmed("status")


def file_the_draft(ears, student):
    """From the page of the graduate: papers, the check, the receipt."""
    ears.skip()
    ears.follow("link", student)
    ears.skip()
    ears.follow("link", "打开申请，补填内容和上传材料")
    told = answers.grant(graduates.person(0), graduates.school(), graduates.AT.date(), 0)
    way = Way(ears, Form(current_version(graduates.SCHEME).definition, told))
    way.answer()
    return Application.objects.get(number=way.submit().number)
