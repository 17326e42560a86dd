"""The account of a bank that is paid: typed by a maker, confirmed by a checker, masked."""

import pytest
from django.urls import reverse

from audit.models import Event
from benefits.models import LoanBankAccount
from payouts import banks
from people import recording
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import institution, world
from tests.applications.pages import text_of
from tests.approvals.desk import sign_in
from tests.payouts import loan_bank_rows as rows

pytestmark = pytest.mark.django_db


class TestAccounts:
    """Typed by a maker, confirmed by a checker of the same bureau who did not type it."""

    def test_an_account_is_kept_encrypted_and_used_once_confirmed(self):
        waiting = rows.keyed()
        assert rows.ACCOUNT.encode() not in bytes(waiting.account)
        assert banks.Accounts().of(waiting.bank) == banks.Clear()
        banks.check(world.user("finance-checker"), waiting.pk, True, rows.AT)
        assert banks.Accounts().of(waiting.bank) == banks.Clear(rows.ACCOUNT, rows.BRANCH)
        assert list(Event.objects.filter(stream=waiting.bank.stream).values_list("action", flat=True)) == [
            "loan_bank.keyed",
            "loan_bank.confirmed",
        ]

    def test_another_account_is_used_once_it_is_confirmed_too(self):
        bank = rows.confirmed()
        other = rows.keyed(account=rows.OTHER_ACCOUNT)
        assert banks.Accounts().of(bank).account == rows.ACCOUNT
        banks.check(world.user("finance-checker"), other.pk, False, rows.AT)
        assert banks.Accounts().of(bank).account == rows.ACCOUNT
        rows.confirmed(account=rows.OTHER_ACCOUNT)
        assert banks.Accounts().of(bank).account == rows.OTHER_ACCOUNT

    def test_one_account_waits_at_a_time(self):
        rows.keyed()
        with pytest.raises(Conflict, match="正等待核对"):
            rows.keyed(account=rows.OTHER_ACCOUNT)

    def test_a_code_that_belongs_to_another_name_is_refused(self):
        rows.keyed()
        with pytest.raises(Invalid) as refused:
            banks.key_in(world.user("finance-maker"), world.finance().pk, rows.said(name="另一家银行"), rows.AT)
        assert rows.NAME in refused.value.errors["name"]

    def test_a_name_somebody_once_typed_beside_the_code_keeps_no_bank_out(self):
        recording.new_organisation(rows.said().uscc, "假名商行")
        assert rows.keyed().bank.organisation.name == rows.NAME

    def test_a_name_that_a_live_case_rests_on_is_not_changed_by_it(self):
        institution.publish()
        case = institution.case(7).submit()
        with pytest.raises(Invalid):
            rows.keyed()
        assert institution.organisation(7).name == case.application.organisation.name

    def test_a_checker_types_none_and_strangers_find_no_bureau(self):
        with pytest.raises(Refused):
            banks.key_in(world.user("finance-checker"), world.finance().pk, rows.said(), rows.AT)
        with pytest.raises(NotFound):
            banks.key_in(world.user("county-approver"), world.finance().pk, rows.said(), rows.AT)

    def test_who_typed_it_does_not_check_it_nor_does_a_maker_or_a_stranger(self):
        waiting = rows.keyed()
        with pytest.raises(Refused, match="复核岗位"):
            banks.check(world.user("finance-maker"), waiting.pk, True, rows.AT)
        with pytest.raises(NotFound):
            banks.check(world.user("county-approver"), waiting.pk, True, rows.AT)
        LoanBankAccount.objects.filter(pk=waiting.pk).update(keyed_by=world.user("finance-checker"))
        with pytest.raises(Refused, match="填写人以外"):
            banks.check(world.user("finance-checker"), waiting.pk, True, rows.AT)

    def test_the_page_masks_accounts_and_types_one(self, clock):
        clock.move_to(rows.AT)
        rows.confirmed()
        page = sign_in("finance-maker").get(reverse("payouts:banks"))
        assert rows.NAME in text_of(page)
        assert rows.ACCOUNT not in page.content.decode()
        given = {"office": world.finance().pk, "uscc": rows.said().uscc, "name": rows.NAME, "opened_at": rows.BRANCH}
        twice = {"account": rows.OTHER_ACCOUNT, "again": rows.ACCOUNT}
        assert sign_in("finance-maker").post(reverse("payouts:banks"), given | twice).status_code == 422
        twice["again"] = rows.OTHER_ACCOUNT
        assert sign_in("finance-maker").post(reverse("payouts:banks"), given | twice).status_code == 302
        waiting = LoanBankAccount.objects.get(state="waiting")
        page = sign_in("finance-checker").get(reverse("payouts:bank_account", args=[waiting.pk]))
        assert rows.OTHER_ACCOUNT in page.content.decode()
        sign_in("finance-checker").post(reverse("payouts:bank_account", args=[waiting.pk]), {"accepted": "yes"})
        assert LoanBankAccount.objects.get(pk=waiting.pk).state == "confirmed"
