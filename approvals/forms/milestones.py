"""Forms of milestones: the organisation's report, the site check, the ruling, a day put off."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.forms.exofficio import words_field
from approvals.milestones.acting import Ruled
from benefits.milestones.reporting import Told
from people.forms import DatePartsField, RefusableForm, YesNoField
from people.models import Post

ACCEPTED = "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf"


class OwnReportForm(RefusableForm):
    """完成情况: in words, with one paper that shows it."""

    words = words_field(_("完成情况"))
    paper = forms.FileField(
        label=_("证明材料"),
        help_text=_("验收单、照片、发票、名册等，拍照或者扫描成一个文件：JPG、PNG或者PDF。"),
        widget=forms.FileInput({"accept": ACCEPTED}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()

    def told(self) -> Told:
        """What was entered, as the service takes it."""
        return Told(self.cleaned_data["words"], self.cleaned_data["paper"])


class CheckPlanForm(RefusableForm):
    """安排现场核查: when, and with whom."""

    on = DatePartsField(label=_("核查日期"))
    companion = forms.ChoiceField(
        label=_("同行人"), help_text=_("现场核查须由两人进行：您和一位同事。去过现场的人不能再作确认。")
    )

    def __init__(self, posts: Iterable[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {
            str(post.user_id): _("%(name)s（%(more)s）") % {"name": post.user.full_name, "more": post.office.label}
            for post in posts
        }
        self.fields["companion"].choices = [("", _("请选择")), *names.items()]
        self.say_what_is_missing()


class RulingForm(RefusableForm):
    """确认: whether it is reached."""

    met = YesNoField(
        label=_("这一期是否已经完成？"),
        help_text=_("选“是”，这一期的款项转给财政部门拨付。选“否”，退回单位继续完成，款项不拨付。"),
    )
    words = words_field(_("依据，或者还差什么"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()

    def ruled(self) -> Ruled:
        """What was entered, as the service takes it."""
        return Ruled(self.cleaned_data["met"], self.cleaned_data["words"])


class PutOffForm(RefusableForm):
    """延期: until when, and why."""

    until = DatePartsField(label=_("延到哪一天"))
    reason = words_field(_("延期的理由"), _("单位能看到这段话。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()
