"""拨付审批单: frozen when the second person approves, with control totals, hashes and two names."""

import pytest

from papers import jobs, reading
from papers.models import Paper
from payouts import batching
from payouts.files import stored_files
from tests import world
from tests.approvals.desk import sign_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed():
    case = world.granted()
    world.granted(5)
    maker = world.user("finance-maker")
    batch = batching.make(maker, world.finance(), "", case.later())
    return batching.seal(maker, batch.number, case.later()), case


@pytest.fixture
def approved(sealed):
    batch, case = sealed
    return batching.approve(world.user("finance-checker"), batch.number, case.later())


@pytest.fixture
def content(approved):
    return reading.content(approved.cover)


def table(content, caption):
    return next(part.table for part in content.sections if part.heading == caption)


def test_a_sealed_batch_has_none_yet(sealed):
    assert sealed[0].cover is None


def test_it_bears_a_number_of_the_bureaus_register(approved):
    assert (approved.cover.kind, approved.cover.office) == ("batch_cover", world.finance())
    assert approved.cover.number.endswith("批〔2026〕1号")


def test_two_persons_are_named_with_their_days(content):
    assert [line.role for line in content.signing] == ["制单人", "复核人"]
    assert [line.name for line in content.signing] == [
        world.user(name).full_name for name in ("finance-maker", "finance-checker")
    ]
    assert all(line.day for line in content.signing)


@pytest.mark.parametrize("caption", ["按事项合计", "按预算指标合计", "按县市区合计"])
def test_each_table_ends_with_the_control_total(content, approved, caption):
    assert table(content, caption).rows[-1] == ("合计", str(approved.line_count), f"{approved.total:.2f}")


def test_the_hashes_are_those_of_the_sealed_files(content, approved):
    told = {row[0]: row[-1].replace(" ", "") for row in table(content, "封存文件的校验值").rows}
    assert told == {file.name: file.sha256 for file in stored_files(approved)}
    assert {approved.xlsx_sha256, approved.csv_sha256} < set(told.values())


def test_each_file_stands_with_its_own_control_totals(content, approved):
    told = {row[0]: row[1:3] for row in table(content, "封存文件的校验值").rows}
    assert told == {file.name: (str(file.lines), f"{file.total:.2f}") for file in stored_files(approved)}


def test_the_total_stands_in_capitals(content):
    assert "贰仟元整" in "".join(content.opening)


def test_it_names_no_payee_and_no_disability(content):
    text = "".join(words for _field, words in content.texts())
    assert "残疾" not in text.replace("残疾人联合会", "")
    assert not any(payout.due.payee.name in text for payout in batching.Batch.objects.get().payouts.all())


def test_it_is_in_chinese_whatever_language_the_checker_reads(sealed):
    from django.utils import translation

    batch, case = sealed
    with translation.override("en"):
        approved = batching.approve(world.user("finance-checker"), batch.number, case.later())
    assert "年" in table(reading.content(approved.cover), "按预算指标合计").rows[0][0]


def test_sums_that_do_not_add_up_are_never_signed(sealed, monkeypatch):
    batch, case = sealed
    monkeypatch.setattr("payouts.covers._by_scheme", lambda *_given: [])
    with pytest.raises(ValueError, match="differ"):
        batching.approve(world.user("finance-checker"), batch.number, case.later())
    batch.refresh_from_db()
    assert (batch.state, Paper.objects.filter(kind="batch_cover").count()) == ("sealed", 0)


class TestPage:
    """From the page of the batch."""

    def test_the_sheet_is_offered_once_the_batch_is_approved(self, approved):
        page = text_of(sign_in("finance-checker").get(f"/finance/batches/{approved.number}/"))
        assert f"/finance/batches/{approved.number}/sheet/" in page

    def test_it_is_the_file_as_it_was_made(self, approved):
        jobs.render_all()
        answer = sign_in("finance-maker").get(f"/finance/batches/{approved.number}/sheet/")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content == reading.pdf_bytes(Paper.objects.get(kind="batch_cover"))

    def test_before_it_is_made_one_is_told_to_wait(self, sealed):
        answer = sign_in("finance-maker").get(f"/finance/batches/{sealed[0].number}/sheet/")
        assert answer.status_code == 409

    def test_nobody_else_gets_it(self, approved):
        assert sign_in("county-clerk").get(f"/finance/batches/{approved.number}/sheet/").status_code in {403, 404}
