"""The pages about what the bank sent back: shown before it counts, refused in words, and what a click does."""

from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications import answers as answers_of
from audit.models import Event
from payouts.models import AccountCorrection, Payout, ReturnFile, ReturnResult
from payouts.returns import accounts, reading, repayments
from people import vault
from people.masking import masked_account
from people.refusals import Conflict
from people.tables import table_of
from tests import world
from tests.approvals.desk import text_of
from tests.payouts import return_rows
from tests.payouts.return_rows import ACCOUNT, BANK
from tests.payouts.returned import after, as_csv, row, sent, told

pytestmark = pytest.mark.django_db


def signed_in(name):
    client = Client()
    client.force_login(world.user(name))
    return client


def upload(client, content):
    file = SimpleUploadedFile("回单.csv", content)
    return client.post("/finance/returns/", {"office": world.finance().pk, "file": file})


def test_a_file_is_shown_as_checked_and_counts_when_another_confirms_it(clock):
    batch, _cases = sent(0, 5)
    clock.move_to(after(batch))
    maker, checker = signed_in("finance-maker"), signed_in("finance-checker")
    answer = upload(maker, as_csv([row(batch, 1), row(batch, 2, "失败", "户名不符")]))
    file = ReturnFile.objects.get()
    assert answer["Location"] == f"/finance/returns/{file.pk}/"
    page = text_of(maker.get(answer["Location"]))
    assert "户名不符" in page
    assert "须由另一位工作人员确认" in page
    assert not ReturnResult.objects.exists()
    assert maker.post(f"{answer['Location']}confirm/").status_code == 403
    assert checker.post(f"{answer['Location']}confirm/").status_code == 302
    assert list(batch.payouts.values_list("state", flat=True)) == ["paid", "returned"]
    assert checker.post(f"{answer['Location']}confirm/").status_code == 409
    assert "已登记" in text_of(checker.get(answer["Location"]))


def test_faults_are_told_with_row_and_column(clock):
    batch, _cases = sent()
    clock.move_to(after(batch))
    answer = upload(signed_in("finance-maker"), as_csv([row(batch), row(batch, 7)]))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "第3行“序号”" in page
    assert not ReturnFile.objects.exists()


def test_an_empty_upload_is_told_in_words():
    answer = signed_in("finance-maker").post("/finance/returns/", {"office": world.finance().pk})
    assert answer.status_code == 422


def test_whoever_reads_a_file_is_on_record(clock):
    file = return_rows.waiting_file()
    clock.move_to(file.uploaded_at)
    signed_in("finance-maker").get(f"/finance/returns/{file.pk}/")
    assert Event.objects.filter(action="return.read", subject=file.reference, actor="finance-maker").exists()


def test_an_applicant_types_the_account_twice_and_somebody_else_checks_it(clock):
    payout, case = return_rows.returned()
    clock.move_to(after(payout.batch, 4))
    own, address = signed_in("applicant"), f"/applications/{case.public_id}/account/"
    assert address in own.get(f"/applications/{case.public_id}/").content.decode()
    wrong = own.post(address, {"account": ACCOUNT, "again": "6228480031000000022", "bank": BANK})
    assert wrong.status_code == 422
    assert "两次填写的账号不一样" in wrong.content.decode()
    assert own.post(address, {"account": ACCOUNT, "again": ACCOUNT, "bank": BANK}).status_code == 302
    correction = AccountCorrection.objects.get()
    assert signed_in("applicant2").get(address).status_code == 404
    checker, check = signed_in("finance-checker"), f"/finance/accounts/{correction.pk}/"
    assert check in checker.get("/finance/returns/lines/").content.decode()
    assert ACCOUNT in checker.get(check).content.decode()
    assert checker.post(check, {"accepted": "no", "reason": ""}).status_code == 422
    assert checker.post(check, {"accepted": "yes", "reason": ""}).status_code == 302
    assert "可以补发" in text_of(checker.get("/finance/returns/lines/"))


def test_an_account_nobody_can_read_does_not_take_its_page_down_and_is_not_used(clock):
    correction = return_rows.keyed()
    clock.move_to(correction.keyed_at)
    vault.destroy(correction.application.data_key, correction.keyed_at)
    checker, check = signed_in("finance-checker"), f"/finance/accounts/{correction.pk}/"
    assert "无法读取" in text_of(checker.get(check))
    assert checker.post(check, {"accepted": "yes", "reason": ""}).status_code == 409


def test_why_an_account_was_not_accepted_may_be_unreadable_and_the_page_stands(clock):
    correction = return_rows.keyed()
    accounts.check(world.user("finance-checker"), correction.pk, False, "开户行不存在", correction.keyed_at)
    AccountCorrection.objects.update(reason=b"damaged")
    clock.move_to(correction.keyed_at)
    page = signed_in("applicant").get(f"/applications/{correction.application.public_id}/account/")
    assert "无法读取" in page.content.decode()


def test_a_contradiction_is_decided_on_its_page(clock):
    result = return_rows.disputed()
    clock.move_to(result.recorded_at)
    maker, address = signed_in("finance-maker"), f"/finance/returns/disputes/{result.pk}/"
    assert "银行撤回" in text_of(maker.get(address))
    assert maker.post(address, {"accepted": "yes", "note": ""}).status_code == 422
    assert maker.post(address, {"accepted": "yes", "note": "电话核实"}).status_code == 302
    assert Payout.objects.get().state == "returned"
    assert maker.get(address).status_code == 404


def test_who_confirmed_the_file_reads_the_contradiction_and_is_offered_no_form(clock):
    result = return_rows.disputed()
    clock.move_to(result.recorded_at)
    page = text_of(signed_in("finance-checker").get(f"/finance/returns/disputes/{result.pk}/"))
    assert "须由确认回单的人以外的工作人员处理" in page
    assert 'name="accepted"' not in page


def test_a_claim_is_collected_on_its_page(clock):
    recovery, taken = return_rows.claimed("600.00")
    at = taken.later(24)
    clock.move_to(at)
    maker, address = signed_in("finance-maker"), f"/finance/claims/{recovery.pk}/"
    assert address in maker.get("/finance/claims/").content.decode()
    day = {"on_year": at.year, "on_month": at.month, "on_day": at.day}
    assert maker.post(address, {"amount": "600.01", "proof": "票", **day}).status_code == 422
    assert maker.post(address, {"amount": "600", "proof": "票", **day}).status_code == 302
    entry = recovery.repayments.get()
    repayments.check(world.user("finance-checker"), entry.pk, accepted=True, reason="", at=at)
    assert "没有还要追回的款项" in text_of(maker.get("/finance/claims/"))


def test_the_year_s_end_names_what_was_never_answered(clock):
    batch, _cases = sent()
    clock.move_to(after(batch))
    page = text_of(signed_in("finance-maker").get(f"/finance/year-end/?year={batch.exported_at.year}"))
    assert f"{batch.number}-1" in page


def test_the_account_the_money_came_back_from_is_told_to_the_applicant_and_doubted_when_typed_again(clock):
    payout, case = return_rows.returned()
    clock.move_to(after(payout.batch, 4))
    old = answers_of.read(payout.due.application)["account"]
    own, address = signed_in("applicant"), f"/applications/{case.public_id}/account/"
    assert masked_account(old) in own.get(address).content.decode()
    own.post(address, {"account": old, "again": old, "bank": BANK})
    correction = payout.due.application.account_corrections.get()
    page = signed_in("finance-checker").get(f"/finance/accounts/{correction.pk}/").content.decode()
    assert "这就是银行退回的那个账号" in page


def test_the_list_of_returned_lines_takes_no_more_statements_for_more_lines(clock):
    batch, cases = sent(0, 5, 7)
    told(batch, *[row(batch, line, "失败", "账号不存在") for line in (1, 2, 3)])
    accounts.key_in(cases[0].user, cases[0].public_id, ACCOUNT, BANK, after(batch))
    clock.move_to(after(batch, 4))
    client = signed_in("finance-maker")
    client.get("/finance/returns/lines/")  # what is read once and remembered
    with CaptureQueriesContext(connection) as three:
        page = text_of(client.get("/finance/returns/lines/"))
    assert page.count("等待申请人更正账号") == 2
    assert "等待核对账号" in page
    with CaptureQueriesContext(connection) as two, mock.patch("payouts.views.returned.LINES_SHOWN", 2):
        client.get("/finance/returns/lines/")
    assert len(three) == len(two)


def test_an_account_that_cannot_be_sealed_is_refused_in_words(clock):
    _payout, case = return_rows.returned()
    vault.destroy(case.application.data_key, case.at)
    with pytest.raises(Conflict) as refusal:
        accounts.key_in(case.user, case.public_id, ACCOUNT, BANK, case.later())
    assert refusal.value.code == "unreadable"
    assert not AccountCorrection.objects.exists()


def test_the_batch_tells_what_the_bank_answered_line_by_line(clock):
    batch, _cases = sent(0, 5)
    told(batch, row(batch, 1), row(batch, 2, "失败", "户名不符"))
    clock.move_to(after(batch, 4))
    page = text_of(signed_in("finance-maker").get(f"/finance/batches/{batch.number}/"))
    assert "到账1笔，退回1笔，等待结果0笔" in page
    assert f"已到账 {after(batch, 1):%Y-%m-%d}" in page


def test_a_repayment_waits_on_the_list_for_the_checker_who_sees_the_voucher(clock):
    entry = return_rows.entered()
    clock.move_to(entry.entered_at)
    client, address = signed_in("finance-checker"), f"/finance/claims/repayments/{entry.pk}/"
    assert address in text_of(client.get("/finance/claims/"))
    assert "票001" in text_of(client.get(address))
    assert client.post(address, {"accepted": "no", "reason": ""}).status_code == 422
    assert client.post(address, {"accepted": "yes", "reason": ""}).status_code == 302
    assert client.get(address).status_code == 404
    assert "已复核" not in text_of(signed_in("finance-maker").get(f"/finance/claims/{entry.recovery_id}/"))


def test_the_sample_of_a_return_file_is_read_by_the_site_itself():
    answered = signed_in("finance-maker").get("/finance/returns/sample/")
    lines = reading.lines_of(table_of(answered.content))
    assert [(line.line, line.paid) for line in lines] == [(1, True), (2, False)]
