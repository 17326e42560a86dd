"""删除: somebody asks that what is kept about them be erased; the answer says, case by case, what is and what not."""

from datetime import datetime

from django.db import transaction

from applications import actions
from applications.own import Act
from archives.erasing import drafts
from archives.models import DataRequest
from archives.my_data.about import cases_of
from archives.my_data.verdicts import Verdict, verdict_on
from audit import chain
from people import vault
from people.models import User

ANSWERED = "data-request.verdicts"


def ask(user: User, at: datetime) -> DataRequest:
    """Erase the account's drafts now, answer about every other case, and keep the answer."""
    told = [_answered(user, kept.application.public_id, kept.verdict, at) for kept in cases_of(user, at)]
    with transaction.atomic():
        key = vault.new_data_key()
        key.save()
        row = DataRequest.objects.create(
            kind=DataRequest.Kind.ERASURE,
            user=user,
            data_key=key,
            details=vault.encrypt_json(key, told, ANSWERED),
            asked_at=at,
            state=DataRequest.State.ANSWERED,
            answered_at=at,
        )
        codes = [one["code"] for one in told]
        counts = {code: codes.count(code) for code in sorted(set(codes))}
        data = {"request": row.pk, "answers": counts}
        chain.append(f"account:{user.pk}", "data.erasure_asked", actor=user.username, at=at, data=data)
    return row


def told_in(row: DataRequest) -> list[dict[str, str]]:
    """The answer about each case: `case`, `code`, `until`. Raises a VaultError."""
    return vault.decrypt_json(row.data_key, bytes(row.details), ANSWERED)


def _answered(user: User, public_id: str, verdict: Verdict, at: datetime) -> dict[str, str]:
    if verdict.code == "draft":
        verdict = _erase_draft(user, public_id, at)
    return {"case": public_id, "code": verdict.code, "until": verdict.until.isoformat() if verdict.until else ""}


def _erase_draft(user: User, public_id: str, at: datetime) -> Verdict:
    """Erase a draft, unless it was filed or held meanwhile: then the answer is another."""
    with actions.own_case(user, public_id, at, Act.ERASE) as case:
        if not drafts.may_go(case):
            return verdict_on(case.application, at)
        drafts.destroy_draft(case)
    return Verdict("erased")
