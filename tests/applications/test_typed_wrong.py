"""What people type: full-width digits and blanks are read; what cannot be read is told in words that say what to do."""

from datetime import date

import pytest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from applications.forms import QuestionsForm
from applications.forms.fields import FieldContext
from schemes.definition import Question
from schemes.questions import WITH_CHOICES

TODAY = date(2026, 11, 23)
ACCOUNT = "6228480402564890018"
CHOICES = ({"value": "a", "label": {"zh": "甲", "en": "A"}}, {"value": "b", "label": {"zh": "乙", "en": "B"}})
PLACES = [("红河州", [("532503", "蒙自市")])]
# What a message tells the reader to do, in either language.
DOING = {
    "zh-hans": ("请", "不能", "最多", "应为", "写成", "没有 30 日"),
    "en": ("lease", "nter", "rite", "hoose", "heck", "ompare", "must", "cannot", "at most", "should", "only", "Use"),
}  # fmt: skip

# kind → what is typed (by the ending of the box) → a part of what the Chinese message says.
FAULTS: list[tuple[str, dict[str, str], str]] = [
    ("text", {"": ""}, "请填写"),
    ("text", {"": "长" * 201}, "请写短一些"),
    ("text", {"": "a\x00b"}, "请删掉后重新输入"),
    ("long_text", {"": ""}, "请填写"),
    ("long_text", {"": "长" * 5001}, "请写短一些"),
    ("name", {"": ""}, "请填写"),
    ("name", {"": "李1晓梅"}, "请只填写证件上的文字"),
    ("name", {"": "李" * 101}, "请只填写证件上的姓名"),
    ("phone", {"": ""}, "请填写"),
    ("phone", {"": "12345"}, "应为11位手机号码"),
    ("id_number", {"": ""}, "请填写"),
    ("id_number", {"": "532524199901010018"}, "请对照证件逐位核对"),
    ("id_number", {"": "53252419990101"}, "请对照证件逐位核对"),
    ("id_number", {"": "532524199913010017"}, "请对照证件核对"),
    ("id_number", {"": "532524990101001"}, "请填写现用居民身份证上的18位号码"),
    ("certificate", {"": "123"}, "请对照证件逐位核对"),
    ("uscc", {"": "91532503MA6K123456"}, "请对照营业执照核对"),
    ("account", {"": "12345", "_again": "12345"}, "请对照银行卡或存折逐位核对"),
    ("account", {"": "6228480402564890018", "_again": "6228480402564890026"}, "请对照银行卡核对"),
    ("account", {"": "6228480402564890018", "_again": ""}, "请把账号再填一遍"),
    ("bank", {"": ""}, "请填写"),
    ("bank", {"": "行" * 81}, "请写短一些"),
    ("date", {"_year": "", "_month": "", "_day": ""}, "请填写"),
    ("date", {"_year": "2026", "_month": "", "_day": "3"}, "请填写月份"),
    ("date", {"_year": "2026", "_month": "13", "_day": "3"}, "月份请写"),
    ("date", {"_year": "2026", "_month": "2", "_day": "30"}, "请核对"),
    ("date", {"_year": "26", "_month": "2", "_day": "3"}, "年份请写四位数字"),
    ("date", {"_year": "1850", "_month": "2", "_day": "3"}, "日期不能早于 1900年1月1日"),
    ("date", {"_year": "2099", "_month": "2", "_day": "3"}, "日期不能晚于 2046年12月31日"),
    ("yes_no", {"": ""}, "请选择“是”或“否”"),
    ("choice", {"": ""}, "请选择"),
    ("choice", {"": "c"}, "请选择"),
    ("choices", {"": "c"}, "请选择"),
    ("money", {"": ""}, "请填写"),
    ("money", {"": "一千元"}, "金额请只写数字"),
    ("money", {"": "壹仟元整"}, "金额请只写数字"),
    ("money", {"": "1,00.00"}, "请写成"),
    ("money", {"": "-5"}, "金额请只写数字"),
    ("money", {"": "1.234"}, "最多写到分"),
    ("money", {"": "99999999999"}, "金额不能超过"),
    ("percent", {"": "许多"}, "百分比请只写数字"),
    ("percent", {"": "2000"}, "百分比不能超过"),
    ("integer", {"": "三"}, "请填写整数"),
    ("integer", {"": "-1"}, "不能小于"),
    ("integer", {"": "99999999999"}, "不能大于"),
    ("components", {"_a": "", "_b": ""}, "请至少填写一项的金额"),
    ("components", {"_a": "许多", "_b": ""}, "金额请只写数字"),
    ("division", {"": ""}, "请选择"),
    ("division", {"": "999999"}, "请选择"),
    ("school", {"": ""}, "请选择"),
]
READ: list[tuple[str, dict[str, str], object]] = [
    ("id_number", {"": "５３２５２４　１９９９０１０１　００１７"}, "532524199901010017"),
    ("id_number", {"": " 532524-19990101-0017 "}, "532524199901010017"),
    ("phone", {"": "１３８ ８７３０ ００００"}, "13887300000"),
    (
        "account",
        {"": "６２２８ ４８０４ ０２５６ ４８９０ ０１８", "_again": "6228480402564890018"},
        "6228480402564890018",
    ),
    ("money", {"": "１，０００．５０元"}, "1000.50"),
    ("money", {"": "¥1,000"}, "1000.00"),
    ("percent", {"": "４．３５％"}, "4.35"),
    ("integer", {"": "１２"}, 12),
    ("date", {"_year": "２０２６年", "_month": "３月", "_day": "９日"}, "2026-03-09"),
    ("date", {"_year": "2026-03-09", "_month": "", "_day": ""}, "2026-03-09"),
    ("name", {"": " 李晓梅 "}, "李晓梅"),
]
TOLD_OF = {kind for kind, _typed, _part in FAULTS}


def form_of(kind, typed):
    columns = {"choices": CHOICES} if kind in WITH_CHOICES else {}
    question = Question(name="q", kind=kind, label={"zh": "这一项", "en": "This"}, **columns)
    context = FieldContext(TODAY, places=lambda _question: PLACES)
    sent = MultiValueDict({f"q{ending}": [text] for ending, text in typed.items()})
    return QuestionsForm([question], context, {}, sent)


def messages_of(form):
    return [str(message) for errors in form.errors.values() for message in errors]


@pytest.mark.parametrize("kind, typed, part", FAULTS)
def test_a_fault_says_in_chinese_what_to_do(kind, typed, part):
    with override("zh-hans"):
        found = messages_of(form_of(kind, typed))
    assert any(part in message for message in found), found
    assert all(any(word in message for word in DOING["zh-hans"]) for message in found), found


@pytest.mark.parametrize("kind, typed, part", FAULTS)
def test_a_fault_says_in_english_what_to_do(kind, typed, part):
    with override("en"):
        found = messages_of(form_of(kind, typed))
    assert found
    assert all(any(word in message for word in DOING["en"]) for message in found), found
    assert not any("\u4e00" <= letter <= "\u9fff" for message in found for letter in message), found


@pytest.mark.parametrize("kind, typed, stored", READ)
def test_what_people_really_type_is_read(kind, typed, stored):
    form = form_of(kind, typed)
    assert form.is_valid(), form.errors
    assert form.answers() == {"q": stored}


def test_every_kind_of_question_is_tried():
    kinds = set(Question.model_fields["kind"].annotation.__args__)
    assert kinds - TOLD_OF == {"household"}


def test_an_account_may_be_pasted_and_both_stay_as_typed_after_a_fault():
    form = form_of("account", {"": "6228480402564890018", "_again": "6228480402564890026"})
    assert not form.is_valid()
    page = str(form)
    assert "onpaste" not in page
    assert "6228 4804 0256 4890 018" in page
    assert "6228 4804 0256 4890 026" in page
