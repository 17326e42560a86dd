"""What was typed when a sign-in ended is not lost: the form that came too late is kept, sealed, for its own account.

Files, passwords and codes are never kept. Nothing of it is sent anywhere by itself: after signing in again the person
sees that it is there and sends it on with a press, through the same door as any form. After two hours it is deleted.
"""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from people import vault
from people.access import page_before
from people.models import KeptForm, User

KEPT_FOR = timedelta(hours=2)
LARGEST = 200_000
LONGEST_PATH = 500
# What holds a secret is left out: by a part of its name, or by a whole word of it ("opinion" is no PIN).
SECRET_PARTS = ("password", "passphrase", "credential")
SECRET_WORDS = {"code", "pin", "token", "secret", "csrfmiddlewaretoken"}
WORD = re.compile(r"[a-z]+")
MARK = "kept_form"
LEFT_OUT = {"autosave", MARK}


def keep(request: HttpRequest, user: User, at: datetime) -> bool:
    """Keep the form of this request for the account; False when there is nothing that may be kept."""
    entries = _entries(request.POST)
    path = request.get_full_path()
    if not entries or "autosave" in request.POST or len(path) > LONGEST_PATH or not _is_ours(path, request):
        return False
    text = sum(len(value) for _name, values in entries for value in values)
    if text > LARGEST:
        return False
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        drop(user)
        key = vault.new_data_key()
        key.save()
        KeptForm.objects.create(
            user=user,
            data_key=key,
            path=path,
            page=(page_before(request) or path)[:LONGEST_PATH],
            sealed=vault.encrypt_json(key, entries, f"kept-form:{user.pk}"),
            entries=len(entries),
            had_files=bool(request.FILES),
            kept_at=at,
        )
    return True


def kept_for(user: User, at: datetime) -> KeptForm | None:
    """What is kept for the account, while it may still be sent on."""
    return KeptForm.objects.select_related("data_key").filter(user=user, kept_at__gt=at - KEPT_FOR).first()


def entries_of(kept: KeptForm) -> list[tuple[str, list[str]]]:
    """Names and values as they were typed."""
    return vault.decrypt_json(kept.data_key, kept.sealed, f"kept-form:{kept.user_id}")


def drop(user: User) -> None:
    """Delete what is kept for the account, and the key that opens it in any backup of the row."""
    _delete(KeptForm.objects.filter(user=user))


def clear(at: datetime) -> int:
    """By the clock: delete what nobody came back for; how much."""
    return _delete(KeptForm.objects.filter(kept_at__lte=at - KEPT_FOR))


def _delete(rows) -> int:
    found = list(rows.select_related("data_key"))
    for row in found:
        row.delete()
        row.data_key.delete()
    return len(found)


def _entries(posted: QueryDict) -> list[tuple[str, list[str]]]:
    """What was typed, without secrets and without what the page itself puts in."""
    return [(name, values) for name, values in posted.lists() if _may_be_kept(name)]


def _may_be_kept(name: str) -> bool:
    folded = name.casefold()
    secret = any(part in folded for part in SECRET_PARTS) or SECRET_WORDS & set(WORD.findall(folded))
    return not secret and name not in LEFT_OUT


def _is_ours(path: str, request: HttpRequest) -> bool:
    accounts = path.startswith(("/accounts/", "/preferences/"))
    return not accounts and url_has_allowed_host_and_scheme(path, {request.get_host()})
