"""allauth's account adapter: locks, rules of passwords, where one goes afterwards."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import User
from project.sign_in import locks, passwords


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in as this site does it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "输错的次数太多，暂时不能登录。请半小时后再试；工作人员可以请本级安全管理员解锁。"
        ),
        "username_password_mismatch": _("账号或者密码不对。请核对后再试。"),
        "password_is_over": _("这个一次性密码已经用过，或者已经过期。请带身份证到窗口重新办理。"),
        "incorrect_code": _("验证没有通过。请核对后再试。"),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a locked name before its password is looked at."""
        if locks.is_locked(credentials.get("username", "")):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whose the name and the password are. Raises ValidationError for a password for once that has served."""
        user = super().authenticate(request, **credentials)
        if user is not None and not passwords.signs_in(user, timezone.now()):
            raise self.validation_error("password_is_over")
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Put it on record; lock after the last attempt allowed."""
        name = credentials.get("username", "")
        locks.failed(request, name, self.counted_as(request, name))

    def counted_as(self, request: HttpRequest, name: str) -> str:
        """The key under which failures for this name are counted."""
        return self._get_login_attempts_cache_key(request, username=name)

    def unlock(self, request: HttpRequest, user: User) -> None:
        """Let the account try again."""
        locks.lift(request, user, self.counted_as(request, user.username))
