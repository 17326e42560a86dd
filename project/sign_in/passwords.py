"""Rules of passwords 口令规则: read from passwords.toml, told in words, asked of every new password."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.models import OldPassword, User
from people.posts import posts_of

FILE = Path(__file__).with_name("passwords.toml")
STAFF, APPLICANTS = "staff", "applicants"
# A password is a common word when that is half of it or more.
GREATER_PART = 2
# A name of fewer characters stands in too many passwords by chance.
SHORTEST_NAME = 3


@dataclass(frozen=True)
class Rules:
    """What a password of one kind of account must be; see passwords.toml."""

    min_length: int
    classes: int
    history: int
    max_age_days: int


@cache
def _file() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def rules_for(user: User | None) -> Rules:
    """The rules for an account; one that is not there yet is an applicant's."""
    staff = user is not None and user.pk and (user.staff_of_id or posts_of(user))
    return Rules(**_file()[STAFF if staff else APPLICANTS])


def classes_in(password: str) -> int:
    """How many kinds of characters there are: lower case, upper case, digits, everything else."""
    lower, upper = any(one.islower() for one in password), any(one.isupper() for one in password)
    digit = any(one.isdigit() for one in password)
    return (
        lower + upper + digit + any(not one.isdigit() and not one.islower() and not one.isupper() for one in password)
    )


class RulesValidator:
    """The rules of the file as Django asks for them."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError with all that is wrong."""
        rules, wrong = rules_for(user), []
        if len(password) < rules.min_length:
            wrong.append(_("密码太短了。至少要有%(count)s个字符。") % {"count": rules.min_length})
        if classes_in(password) < rules.classes:
            wrong.append(_("小写字母、大写字母、数字、符号，至少要用%(count)s种。") % {"count": rules.classes})
        if _is_common(password, user):
            wrong.append(_("密码里主要是常见的词、账号或者姓名，太容易猜到。请换一个。"))
        if not wrong and user is not None and user.pk and _was_used(password, user, rules.history):
            wrong.append(_("这个密码用过了。请换一个没有用过的。"))
        if wrong:
            raise ValidationError(wrong)

    def get_help_text(self) -> str:
        """The rules in words, as an applicant reads them; staff are told theirs on their own page."""
        return told(Rules(**_file()[APPLICANTS]))


def told(rules: Rules) -> str:
    """The rules in words."""
    parts = [
        _("至少%(count)s个字符，小写字母、大写字母、数字、符号至少用%(classes)s种。")
        % {"count": rules.min_length, "classes": rules.classes}
    ]
    if rules.history > 1:
        parts.append(_("不能用最近%(count)s次用过的密码。") % {"count": rules.history})
    if rules.max_age_days:
        parts.append(_("每%(count)s天要换一次。") % {"count": rules.max_age_days})
    return ("" if (get_language() or "").startswith("zh") else " ").join(parts)


def expired(user: User, at: datetime) -> bool:
    """Whether the account's password is older than its rules allow; never on a site of invented people."""
    if settings.DEMO or settings.PRACTICE or not user.has_usable_password():
        return False
    days = rules_for(user).max_age_days
    return bool(days) and (user.password_changed_at or user.date_joined) < at - timedelta(days=days)


def changed(user: User, before: str, at: datetime) -> None:
    """The owner changed the password: the hash before is kept as long as the rules look back, and nobody else knows."""
    keep(user, before, at)
    user.must_change_password, user.password_changed_at, user.password_once_until = False, at, None
    user.save(update_fields=["must_change_password", "password_changed_at", "password_once_until"])


def keep(user: User, before: str, at: datetime) -> None:
    """Keep the hash of the password before: it is not taken again as long as the rules look back."""
    OldPassword.objects.create(user=user, encoded=before, kept_at=at)
    kept = user.old_passwords.values_list("pk", flat=True)[: max(rules_for(user).history, 1)]
    user.old_passwords.exclude(pk__in=list(kept)).delete()


def signs_in(user: User, at: datetime) -> bool:
    """Whether the password just shown opens the account. One handed out across a counter does so once, in its time."""
    if user.password_once_until is None:
        return True
    unused = User.objects.filter(pk=user.pk, password=user.password, password_once_until__gt=at)
    return bool(unused.update(password_once_until=at))


def _was_used(password: str, user: User, history: int) -> bool:
    hashes = [user.password, *user.old_passwords.values_list("encoded", flat=True)[: max(history - 1, 0)]]
    return any(check_password(password, encoded) for encoded in hashes[:history])


def _is_common(password: str, user: User | None) -> bool:
    folded = password.casefold()
    names = [user.username, user.full_name] if user is not None else []
    words = [*_file()["words"]["common"], *(name.casefold() for name in names if len(name) >= SHORTEST_NAME)]
    return any(word in folded and len(folded) <= GREATER_PART * len(word) for word in words)
