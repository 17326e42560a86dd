"""拨付告知书: once a payout, after the file went out, with what the sealed file says of the account."""

from datetime import timedelta

import pytest

from papers import reading
from papers.models import Paper
from payouts import advices, batching
from payouts.models import PaymentAdvice
from people import vault
from tests import world

pytestmark = pytest.mark.django_db
GRANT = "grad-jobseeking"


@pytest.fixture
def case():
    return world.granted()


def pay(case, until="exported"):
    """The batch of a case, as far as asked."""
    maker, checker = world.user("finance-maker"), world.user("finance-checker")
    batch = batching.make(maker, world.finance(), GRANT, case.later())
    batching.seal(maker, batch.number, case.later())
    batching.approve(checker, batch.number, case.later())
    if until == "exported":
        batching.export(maker, batch.number, "csv", case.later())
    return batch


def advice(case):
    return Paper.objects.get(case_ref=case.public_id, kind="payment_advice")


def words(case):
    return "".join(text for _field, text in reading.content(advice(case)).texts())


def test_nothing_is_told_before_the_file_went_out(case):
    pay(case, until="approved")
    assert advices.tell_paid(case.later()) == 0


def test_nothing_is_written_with_the_export_itself(case):
    pay(case)
    assert not Paper.objects.filter(kind="payment_advice").exists()


def test_it_is_told_once(case):
    pay(case)
    assert [advices.tell_paid(case.later()) for _run in range(2)] == [1, 0]
    assert Paper.objects.filter(kind="payment_advice").count() == 1


def test_it_tells_amount_capitals_period_and_batch(case):
    batch = pay(case)
    advices.tell_paid(case.later())
    for told in ("1000.00元", "壹仟元整", "2026年", batch.number):
        assert told in words(case)


def test_of_the_account_only_the_last_four_digits(case):
    pay(case)
    account = world.answers_of(case)["account"]
    advices.tell_paid(case.later())
    assert f"末四位：{account[-4:]}" in words(case)
    assert account not in words(case)


def test_the_account_is_the_one_the_money_went_to(case):
    pay(case)
    old = world.answers_of(case)["account"]
    application = case.application
    changed = world.answers_of(case) | {"account": "6217003600012349999"}
    application.answers = vault.encrypt_json(application.data_key, changed, "answers")
    application.save()
    advices.tell_paid(case.later())
    assert old[-4:] in words(case)


def test_it_comes_from_the_bureau_that_pays(case):
    pay(case)
    advices.tell_paid(case.later())
    assert (advice(case).office, "付〔2026〕1号" in advice(case).number) == (world.finance(), True)


def test_the_applicant_reads_it(case):
    pay(case)
    advices.tell_paid(case.later())
    assert advice(case) in reading.papers_for_applicant(case.public_id)


def test_a_name_no_font_has_is_noted_and_not_tried_again(case, monkeypatch):
    pay(case)
    monkeypatch.setattr("payouts.advices.in_words", lambda _period: "\U000300f1")
    assert [advices.tell_paid(case.later()) for _run in range(2)] == [1, 0]
    told = PaymentAdvice.objects.get()
    assert (told.paper, told.failure) == (None, "unprintable U+300F1")


def test_what_went_out_long_ago_is_told_to_nobody(case):
    pay(case)
    assert advices.tell_paid(case.at + advices.TOLD_WITHIN + timedelta(days=1)) == 0


def test_a_run_takes_no_more_than_its_share_and_the_next_goes_on(monkeypatch, case):
    monkeypatch.setattr("payouts.advices.ADVICES_A_RUN", 1)
    world.granted(5)
    pay(case)
    assert [advices.tell_paid(case.later()) for _run in range(3)] == [1, 1, 0]


def test_what_cannot_be_told_is_logged_without_the_line_of_the_file(case, monkeypatch):
    pay(case)
    said = []
    monkeypatch.setattr("applications.each.log.error", lambda text, *told, exc_info: said.append(text % told))
    monkeypatch.setattr("payouts.advices.in_words", lambda period: {}[period])
    with pytest.raises(KeyError):
        advices.tell_paid(case.later())
    assert len(said) == 1
    assert world.answers_of(case)["account"] not in said[0]
    assert case.application.subject.name not in said[0]


def test_a_file_that_cannot_be_read_holds_up_no_other_batch(case, monkeypatch):
    broken = pay(case)
    pay(world.granted(5))
    rows_of = advices.rows_of

    def one_is_damaged(batch):
        if batch.pk == broken.pk:
            raise vault.Undecipherable
        return rows_of(batch)

    monkeypatch.setattr(advices, "rows_of", one_is_damaged)
    assert advices.tell_paid(case.at + timedelta(days=1)) == 1
    assert not PaymentAdvice.objects.filter(payout__batch=broken).exists()
