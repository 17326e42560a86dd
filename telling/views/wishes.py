"""怎样通知我: the wishes of an account, and proving an address by a code."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import throttle
from people.forms import tried
from people.refusals import Invalid, NotFound
from telling import gateways, recipients, wishing
from telling.forms import EMAIL, SMS, AddressForm, CodeForm, WishForm
from telling.views.pages import own_page, own_render

CODES_AN_HOUR, TRIES_AN_HOUR, ONE_HOUR = 5, 30, 60 * 60
TITLES = {SMS: gettext_lazy("接收短信的手机号码"), EMAIL: gettext_lazy("接收通知的电子邮件地址")}


@own_page("GET", "POST")
def wishes(request: HttpRequest) -> HttpResponse:
    """What one wants, and the addresses one gave."""
    wish = wishing.wish_of(request.user)
    form = WishForm(request.POST if request.method == "POST" else None, initial=WishForm.shown(wish))
    result = tried(request, form, lambda _given: wishing.change(request.user, form.choices_made(), timezone.now()))
    if result.done:
        messages.success(request, _("已保存。以后就这样通知您。"))
        return redirect("telling:wishes")
    context = {"form": form, "addresses": _addresses(request, wish), "on_record": _on_record(request)}
    return own_render(request, "telling/wishes.html", context, status=result.status)


@own_page("GET", "POST")
def address(request: HttpRequest, channel: str) -> HttpResponse:
    """Give an address; a code is sent there."""
    _known(channel)
    form = AddressForm(channel, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not throttle.allowed(request, "address_codes", CODES_AN_HOUR, ONE_HOUR):
        return render(request, "429.html", status=429)
    result = tried(request, form, lambda given: _ask(request, channel, given))
    if result.done:
        messages.success(request, _("验证码已经发出，请输入收到的6位数字。"))
        return redirect("telling:code", channel)
    context = {"form": form, "title": TITLES[channel], "channel": channel, "shown": _shown(request, channel)}
    return own_render(request, "telling/address.html", context, status=result.status)


@own_page("GET", "POST")
def code(request: HttpRequest, channel: str) -> HttpResponse:
    """Type the code that came."""
    _known(channel)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not throttle.allowed(request, "address_tries", TRIES_AN_HOUR, ONE_HOUR):
        return render(request, "429.html", status=429)
    result = tried(request, form, lambda given: _prove(request, channel, given))
    if result.done:
        messages.success(request, _("已经核对，以后会发到这里。"))
        return redirect("telling:wishes")
    context = {"form": form, "title": TITLES[channel], "channel": channel, "shown": _shown(request, channel)}
    return own_render(request, "telling/code.html", context, status=result.status)


def _ask(request: HttpRequest, channel: str, given: dict[str, Any]) -> None:
    wishing.ask_code(request.user, channel, given["value"], timezone.now())


def _prove(request: HttpRequest, channel: str, given: dict[str, Any]) -> None:
    if not wishing.prove(request.user, channel, given["code"], timezone.now()):
        raise Invalid(errors={"code": _("验证码不对，请核对收到的6位数字。")})


def _known(channel: str) -> None:
    """A channel by which messages leave this site. Raises NotFound for any other."""
    if channel not in TITLES or channel not in gateways.channels():
        raise NotFound()


def _shown(request: HttpRequest, channel: str) -> str:
    """The address given before, in clear: it is the reader's own."""
    known = wishing.shown_addresses(wishing.wish_of(request.user))
    return known[channel][0] if channel in known else ""


def _addresses(request: HttpRequest, wish: Any) -> list[dict[str, Any]]:
    given = wishing.shown_addresses(wish)
    found = []
    for channel, title in TITLES.items():
        value, proved = given.get(channel, ("", False))
        if channel in gateways.channels():
            found.append({"channel": channel, "title": title, "value": value, "proved": proved})
    return found


def _on_record(request: HttpRequest) -> str:
    """The telephone text messages go to while none was given."""
    person = request.user.person
    return recipients.phone_of(person) if person is not None and SMS in gateways.channels() else ""
