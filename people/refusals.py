"""Refusals: what the system says when it does not do something. Each says what to do next."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An act that is not done. `status` is the HTTP status, `message` is for the reader."""

    status = 403
    code = "refused"
    message = _("您没有办理此事的权限。如认为有误，请联系本单位管理员。")

    def __init__(self, message: str = "", *, code: str = "") -> None:
        super().__init__(message or self.message)
        self.message = message or self.message
        self.code = code or self.code


class NotFound(Refused):
    """It does not exist for this user; no name or state is told."""

    status = 404
    code = "not_found"
    message = _("没有找到您要的内容。请核对网址或返回列表。")


class Conflict(Refused):
    """Somebody else was first, or the page is out of date."""

    status = 409
    code = "conflict"
    message = _("页面内容已经变化。请刷新后再办理，您填写的内容没有提交。")


class Busy(Refused):
    """Others held what this act needs for longer than anybody is let wait; nothing was saved."""

    status = 503
    code = "busy"
    message = _("现在同时办理的人太多，您的操作没有保存。请等一分钟，返回后再办一次。")


class Invalid(Refused):
    """What was entered cannot be accepted; nothing was changed."""

    status = 422
    code = "invalid"
    message = _("填写的内容不完整或不正确。请按提示修改后再提交。")

    def __init__(self, message: str = "", *, code: str = "", errors: dict[str, str] | None = None) -> None:
        super().__init__(message, code=code)
        self.errors = errors or {}


class Erased(Refused):
    """What was asked for was destroyed when its time was over."""

    status = 410
    code = "erased"
    message = _("这份材料已经按保管期限销毁，不能再打开。需要办理记录的，请向办理机关查询。")
