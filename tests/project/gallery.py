"""One page with every component and every kind of control, for tests and for looking at."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines

from people.forms import (
    BaseForm,
    CheckboxesField,
    ChoiceRadioField,
    DatePartsField,
    GroupedNumberField,
    MoneyField,
    NamedSumsField,
    PercentField,
    WholeNumberField,
    YesNoField,
)

TEMPLATE = Path(__file__).with_name("gallery.html")
MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
STAGES = [
    {"label": "窗口受理", "office": "蒙自市人力资源和社会保障局", "state": "done", "date": date(2026, 11, 23)},
    {"label": "残联意见", "office": "蒙自市残疾人联合会", "state": "done", "date": date(2026, 11, 25)},
    {"label": "县级审核", "office": "蒙自市人力资源和社会保障局", "state": "current", "note": "最迟 2026-12-02 办完"},
    {"label": "公示", "state": "waiting"},
    {"label": "州级复审和最后决定", "office": "红河州人力资源和社会保障局", "state": "waiting"},
]
BATCH = [("1", "李晓梅", "1000.00", "planned", "待拨付"), ("2", "王建国", "1200.50", "returned", "已退回")]


class GalleryForm(BaseForm):
    """Every kind of control."""

    name = forms.CharField(label="姓名", help_text="和身份证上的一样")
    id_number = GroupedNumberField(label="身份证号", help_text="18 位")
    born = DatePartsField(label="毕业日期", help_text="例如 2027 3 9", latest=date(2030, 1, 1))
    wage = MoneyField(label="每月工资", smallest=Decimal("0.01"))
    rate = PercentField(label="贷款年利率")
    parts = NamedSumsField(label="改造项目", things=[("ramp", "坡道"), ("toilet", "卫生间")])
    members = WholeNumberField(label="家里几口人", required=False)
    seeks = YesNoField(label="正在找工作吗？")
    mode = ChoiceRadioField(
        label="学习形式",
        choices=[("full_time", "全日制"), ("adult", "成人教育")],
        hints={"full_time": "白天在校上课，统一招生录取"},
    )
    papers = CheckboxesField(label="带了哪些材料", choices=[("id", "身份证"), ("dp", "残疾人证")], required=False)
    bank = forms.ChoiceField(label="开户行", choices=[("", "请选择"), ("icbc", "工商银行")])
    reason = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    scan = forms.FileField(label="毕业证照片", required=False)
    secret = forms.CharField(label="密码", widget=forms.PasswordInput)
    agree = forms.BooleanField(label="以上内容属实")


def context(data: dict | None = None) -> dict:
    """What the gallery shows; with data the form is bound to it."""
    return {
        "form": GalleryForm(data),
        "crumbs": [{"text": "首页", "url": "/"}, {"text": "组件一览"}],
        "facts": [
            {"key": "姓名", "value": "李晓梅", "actions": [{"url": "/edit/name/", "text": "更改"}]},
            {"key": "残疾人证号", "value": "5325 2419 9901 0100 1741", "note": "与残联系统核对一致"},
        ],
        "stages": STAGES,
        "events": [
            {"title": "县级审核开始", "at": MORNING, "by": "蒙自市人社局"},
            {"title": "已受理", "at": MORNING, "text": "材料齐全。", "url": "/paper/1/", "url_text": "看受理通知书"},
            {"title": "提交申请", "at": date(2026, 11, 20)},
        ],
        "tasks": [
            {"title": "申请人信息", "url": "/1/", "status": "已完成", "state": "done"},
            {"title": "收款账户", "url": "/2/", "hint": "本人名下的银行卡", "status": "未填写", "state": "waiting"},
        ],
        "columns": [{"label": "序号"}, {"label": "姓名"}, {"label": "金额（元）", "numeric": True}, {"label": "状态"}],
        "rows": [
            {
                "cells": [number, {"text": name, "url": "/p/"}, amount, {"text": text, "state": state}],
                "selected": number == "2",
            }
            for number, name, amount, state, text in BATCH
        ],
        "nothing": [],
        "foot": ["合计", "", "2,200.50", ""],
        "ageing": [
            {"label": "3 天以内", "number": 42, "text": "42 件", "plan": 40, "plan_text": "40 件"},
            {"label": "4 到 7 天", "number": 17, "text": "17 件", "plan": 20, "plan_text": "20 件"},
            {"label": "超期", "number": 3, "text": "3 件", "plan": 0, "plan_text": "0 件"},
        ],
        "ageing_columns": {"label": "时长", "number": "件数", "plan": "计划"},
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """The page; ``?wrong`` shows it with its errors."""
    template = engines["django"].from_string(TEMPLATE.read_text(encoding="utf-8"))
    return HttpResponse(template.render(context({} if "wrong" in request.GET else None), request))
