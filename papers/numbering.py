"""Numbers 文号: unique and gapless per office, kind and year, because the counter row stays locked until commit."""

from collections.abc import Iterable

from django.db import transaction

from papers.models import Counter, Paper
from people.models import Office

# assumed: each office keeps its own register; one character tells the kind.
SERIES = {
    Paper.Kind.ACCEPTANCE: "受",
    Paper.Kind.NOT_ACCEPTED: "不受",
    Paper.Kind.CORRECTION: "补",
    Paper.Kind.GRANT: "决",
    Paper.Kind.WAIVER_GRANT: "决",
    Paper.Kind.PHASE_OUT: "决",
    Paper.Kind.SERVICE: "决",
    Paper.Kind.REFERRAL: "转",
    Paper.Kind.ANSWER: "告",
    Paper.Kind.REFUSAL: "决",
    Paper.Kind.REVOCATION: "撤",
    Paper.Kind.PRIOR_NOTICE: "先告",
    Paper.Kind.STOP: "停",
    Paper.Kind.REDUCTION: "减",
    Paper.Kind.RECOVERY: "追",
    Paper.Kind.NO_ACTION: "不处",
    Paper.Kind.DOSSIER: "卷",
    Paper.Kind.RECEIPT: "收",
    Paper.Kind.EXTENSION: "延",
    Paper.Kind.OBJECTION_REPLY: "异答",
    Paper.Kind.STATEMENT_REPLY: "申答",
    Paper.Kind.COMPLAINT_REPLY: "诉答",
    Paper.Kind.PHASE_OUT_END: "渐结",
    Paper.Kind.CERTIFICATE: "证",
    Paper.Kind.AGREEMENT: "协",
    Paper.Kind.PAYMENT_ADVICE: "付",
    Paper.Kind.NOTICE_SHEET: "示",
    Paper.Kind.VISIT_RECORD: "核",
    Paper.Kind.BATCH_COVER: "批",
    Paper.Kind.YEARLY_REPORT: "年",
    Paper.Kind.CORRIGENDUM: "更",
    Paper.Kind.HANDOVER: "移",
}


def take(key: str) -> int:
    """The next number under a key, starting at 1. A rolled-back transaction gives its number back."""
    with transaction.atomic(savepoint=False):
        counters = Counter.objects.select_for_update(no_key=True)
        counter = counters.filter(pk=key).first()
        if counter is None:
            Counter.objects.get_or_create(key=key)
            counter = counters.get(pk=key)
        counter.value += 1
        counter.save(update_fields=["value"])
    return counter.value


def hold(key: str) -> int:
    """How many numbers were given so far; nobody takes another until the transaction ends."""
    Counter.objects.get_or_create(key=key)
    return Counter.objects.select_for_update(no_key=True).get(pk=key).value


def taken(key: str) -> int:
    """How many numbers were given under a key so far."""
    return Counter.objects.filter(pk=key).values_list("value", flat=True).first() or 0


def taken_each(keys: Iterable[str]) -> dict[str, int]:
    """How many numbers were given under each of these keys so far; one query."""
    given = dict(Counter.objects.filter(pk__in=(wanted := list(keys))).values_list("pk", "value"))
    return {one: given.get(one, 0) for one in wanted}


def key(office: Office, series: str, year: int) -> str:
    """The counter of one office's series in one year."""
    return f"paper:{office.pk}:{series}:{year}"


def written(office: Office, series: str, year: int, sequence: int) -> str:
    """The number as it stands on the paper: 红人社决〔2026〕12号."""
    return f"{office.document_prefix}{series}〔{year}〕{sequence}号"
