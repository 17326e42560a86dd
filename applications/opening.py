"""Whether one can apply now: the period for applications and the places of the year, where policy sets them."""

from datetime import date

from django.utils.translation import gettext as _

from applications.models import Application
from applications.places import pool_for
from people.day_words import day_in_words
from people.refusals import Invalid
from schemes.policies import ResolvedPolicy, lineage_of
from schemes.rules.windows import window


def once_key(application: Application, on: date) -> str:
    """What can be live once only, "" where it may be more often: the group, for life or in the calendar year."""
    definition = application.definition
    if definition.once == "year":
        return f"{definition.once_group}:{on.year}"
    return definition.once_group if definition.once else ""


def once_refusal(application: Application) -> str:
    """What is told when a person or organisation has a live case already."""
    if application.by_organisation:
        words = {
            "life": _("该单位已经申请过这项补贴，每个单位只能享受一次。如有疑问，请拨打服务电话。"),
            "year": _("该单位今年已经申请过这项补贴，每个单位每年只能享受一次。如有疑问，请拨打服务电话。"),
        }
    else:
        words = {
            "life": _("该申请人已经申请过这项补贴，每人只能享受一次。如有疑问，请拨打服务电话。"),
            "year": _("该申请人今年已经申请过这项补贴，每人每年只能享受一次。如有疑问，请拨打服务电话。"),
        }
    return words[application.definition.once]


def check_open(application: Application, policy: ResolvedPolicy, on: date) -> None:
    """Raise Invalid outside the period for applications, and when the places of the year are given."""
    told = not_open(policy, on) or no_places(application.scheme_code, policy, on, application.division_id)
    if told:
        raise Invalid(f"{told}{_('您填写的内容已保存，到时可以继续提交。')}", code="not_open")


def not_open(policy: ResolvedPolicy, on: date) -> str:
    """Why one cannot apply on a day, "" when one can: outside the period, with the day it opens next."""
    value = policy.values.get("window")
    if value is None or window(value.value).is_open(on):
        return ""
    opening = window(value.value).next_opening(on)
    if opening is None:
        return _("申报期已经结束，没有下一次开放的日期。请向当地主管部门咨询。")
    return _("现在不在申报期内，%(day)s开放申请。") % {"day": day_in_words(opening)}


def no_places(scheme: str, policy: ResolvedPolicy, on: date, division: str) -> str:
    """Why one cannot apply on a day in a place, "" when one can: the places of the year are all given there."""
    value = policy.values.get("quota")
    if value is None:
        return ""
    pool = pool_for(scheme, value, list(reversed(lineage_of(division))), on)
    if pool.left:
        return ""
    words = {"places": pool.places}
    return _("本年度名额（%(places)s名）已经批准完，暂时不能申请。请向当地主管部门咨询。") % words
