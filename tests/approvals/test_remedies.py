"""Remedies and signers, case by case, as an official would check them: who acts, in whose name, how one can object."""

from types import SimpleNamespace

import pytest

from applications.door import Case
from applications.letters.remedies import legal_kind_of, remedy_in_words
from approvals.models import Decision
from papers import reading
from papers.models import Paper
from people.models import Office
from project.demo import answers
from schemes.files.catalogue_files import read_schemes
from tests import stages, world
from tests.approvals.lending import lend
from tests.stages import AT_STAGE, speak

SCHEMES = {scheme.code: scheme for scheme in read_schemes()}
REVIEW, SUIT, CIVIL = "行政复议", "行政诉讼", "民事诉讼"
GRANT, WAIVER, FEE, DIBAO = (
    "grad-jobseeking",
    "lottery-deposit-waiver",
    "lottery-terminal-fee-cancel",
    "dibao-phase-out",
)


def office(kind, name, **more):
    """An office that is not stored."""
    given = {"review_organ": f"{name}的上级", "court": f"{name}的法院"} | more
    return Office(legal_kind=kind, name=name, **given)


COUNTY = office("administrative", "甲县民政局")
TOWNSHIP = office("entrusted", "乙镇人民政府", signs_for=COUNTY)


def remedies(scheme, acting):
    """What a paper of this office says about this scheme."""
    case = Case(SimpleNamespace(definition=SCHEMES[scheme]), None, None, world.START)
    return remedy_in_words(case, acting)


@pytest.mark.parametrize(
    "scheme, acting, said, not_said",
    [
        (WAIVER, COUNTY, [REVIEW, SUIT, "甲县民政局的上级", "甲县民政局的法院", "60日", "6个月"], [CIVIL]),
        (WAIVER, office("public_institution", "福彩中心"), ["民事合同", CIVIL, "福彩中心的法院"], [REVIEW, SUIT]),
        (FEE, office("public_institution", "体彩中心"), ["民事合同", CIVIL, "体彩中心的法院"], [REVIEW, SUIT]),
        (FEE, office("administrative", "教体局"), [REVIEW, SUIT], [CIVIL]),
        (GRANT, office("administrative", "人社局"), [REVIEW, SUIT, "人社局的上级"], [CIVIL]),
        (GRANT, office("public_institution", "某学校"), ["某学校的上级"], [REVIEW, SUIT, CIVIL]),
        (GRANT, office("vertical", "烟草局"), ["上一级主管机关烟草局的上级", SUIT], [CIVIL]),
        (GRANT, office("authorised", "某学院"), [REVIEW, SUIT], ["委托"]),
        (GRANT, office("mass_organisation", "残联"), ["书面申请复核"], [REVIEW, SUIT]),
        (DIBAO, TOWNSHIP, ["乙镇人民政府受", "委托", "甲县民政局的上级", "甲县民政局的法院"], ["乙镇人民政府的上级"]),
        (GRANT, TOWNSHIP, ["乙镇人民政府以委托机关名义", "甲县民政局的上级"], ["乙镇人民政府的法院"]),
    ],
)
def test_how_one_can_object_to_whom(scheme, acting, said, not_said):
    words = remedies(scheme, acting).zh
    assert [one for one in said if one not in words] == []
    assert [one for one in not_said if one in words] == []


@pytest.mark.parametrize(
    "acting, kind",
    [
        (COUNTY, "administrative"),
        (TOWNSHIP, "entrusted"),
        (office("administrative", "丙镇人民政府"), "administrative"),
        (office("administrative", "丙镇人民政府", signs_for=COUNTY), "administrative"),
        (office("public_institution", "丁站", signs_for=COUNTY), "administrative"),
    ],
)
def test_as_what_an_office_acts(acting, kind):
    assert legal_kind_of(acting) == kind


@pytest.mark.parametrize("scheme", [GRANT, WAIVER, FEE, DIBAO])
@pytest.mark.parametrize("kind", Office.LegalKind.values)
def test_both_languages_name_the_same_remedies(scheme, kind):
    words = remedies(scheme, office(kind, "某机关"))
    assert (REVIEW in words.zh) == ("administrative review" in words.en)
    assert (CIVIL in words.zh) == ("civil action" in words.en)


def content_of(case, kind):
    return reading.content(Paper.objects.get(case_ref=case.public_id, kind=kind))


def text_of(content):
    return "".join(text for _field, text in content.texts())


@pytest.mark.django_db
class TestByEntrustment:
    """受委托: the township acts, the county signs."""

    @pytest.fixture
    def case(self):
        case = world.phase_out().submit()
        county = stages.office("civil_affairs")
        Office.objects.filter(pk=case.item().queue.office_id).update(signs_for=county, legal_kind="entrusted")
        return case

    @pytest.fixture
    def refused(self, case):
        return case.say("not_accept", text="不在本镇居住。")

    def test_the_county_signs_and_the_paper_says_who_acted_for_it(self, refused):
        content, county = content_of(refused, "not_accepted"), stages.office("civil_affairs")
        township = Decision.objects.get().office
        assert (content.signer, content.organ_mark, content.issued_by) == (
            county.name,
            county.organ_mark,
            township.name,
        )
        assert f"本文书由{township.name}受{county.name}委托办理，以{county.name}的名义作出。" in text_of(content)

    def test_one_objects_against_the_county(self, refused):
        county = stages.office("civil_affairs")
        assert county.review_organ in text_of(content_of(refused, "not_accepted"))
        assert county.court in text_of(content_of(refused, "not_accepted"))

    def test_programs_read_both(self, refused):
        signed = content_of(refused, "not_accepted").machine["signed"]
        assert (signed["organ_kind"], signed["acted_by_kind"]) == ("administrative", "entrusted")
        assert signed["organ"] != signed["acted_by"]

    def test_its_notice_of_acceptance_says_so_too(self, case):
        case.say("accept", entries=answers.determination(world.START.date()))
        assert "委托办理" in text_of(content_of(case, "acceptance"))

    def test_who_acts_in_its_own_name_says_nothing_of_it(self):
        case = world.phase_out().submit().say("not_accept", text="不在本镇居住。")
        content = content_of(case, "not_accepted")
        assert "委托" not in text_of(content)
        assert content.issued_by == ""


@pytest.mark.django_db
class TestFrozen:
    """What was decided, on what, by whom, for whom and when does not change with the world."""

    @pytest.fixture
    def refused(self):
        case = world.at_decision(study_mode="part_time")
        speak(world.user("prefecture-approver"), case, "refuse", reasons=("study_mode",), text=stages.TEXT)
        return case

    def test_a_refusal_keeps_facts_reasons_clauses_remedies_signer_and_day(self, refused):
        content = content_of(refused, "refusal")
        headings = [part.heading for part in content.sections]
        assert headings == ["审核认定的情况", "不予批准的理由和依据", "救济途径"]
        assert "红政办发〔2025〕47号五(一)" in text_of(content)
        assert (content.signer, content.date) == ("红河州人力资源和社会保障局", _in_chinese(refused.at))

    def test_a_grant_keeps_the_sum_in_figures_in_capitals_and_line_by_line(self):
        case = AT_STAGE["grant", "decide"]().say("grant")
        machine = content_of(case, "grant").machine
        assert (machine["amount"], machine["capitals"]) == ("1000.00", "壹仟元整")
        assert [line["value"] for line in machine["lines"] if line["result"] == "amount"] == ["1000.00"]
        assert all(line["document"] for line in machine["lines"] if line["result"] == "amount")

    def test_renaming_the_organ_changes_no_paper(self, refused):
        before = content_of(refused, "refusal")
        decided = Office.objects.filter(pk=Decision.objects.get(kind="refusal").office_id)
        decided.update(name="改名局", review_organ="别处", court="别的法院", legal_kind="mass_organisation")
        assert content_of(refused, "refusal") == before

    def test_the_english_copy_names_the_remedies_too(self, refused):
        assert "administrative review" in "".join(content_of(refused, "refusal").english)


def _in_chinese(at):
    return f"{at.year}年{at.month}月{at.day}日"


@pytest.mark.django_db
class TestForWhom:
    """乙代甲: the decision names both."""

    def test_a_decision_on_a_lent_post_names_the_lender(self):
        case = world.at_decision()
        lender = world.user("prefecture-approver")
        deputy = stages.official("deputy", stages.prefecture("finance"), "clerk")
        lend(lender, deputy, stages.prefecture("hrss"), "approver", case.at)
        speak(deputy, case, "grant")
        decision = Decision.objects.get(application=case.application, kind="grant")
        assert (decision.official, decision.on_behalf_of) == (deputy, lender)

    def test_a_decision_on_ones_own_post_names_nobody_else(self):
        case = world.granted()
        assert Decision.objects.get(application=case.application, kind="grant").on_behalf_of is None
