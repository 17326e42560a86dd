"""Two people file for one organisation at the same moment: the case that comes first says where the money goes."""

import pytest

from applications import answers as answers_of
from applications.models import Application
from people import vault
from tests import institution

pytestmark = pytest.mark.postgres_threads
ACCOUNTS = {"applicant": institution.ACCOUNT, "applicant2": "6217003860012345675"}


def test_of_two_first_filings_the_second_does_not_redirect_the_money(race, peopled):
    institution.publish()
    institution.case().submit().withdraw()
    cases = [institution.case(by=user, account=account) for user, account in ACCOUNTS.items()]
    assert [getattr(end, "code", "done") for end in race(*(case.submit for case in cases))] == ["done", "done"]
    first = Application.objects.filter(state="submitted").order_by("number").first()
    on_record = institution.organisation()
    account = vault.decrypt(on_record.data_key, on_record.account, "account")
    assert account == answers_of.read(first)["account"]
