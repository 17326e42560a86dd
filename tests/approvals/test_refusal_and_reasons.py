"""What an official must say: reasons, words, entries; and what the papers of the decision then say."""

import pytest

from applications import answers as answers_of
from approvals.models import Decision, Opinion
from benefits.models import Due, Grant
from papers import reading
from papers.models import Paper
from people import vault
from people.models import Office
from people.refusals import Invalid
from project.demo import answers
from schemes.models import current_version
from tests import stages, world
from tests.stages import AT_STAGE, TEXT, speak
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NEEDS_WORDS = [
    ("grant", "accept", "not_accept", {}),
    ("grant", "county_review", "disagree", {}),
    ("grant", "decide", "refuse", {"reasons": ("no_evidence",)}),
    ("grant", "decide", "send_back", {"target": "county_review"}),
    ("grant", "notice", "uphold", {}),
    ("grant", "notice", "dismiss", {}),
    ("waiver", "confirm", "decline", {}),
]


def content(case, kind):
    return reading.content(Paper.objects.get(case_ref=case.public_id, kind=kind))


def section(case, kind, heading):
    return next(part for part in content(case, kind).sections if part.heading == heading)


def refuse(case, *reasons, text=TEXT):
    speak(case.official(), case, "refuse", reasons=reasons, text=text)
    return case


class TestWords:
    """Whoever says no says why."""

    @pytest.mark.parametrize("scheme, stage, outcome, rest", NEEDS_WORDS)
    @pytest.mark.parametrize("text", ["", " \n　"])
    def test_no_without_words_is_invalid(self, scheme, stage, outcome, rest, text):
        case = AT_STAGE[scheme, stage]()
        with refused(Invalid) as caught:
            speak(case.official(), case, outcome, text=text, **rest)
        assert set(caught.value.errors) == {"text"}

    @pytest.mark.parametrize("stage, outcome", [("accept", "accept"), ("county_review", "agree"), ("decide", "grant")])
    def test_yes_needs_no_words(self, stage, outcome):
        case = AT_STAGE["grant", stage]()
        speak(case.official(), case, outcome, text="")
        assert Opinion.objects.latest("pk").outcome == outcome

    def test_words_are_encrypted_with_the_case(self):
        case = AT_STAGE["grant", "county_review"]()
        speak(case.official(), case, "disagree", text="  学籍不符。 ")
        opinion = Opinion.objects.get(outcome="disagree")
        assert vault.decrypt(case.application.data_key, opinion.text, "opinion") == "学籍不符。"

    def test_an_opinion_names_official_office_and_stage(self):
        case = AT_STAGE["grant", "county_review"]()
        official, office = case.official(), case.item().queue.office
        speak(official, case, "agree")
        opinion = Opinion.objects.get(outcome="agree")
        assert (opinion.official, opinion.office, opinion.stage) == (official, office, "county_review")
        assert (opinion.round, opinion.said_at) == (1, case.at)


class TestReasons:
    """A refusal rests on reasons of the scheme."""

    @pytest.mark.parametrize(
        "reasons", [(), ("no_such_reason",), ("no_evidence", "no_such_reason"), ("cohort", "cohort")]
    )
    def test_a_refusal_without_known_reasons_is_invalid(self, reasons):
        case = AT_STAGE["grant", "decide"]()
        with refused(Invalid) as caught:
            refuse(case, *reasons)
        assert set(caught.value.errors) == {"reasons"}

    def test_everything_that_is_missing_is_told_at_once(self):
        case = AT_STAGE["grant", "decide"]()
        with refused(Invalid) as caught:
            refuse(case, text="")
        assert set(caught.value.errors) == {"text", "reasons"}

    @pytest.mark.parametrize("target", ["", "accept", "notice", "decide", "no_such_stage"])
    def test_a_case_is_sent_back_to_a_stage_it_was_reviewed_at(self, target):
        case = AT_STAGE["grant", "decide"]()
        with refused(Invalid) as caught:
            speak(case.official(), case, "send_back", target=target)
        assert set(caught.value.errors) == {"target"}

    def test_a_case_that_was_never_reviewed_cannot_be_sent_back(self):
        case = world.at_decision(0)
        with refused(Invalid) as caught:
            speak(case.official(), case, "send_back", target="county_review")
        assert set(caught.value.errors) == {"target"}


class TestEligibility:
    """Nobody grants what the rules do not give."""

    def test_who_does_not_qualify_cannot_be_granted(self):
        case = world.at_decision(study_mode="part_time")
        with refused(Invalid, "not_eligible"):
            speak(case.official(), case, "grant")

    def test_nor_while_something_is_still_undecided(self):
        case = stages.phase_out_reviewed().say("agree")
        assert case.application.eligible is None
        with refused(Invalid, "not_eligible"):
            speak(case.official(), case, "grant")

    def test_they_can_be_refused(self):
        case = refuse(world.at_decision(study_mode="part_time"), "study_mode")
        assert case.application.state == "refused"

    def test_who_qualifies_may_still_be_refused(self):
        case = refuse(AT_STAGE["grant", "decide"](), "no_evidence")
        assert case.application.state == "refused"

    def test_a_refusal_gives_and_owes_nothing(self):
        case = refuse(AT_STAGE["grant", "decide"](), "no_evidence")
        assert not Grant.objects.exists()
        assert not Due.objects.filter(application=case.application).exists()


class TestRefusalPaper:
    """Facts, reasons with their clauses, remedies."""

    @pytest.fixture
    def case(self):
        return refuse(world.at_decision(study_mode="part_time"), "study_mode", text="学籍证明载明为非全日制。")

    def test_each_reason_stands_with_its_clause(self, case):
        reason, words = section(case, "refusal", "不予批准的理由和依据").paragraphs
        assert reason.startswith("此项补贴只面向全日制毕业生")
        assert reason.endswith("依据：红政办发〔2025〕47号五(一)。")
        assert words == "学籍证明载明为非全日制。"

    def test_a_reason_without_a_line_of_the_rules_cites_nothing(self):
        case = refuse(AT_STAGE["grant", "decide"](), "no_evidence")
        reason, _words = section(case, "refusal", "不予批准的理由和依据").paragraphs
        assert "依据" not in reason

    def test_what_was_found_stands_line_by_line(self, case):
        rows = section(case, "refusal", "审核认定的情况").table.rows
        assert ("全日制学习", "不符合") in {(row[0], row[2]) for row in rows}

    def test_remedies_name_the_organ_of_review_the_court_and_the_days(self, case):
        text = "".join(section(case, "refusal", "救济途径").paragraphs)
        office = Decision.objects.get(kind="refusal").office
        assert office.review_organ in text
        assert office.court in text
        assert "六十日" in text or "60日" in text

    def test_the_decision_keeps_the_assessment_it_rests_on(self, case):
        decision, application = Decision.objects.get(kind="refusal"), case.application
        assert bytes(decision.assessment) == bytes(application.assessment)
        assert decision.amount is None

    def test_programs_read_outcome_and_reasons_but_no_number(self, case):
        machine = content(case, "refusal").machine
        assert (machine["outcome"], machine["reasons"]) == ("refusal", ["study_mode"])
        assert answers_of.read(case.application)["id_number"] not in str(machine)

    def test_it_is_addressed_to_the_subject_and_signed_by_the_office(self, case):
        paper = content(case, "refusal")
        assert (paper.addressee, paper.signer) == (case.application.subject.name, "红河州人力资源和社会保障局")

    def test_its_public_title_tells_no_disability(self, case):
        assert Paper.objects.get(kind="refusal").public_title == "一次性求职补贴"


class TestNotAccepted:
    """不予受理 is a reasoned paper with remedies."""

    @pytest.fixture
    def case(self):
        case = world.waiver().submit()
        return case.say("not_accept", text="代销点不在本市。")

    def test_it_gives_the_reason(self, case):
        assert "代销点不在本市。" in "".join(content(case, "not_accepted").opening)

    def test_it_names_remedies(self, case):
        text = "".join(section(case, "not_accepted", "救济途径").paragraphs)
        assert Decision.objects.get().office.court in text

    def test_it_ends_the_route(self, case):
        assert (case.application.state, case.item_kind()) == ("not_accepted", "")


class TestGrantingPapers:
    """One paper a kind of benefit."""

    @pytest.mark.parametrize(
        "scheme, kind", [("grant", "grant"), ("waiver", "waiver_grant"), ("phase_out", "phase_out")]
    )
    def test_a_grant_has_its_paper_with_amount_in_capitals_and_remedies(self, scheme, kind):
        case = AT_STAGE[scheme, "decide"]().say("grant")
        paper = content(case, kind)
        assert f"{case.application.amount:.2f}元" in "".join(paper.opening)
        assert "大写：" in "".join(paper.opening)
        assert "救济途径" in {part.heading for part in paper.sections}

    def test_a_phase_out_lists_its_months(self):
        case = AT_STAGE["phase_out", "decide"]().say("grant")
        rows = section(case, "phase_out", "发放计划").table.rows
        assert [row[0] for row in rows][::5] == ["2026年10月", "2027年3月"]

    def test_the_decision_names_paper_amount_and_official(self):
        case = AT_STAGE["grant", "decide"]().say("grant")
        decision = Decision.objects.get(kind="grant")
        assert (str(decision.amount), decision.official.username) == ("1000.00", "prefecture-approver")
        assert decision.paper == Paper.objects.get(case_ref=case.public_id, kind="grant")

    def test_a_township_entrusted_by_the_county_signs_in_its_name(self):
        case = world.phase_out().submit()
        county = stages.office("civil_affairs")
        Office.objects.filter(pk=case.item().queue.office_id).update(signs_for=county)
        case.say("accept", entries=answers.determination(world.START.date()))
        assert content(case, "acceptance").signer == county.name


class TestEntries:
    """What a stage asks of its official."""

    def test_acceptance_names_what_was_not_entered(self):
        case = AT_STAGE["phase_out", "accept"]()
        with refused(Invalid) as caught:
            speak(case.official(), case, "accept", entries={"property_ok": True, "benefit_monthly": "626.00"})
        assert set(caught.value.errors) == {"determined_on", "supplement_monthly"}

    def test_an_entry_that_is_no_fact_is_named(self):
        case = AT_STAGE["phase_out", "accept"]()
        entries = answers.determination(world.START.date(), benefit_monthly="viel")
        with refused(Invalid) as caught:
            speak(case.official(), case, "accept", entries=entries)
        assert set(caught.value.errors) == {"benefit_monthly"}

    def test_months_outside_the_policy_are_named(self):
        case = stages.phase_out_reviewed()
        with refused(Invalid) as caught:
            speak(case.official(), case, "agree", entries={"phase_out_months": 24})
        assert set(caught.value.errors) == {"phase_out_months"}

    def test_what_is_entered_is_assessed_at_once(self):
        case = stages.phase_out_reviewed()
        speak(case.official(), case, "agree", entries={"phase_out_months": 6})
        application = case.application
        assert (application.eligible, str(application.amount)) == (True, "4380.00")

    def test_answers_of_the_applicant_cannot_be_entered_over(self):
        case = AT_STAGE["grant", "county_review"]()
        before = answers_of.read(case.application)
        speak(case.official(), case, "agree", entries={"study_mode": "full_time", "account": "1", "phone": "1"})
        assert answers_of.read(case.application) == before

    def test_entries_of_another_stage_are_left_aside(self):
        case = stages.phase_out_reviewed()
        before = answers_of.read(case.application)["benefit_monthly"]
        speak(case.official(), case, "agree", entries={"phase_out_months": 6, "benefit_monthly": "9999"})
        assert answers_of.read(case.application)["benefit_monthly"] == before

    def test_no_needs_no_entries(self):
        case = AT_STAGE["phase_out", "accept"]()
        speak(case.official(), case, "not_accept")
        assert case.application.state == "not_accepted"


def test_every_reason_of_every_scheme_can_be_given():
    for scheme, make in (("grant", world.at_decision), ("waiver", AT_STAGE["waiver", "decide"])):
        case = make()
        codes = [reason.code for reason in current_version(case.application.scheme_code).definition.refusal_reasons]
        refuse(case, *codes)
        assert len(section(case, "refusal", "不予批准的理由和依据").paragraphs) == len(codes) + 1, scheme
