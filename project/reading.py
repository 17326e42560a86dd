"""How somebody wishes to read, in one place: the size of the site's text, and the form of every later paper."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.reading import WishForm
from applications.views.desk import applicant_page, applicant_render
from papers.forms_of_reading import wishes
from people.forms import ChoiceRadioField
from project.preferences import ELDER_SIZES, OFF, choose_elder_size, elder_size


class ReadingForm(WishForm):
    """The form of later papers, and elder mode."""

    size = ChoiceRadioField(
        label=gettext_lazy("网页上的字"),
        choices=[(OFF, gettext_lazy("标准")), *((str(size), name) for size, name in ELDER_SIZES)],
        help_text=gettext_lazy("选“大”以上就打开长者模式：字更大，按钮更大。换一台手机或电脑登录也一样。"),
        inline=True,
    )


@applicant_page("GET", "POST")
def reading(request: HttpRequest) -> HttpResponse:
    """See and change how one wishes to read."""
    if request.method != "POST":
        now = {"form": wishes.wish_of(request.user), "size": str(elder_size(request))}
        return _page(request, ReadingForm(initial=now))
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    response = redirect("reading")
    wishes.wish(request.user, form.cleaned_data["form"], timezone.now())
    choose_elder_size(request, response, int(form.cleaned_data["size"]))
    messages.success(request, _("已保存您希望的阅读方式。"))
    return response


def _page(request: HttpRequest, form: ReadingForm, status: int = HTTPStatus.OK) -> HttpResponse:
    return applicant_render(request, "reading.html", {"form": form}, status=status)
