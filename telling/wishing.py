"""What somebody wants of notices, and proving an address by a code sent to it."""

import hmac
import secrets
import uuid
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from audit import chain
from people import vault
from people.identity.characters import compact
from people.models import User
from people.refusals import Conflict, Invalid
from schemes.texts import LocalText
from telling import outbox, recipients
from telling.contexts import ADDRESS
from telling.kinds import ASKED_LASTS
from telling.models import Address, Notice, Wish
from telling.recipients import Recipient

CODE_LASTS = ASKED_LASTS
CODE_TRIES = 5
# assumed: so long must one wait before another code is sent to an address.
CODE_PAUSE = timedelta(minutes=1)
MOBILE = 11
LONGEST = 120
CHOICES = ("by_sms", "by_email", "shared", "language", "by_call", "by_paper")
NOTHING = LocalText(zh="", en="")


def wish_of(user: User) -> Wish | None:
    """What an account wished; None while it said nothing."""
    return Wish.objects.select_related("data_key").filter(user=user).first()


def change(user: User, choices: dict[str, object], at: datetime) -> Wish:
    """Keep what somebody wants. What waits by a channel they no longer want is not sent.

    Raises Invalid where e-mail is wanted and no address has been proved.
    """
    with transaction.atomic():
        wish = _locked(user, at)
        proved = set(wish.addresses.filter(verified_at__isnull=False).values_list("channel", flat=True))
        if choices.get("by_email") and Notice.Channel.EMAIL not in proved:
            raise Invalid(errors={"by_email": _("请先在下面填写电子邮件地址，并输入收到的验证码。")})
        for name in CHOICES:
            setattr(wish, name, choices[name])
        wish.changed_at = at
        wish.save()
        for channel in {Notice.Channel.SMS.value, Notice.Channel.EMAIL.value} - recipients.wanted_channels(wish):
            outbox.forget_channel(f"user:{user.pk}", channel, at)
        told = {name: getattr(wish, name) for name in CHOICES}
        _record(user, "telling.wishes_changed", at, told)
    return wish


def ask_code(user: User, channel: str, value: str, at: datetime) -> Address:
    """Keep an address and send a code there; it is used once the code came back.

    Raises Invalid for what is no address, Conflict where a code was sent a moment ago.
    """
    value = checked_address(channel, value)
    with transaction.atomic():
        wish = _locked(user, at)
        known = Address.objects.filter(wish=wish, channel=channel).first()
        if known and known.code_until and known.code_until - CODE_LASTS + CODE_PAUSE > at:
            raise Conflict(_("刚刚发过验证码，请一分钟以后再试。"), code="too_soon")
        outbox.forget_channel(f"user:{user.pk}", channel, at)
        code = f"{secrets.randbelow(1_000_000):06d}"
        row = known or Address(wish=wish, channel=channel)
        row.value = vault.encrypt(wish.data_key, value, ADDRESS)
        row.verified_at, row.code_tries = None, 0
        row.code_until, row.code_digest = at + CODE_LASTS, _digest(user, channel, code)
        row.save()
        _stop_using(wish, channel)
        to = Recipient(f"user:{user.pk}", user, wish.language, wish.shared, {channel: value})
        about = outbox.About(wish.data_key, NOTHING)
        outbox.tell(f"code:{uuid.uuid4()}", "code", about, [to], at, code=code)
        _record(user, "telling.address_given", at, {"channel": channel})
    return row


def prove(user: User, channel: str, code: str, at: datetime) -> bool:
    """Whether the code is the one that was sent; the address is used from now on.

    A wrong code counts, which is kept. Raises Conflict where no code is waited for any more.
    """
    with transaction.atomic():
        rows = Address.objects.select_for_update(of=("self",), no_key=True)
        row = rows.select_related("wish").filter(wish__user=user, channel=channel).first()
        if row is None or row.code_until is None or row.code_until <= at or row.code_tries >= CODE_TRIES:
            raise Conflict(_("验证码已经过期，或者输错太多次。请重新获取。"), code="no_code")
        if not hmac.compare_digest(row.code_digest, _digest(user, channel, compact(code))):
            row.code_tries += 1
            row.save(update_fields=["code_tries"])
            return False
        row.verified_at, row.code_digest, row.code_until, row.code_tries = at, "", None, 0
        row.save()
        _use(row)
        _record(user, "telling.address_proved", at, {"channel": channel})
    return True


def shown_addresses(wish: Wish | None) -> dict[str, tuple[str, bool]]:
    """The addresses of an account in clear, each with whether it was proved; for the account itself."""
    if wish is None:
        return {}
    found = {}
    for row in wish.addresses.all():
        try:
            found[row.channel] = (vault.decrypt(wish.data_key, bytes(row.value), ADDRESS), row.verified_at is not None)
        except vault.VaultError:
            continue
    return found


def checked_address(channel: str, value: str) -> str:
    """An address as it is kept. Raises Invalid saying what is wrong with it."""
    if channel == Notice.Channel.SMS:
        number = compact(value)
        if not (number.isascii() and number.isdecimal() and len(number) == MOBILE and number.startswith("1")):
            raise Invalid(errors={"value": _("请输入11位手机号码，例如13812345678。")})
        return number
    try:
        validate_email(value.strip())
    except ValidationError as error:
        raise Invalid(errors={"value": _("请输入电子邮件地址，例如name@example.com。")}) from error
    if len(value.strip()) > LONGEST:
        raise Invalid(errors={"value": _("电子邮件地址太长，最多%(most)s个字符。") % {"most": LONGEST}})
    return value.strip()


def _locked(user: User, at: datetime) -> Wish:
    """The account's wishes, locked; a new row where there is none."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    known = wish_of(user)
    if known is not None:
        return known
    key = vault.new_data_key()
    key.save()
    return Wish.objects.create(user=user, data_key=key, changed_at=at)


def _stop_using(wish: Wish, channel: str) -> None:
    """An address that was changed is not used until it is proved."""
    if channel == Notice.Channel.EMAIL and wish.by_email:
        wish.by_email = False
        wish.save(update_fields=["by_email"])


def _use(row: Address) -> None:
    """Who proved an address wants to be told there."""
    wanted = {Notice.Channel.EMAIL.value: "by_email", Notice.Channel.SMS.value: "by_sms"}[row.channel]
    Wish.objects.filter(pk=row.wish_id).update(**{wanted: True})


def _digest(user: User, channel: str, code: str) -> str:
    return hmac.new(vault.blind_index("code", f"{user.pk}{channel}").encode(), code.encode(), sha256).hexdigest()


def _record(user: User, action: str, at: datetime, data: dict[str, object]) -> None:
    chain.append(f"telling:{user.pk}", action, actor=user.username, at=at, subject=str(user.pk), data=data)
