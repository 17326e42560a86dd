"""What an organisation was granted, through to the batch and its files."""

import pytest

from applications.models import CaseActor
from benefits.models import Due, Grant
from payouts import batching, files, following, lines
from people.models import Affiliation, Organisation
from people.refusals import Refused
from tests import institution, world
from tests.payouts.bank import as_csv
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scheme(peopled):
    return institution.publish()


@pytest.fixture
def granted():
    return institution.granted()


@pytest.fixture
def batch(granted):
    return batching.make(world.user("finance-maker"), world.finance(), institution.CODE, granted.later())


def test_the_grant_is_the_organisation_s(granted):
    grant = Grant.objects.get(application=granted.application)
    assert (grant.person, grant.organisation) == (None, institution.organisation())


def test_the_due_is_owed_to_the_organisation_and_to_nobody_else(granted):
    due = Due.objects.get(application=granted.application)
    assert (due.payee, due.payee_organisation) == (None, institution.organisation())
    assert f"{due.amount:.2f}" == institution.AMOUNT


def test_a_line_has_the_organisation_s_name_code_and_account(batch):
    row = next(files.rows_of(batch))
    assert (row.name, row.id_number, row.account) == (institution.NAME, institution.code_of(), institution.ACCOUNT)
    assert (row.bank, row.division) == ("中国建设银行蒙自支行", "532503")


def test_the_file_keeps_its_columns_and_the_code_stands_in_that_of_the_id(batch):
    text = as_csv(files.rows_of(batch)).decode("utf-8-sig").splitlines()
    cell = dict(zip(text[0].split(","), text[1].split(","), strict=True))
    assert (cell["姓名"], cell["身份证号"]) == (institution.NAME, institution.code_of())


def test_a_line_names_the_case_s_own_account_whatever_the_record_says(batch):
    Organisation.objects.update(name="改过的名称", account=b"", bank="")
    row = next(files.rows_of(batch))
    assert (row.name, row.account) == (institution.NAME, institution.ACCOUNT)


def test_a_batch_is_sealed_approved_and_exported_with_its_sum(granted, batch):
    maker, checker = world.user("finance-maker"), world.user("finance-checker")
    batching.seal(maker, batch.number, granted.later())
    batching.approve(checker, batch.number, granted.later())
    exported, _content = batching.export(checker, batch.number, "xlsx", granted.later())
    assert (exported.line_count, f"{exported.total:.2f}") == (1, institution.AMOUNT)


def test_on_screen_the_code_is_in_clear_and_the_account_masked(batch):
    line = lines.page_of(batch, 1)[0]
    assert (line.name, line.id_number, line.masked) == (institution.NAME, institution.code_of(), False)
    assert line.account == "****0001"


def test_two_organisations_with_one_account_are_counted(granted):
    institution.granted(4, organisation="另一家中心")
    batch = batching.make(world.user("finance-maker"), world.finance(), institution.CODE, granted.later(200))
    assert lines.shared_accounts(batch) == 1


def test_a_maker_connected_to_the_organisation_makes_no_batch_of_it(granted):
    maker = world.user("finance-maker")
    Affiliation.objects.create(user=maker, organisation=institution.organisation(), relation="owner")
    with refused(Refused, "four_eyes"):
        batching.make(maker, world.finance(), institution.CODE, granted.later())


def test_the_organisation_stays_a_party_to_the_end(granted):
    who = f"organisation:{institution.organisation().pk}"
    assert granted.application.actors.get(who=who).capacity == CaseActor.Capacity.PARTY


def test_its_case_tells_what_is_paid(granted):
    assert [f"{payment.amount:.2f}" for payment in following.what_followed(granted.application).payments] == [
        "50000.00"
    ]
