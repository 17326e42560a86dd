"""One true row of each kind, and how each constraint of the database is broken from it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Model, Subquery

from approvals.models import Answer, Decision, Objection, Opinion, PublicNotice
from approvals.moves import copying
from audit.anchors import anchor_heads
from audit.models import AnchoredHead, Event
from benefits.models import Budget, Due, Grant, Service
from papers.models import Paper
from people import vault
from people.models import Affiliation, Division, Household, HouseholdMember, Kinship, Organisation, Post
from project.demo import money
from schemes.models import PolicyClause, PolicyDocument, PolicyValue, SchemeVersion
from tests import moved, offered, stages, world
from tests.applications import office_rows, reuse_rows, sign_in_rows, staff_rows
from tests.applications.broken import Broken
from tests.applications.policy_rows import letter, proposal, what_if, what_if_change, what_if_sum
from tests.approvals import asking, exofficio_rows, issued_rows, timing_rows
from tests.approvals.bulk_rows import bulk_line, bulk_run
from tests.archives import data_rows
from tests.archives import rows as archive_rows
from tests.benefits import changed_rows, claim_rows, loan_rows, milestone_rows, waiver_rows
from tests.helping import renewed, village_rows
from tests.helping import rows as helping_rows
from tests.papers import seal_rows
from tests.payouts import bank, budget_rows, held, loan_bank_rows, quota_rows, return_rows, told_rows
from tests.telling import rows as telling_rows
from workflows.models import CalendarDay, Queue, WorkItem

AT, DAY = world.START, world.START.date()
SCHEME = "grad-jobseeking"


def submitted() -> Model:
    """An application that was filed."""
    return world.grant().submit().application


def granted() -> Model:
    """An application that was granted."""
    return world.granted().application


def returned() -> Model:
    """An application in correction."""
    return world.grant().submit().ask_to_correct().application


def correction() -> Model:
    """A correction that was asked for."""
    return returned().corrections.get()


def filed_round() -> Model:
    """What was filed first."""
    return submitted().rounds.get()


def point() -> Model:
    """What a correction names."""
    return correction().points.get()


def notice() -> PublicNotice:
    """A notice that runs."""
    return PublicNotice.objects.get(application=stages.noticed().application)


def objection() -> Objection:
    """An objection nobody has answered."""
    stages.objected(stages.noticed())
    return Objection.objects.get()


def waiver() -> Model:
    """A waiver that waits for its agreement."""
    return stages.AT_STAGE["waiver", "confirm"]().application.waiver


def phase_out() -> Model:
    """A phase-out that runs."""
    return world.phase_out_granted().application.phase_out


def answer() -> Answer:
    """What another office answered."""
    case = offered.referred()
    case.say("answer_no", text="不予办理。", answered=offered.answered(case.at.date()))
    return case.application.referred_answers.get()


def service() -> Service:
    """A status that was recognised."""
    return offered.service().say("grant").application.service_given


def item() -> WorkItem:
    """A work item that is open."""
    return world.grant().submit().item()


def copied() -> Model:
    """A case that was copied to somebody."""
    case = moved.reviewed()
    return copying.copy(moved.reviewer(), case.application, [world.user("dpf")], "", case.at)[0]


def batch(until: str = "sealed") -> Model:
    """A batch, as far as asked."""
    case = world.granted()
    users = {name: world.user(name) for name in ("finance-maker", "finance-checker")}
    return money.pay(users, SCHEME, case.later(), until=until)


def payout() -> Model:
    """A payout in an open batch."""
    return batch("open").payouts.get()


def membership() -> HouseholdMember:
    """Somebody's time in a household."""
    person = granted().subject
    household = Household.objects.create(division_id="532503", head=person)
    return HouseholdMember.objects.create(household=household, person=person, relation="head", starts=DAY)


def kinship() -> Kinship:
    """A relative an official has registered."""
    return Kinship.objects.create(user=world.user("dpf"), relative=granted().subject, relation="sister")


def organisation() -> Organisation:
    """An organisation on record."""
    key = vault.new_data_key()
    key.save()
    return Organisation.objects.create(uscc="91350100M000100Y43", name="阳光服务中心", data_key=key)


def affiliation() -> Affiliation:
    """An organisation an official has registered."""
    return Affiliation.objects.create(user=world.user("dpf"), organisation=organisation(), relation="owner")


def first(model: Any) -> Callable[[], Model]:
    """Any row of what is loaded before the first case."""
    return lambda: model.objects.order_by("pk").first()


def of_granted(model: Any) -> Callable[[], Model]:
    """A row a granted case has left behind."""

    def row() -> Model:
        granted()
        return model.objects.order_by("pk").last()

    return row


def decision_on_another_paper() -> Decision:
    """A decision that was made, on a paper with another number."""
    row = of_granted(Decision)()
    paper = row.paper
    paper.pk, paper.number, paper.verify_code, paper.sequence = None, "another", "another", 99
    paper.save()
    row.paper = paper
    return row


def anchored() -> AnchoredHead:
    """Where a stream ended when it was anchored."""
    granted()
    return anchor_heads(AT).heads.first()


def twice(row: Callable[[], Model], changes: dict[str, Any] | None = None) -> Broken:
    """The same row once more, `changes` apart."""
    return Broken(row, changes or {}, anew=True)


UNKNOWN = UUID(int=1)
ANEW = {"public_id": UNKNOWN, "token": UNKNOWN}
NEW_ID = {"public_id": UNKNOWN}
NO_VOUCHER = {"sequence": 2, "proof_index": None}
BEFORE, LATER = DAY - timedelta(days=1), AT + timedelta(days=9)
CHECKS: dict[str, Broken] = {
    **{name: Broken(row, changes) for name, (row, changes) in helping_rows.CHECKS.items()},
    **{name: twice(row, changes) for name, (row, changes) in village_rows.TWICE.items()},
    "renewal_is_decided_or_waits": Broken(renewed.waiting, {"why": "unreadable"}),
    "renewal_takes_two": Broken(renewed.refused, {"decided_by": F("helper")}),
    "renewal_is_of_offices": Broken(renewed.waiting, {"kind": "family"}),
    "renewal_has_its_scan": Broken(renewed.waiting, {"stored": ""}),
    "village_roster_names_it": Broken(village_rows.roster, {"village": ""}),
    "villager_removed_by_somebody": Broken(village_rows.listed, {"removed_at": LATER}),
    "volume_of_one_party": Broken(archive_rows.volume, {"person": None}),
    "volume_expiry_fits_class": Broken(archive_rows.volume, {"retention": "permanent"}),
    "stated_retention_names_document": twice(archive_rows.case, {"basis": "stated", "closing": AT}),
    "case_filed_after_closing": twice(archive_rows.case, {"filed_at": AT - timedelta(days=99)}),
    "piece_has_a_page": twice(archive_rows.piece, {"pages": 0}),
    "hold_lifted_by_somebody": Broken(archive_rows.hold, {"lifted_at": AT + timedelta(days=99)}),
    "consent_text_counts_from_one": twice(data_rows.text, {"version": 0, "sha256": "0"}),
    "consent_was_shown_in_a_language": twice(data_rows.consent, {"language": ""}),
    "legal_hold_of_what_it_says": Broken(data_rows.legal_hold, {"application": None}),
    "legal_hold_names_document": Broken(data_rows.legal_hold, {"document": ""}),
    "legal_hold_ends_after_start": Broken(data_rows.legal_hold, {"ends": BEFORE}),
    "legal_hold_lifted_by_somebody": Broken(data_rows.legal_hold, {"lifted_at": LATER}),
    "erasure_examined_by_somebody": Broken(data_rows.erasure, {"state": "examined"}),
    "erasure_confirmed_by_another": Broken(
        data_rows.examined, {"state": "erased", "confirmed_by": F("examined_by"), "erased_at": LATER}
    ),
    "erasure_dropped_by_somebody": Broken(data_rows.erasure, {"state": "dropped"}),
    "draft_is_erased_after_warning": Broken(data_rows.warning, {"erase_at": AT - timedelta(days=1)}),
    "export_ready_has_file": Broken(data_rows.export, {"state": "ready"}),
    "export_failed_says_why": Broken(data_rows.export, {"state": "failed"}),
    "data_request_is_whole": Broken(data_rows.request, {"field": ""}),
    "data_request_answered_by_somebody": Broken(data_rows.request, {"state": "accepted"}),
    "handover_has_files": Broken(archive_rows.handover, {"count": 0}),
    "package_of_one_thing": Broken(archive_rows.package, {"volume": None}),
    "package_ready_has_file": Broken(archive_rows.package, {"state": "ready"}),
    "package_failed_says_why": Broken(archive_rows.package, {"state": "failed"}),
    "division_level_known": Broken(lambda: Division.objects.get(pk="532503"), {"level": "village"}),
    "school_says_who_runs_it": Broken(lambda: stages.office("hrss"), {"function": "school"}),
    "member_ends_after_start": Broken(membership, {"ends": BEFORE}),
    "post_ends_after_start": Broken(first(Post), {"ends": date(2024, 12, 31)}),
    "post_on_the_side_of_its_role": Broken(first(Post), {"side": None}),
    "side_numbered_by_user_and_kind": Broken(staff_rows.side, {"kind": 2}),
    **sign_in_rows.CHECKS,
    "delegation_to_somebody_else": Broken(staff_rows.delegation, {"to": F("lender")}),
    "delegation_not_made_for_oneself": Broken(staff_rows.delegation, {"made_by": F("to")}),
    "delegation_ends_after_start": Broken(staff_rows.delegation, {"ends": date(2026, 10, 31)}),
    "delegation_has_a_document": Broken(staff_rows.delegation, {"document_number": ""}),
    "delegation_revoked_by_somebody": Broken(staff_rows.delegation, {"revoked_at": AT}),
    "saved_search_names_nobody": Broken(staff_rows.saved_search, {"query": "person=abc"}),
    "nobody_is_superuser": Broken(lambda: world.user("admin"), {"is_superuser": True}),
    "document_ends_after_start": Broken(first(PolicyDocument), {"in_force_to": date(1999, 1, 1)}),
    "value_ends_after_start": twice(first(PolicyValue), {"valid_to": date(1999, 1, 1)}),
    "proposal_decided_by_another": Broken(
        proposal, {"state": "published", "decided_at": AT, "decided_by": "policy-editor"}
    ),
    "proposal_decided_has_stamps": Broken(proposal, {"state": "published", "decided_by": "policy-publisher"}),
    "proposal_submitted_with_reason": Broken(proposal, {"state": "submitted"}),
    "proposal_withdrawn_has_stamp": Broken(proposal, {"state": "withdrawn"}),
    "proposal_rejected_with_reason": Broken(proposal, {"decision_reason": "依据不足"}),
    "proposal_superseded_by_another": Broken(
        proposal, {"state": "superseded", "submitted_at": AT, "decided_at": AT, "decided_by": "policy-publisher"}
    ),
    "proposal_is_placed": Broken(proposal, {"division": None}),
    "letter_published_by_another": Broken(letter, {"published_by": "policy-editor"}, anew=True),
    "letter_has_author_and_reason": Broken(letter, {"reason": ""}, anew=True),
    "letter_has_text_or_withdraws": Broken(letter, {"body_en": ""}, anew=True),
    "what_if_ended_has_stamp": Broken(what_if, {"state": "done"}),
    "what_if_ends_after_start": Broken(what_if, {"ends": DAY - timedelta(days=1)}),
    "what_if_done_of_total": Broken(what_if, {"done": 1}),
    "bulk_ended_has_stamp": Broken(bulk_run, {"state": "done", "skipped": 1}),
    "bulk_outcome_offered": Broken(bulk_run, {"outcome": "refuse"}),
    "bulk_counted_of_total": Broken(bulk_run, {"done": 2}),
    "bulk_done_is_all": Broken(bulk_run, {"state": "done", "ended_at": AT}),
    "bulk_failed_says_why": Broken(bulk_run, {"state": "failed", "ended_at": AT}),
    "bulk_line_has_stamp": Broken(bulk_line, {"result": "done"}),
    "bulk_line_says_why": Broken(bulk_line, {"result": "refused", "at": AT}),
    "calendar_basis_known": Broken(first(CalendarDay), {"basis": "guessed"}),
    "item_added_by_somebody": Broken(item, {"placement": "before"}),
    "item_paused_for_a_reason": Broken(item, {"pause_reason": "hearing"}),
    "item_closed_with_outcome": Broken(item, {"closed_at": AT}),
    "paper_ready_has_file": Broken(of_granted(Paper), {"state": "ready", "pdf": "papers/x", "rendered_at": AT}),
    "paper_failed_says_why": Broken(of_granted(Paper), {"state": "failed"}),
    "paper_signed_is_ready_and_sealed": Broken(seal_rows.queued_paper, {"unsigned_sha256": "0" * 64}),
    "paper_with_seal_is_signed": Broken(
        seal_rows.queued_paper, {"state": "ready", "pdf": "papers/x", "pdf_sha256": "0" * 64, "rendered_at": AT}
    ),
    "seal_electronic_has_certificate": Broken(seal_rows.electronic, {"certificate": ""}),
    "seal_local_names_key_file": Broken(seal_rows.electronic, {"provider": "local"}),
    "seal_days_in_order": Broken(seal_rows.electronic, {"valid_to": date(2020, 1, 1)}),
    "seal_withdrawn_by_somebody": Broken(seal_rows.by_hand, {"withdrawn_at": AT}),
    "scan_shows_something": twice(seal_rows.scan, {"pages": 0, "sha256": "0" * 64}),
    "seal_use_by_worker_or_hand": twice(seal_rows.use_by_hand, {"scan": None}),
    "rendition_ready_has_file": Broken(issued_rows.rendition, {"state": "ready", "rendered_at": AT}),
    "rendition_failed_says_why": Broken(issued_rows.rendition, {"state": "failed"}),
    "elder_size_known": Broken(staff_rows.look, {"elder_size": 4}),
    "reading_wish_form_known": Broken(issued_rows.reading_wish, {"form": "braille"}, anew=True),
    "paper_void_has_stamp": Broken(issued_rows.receipt, {"status": "void"}),
    "paper_void_was_not_served": Broken(
        issued_rows.receipt, {"status": "void", "voided_at": AT, "served_on": AT.date()}
    ),
    "paper_void_rests_on_nothing": Broken(of_granted(Paper), {"status": "void", "voided_at": AT}),
    "only_a_corrigendum_corrects": Broken(of_granted(Paper), {"corrects": F("pk")}),
    "service_way_known": Broken(issued_rows.replaced_service, {"way": "pigeon"}, anew=True),
    "service_has_consent_or_proof": Broken(issued_rows.replaced_service, {"proof": ""}, anew=True),
    "service_by_post_is_tracked": Broken(issued_rows.service_by_post, {"tracking": ""}, anew=True),
    "service_left_has_two_witnesses": Broken(issued_rows.service_left, {"witnesses": 1}, anew=True),
    "service_by_notice_has_days": Broken(issued_rows.service_by_notice, {"notice_days": None}, anew=True),
    "correction_state_has_stamps": Broken(issued_rows.correction, {"state": "dropped"}),
    "correction_is_signed_by_another": Broken(issued_rows.correction_signed, {"closed_by": F("proposed_by")}),
    "application_state_known": Broken(submitted, {"state": "lost"}),
    "application_filed_is_complete": Broken(lambda: world.grant().application, {"state": "submitted"}),
    "application_returned_has_due": Broken(returned, {"correction_due": None}),
    "application_due_only_when_returned": Broken(submitted, {"correction_due": AT}),
    "application_review_was_accepted": Broken(submitted, {"state": "in_review"}),
    "application_decided_has_stamp": Broken(submitted, {"decided_at": AT}),
    "application_closed_has_stamp": Broken(submitted, {"state": "withdrawn"}),
    "application_state_fits_origin": Broken(submitted, {"origin": "ex_officio"}),
    "application_amount_not_negative": Broken(submitted, {"amount": Decimal("-0.01")}),
    "application_is_one_party_s": Broken(submitted, {"by_organisation": True}),
    "officials_act_at_a_stage": Broken(lambda: submitted().actors.get(who__startswith="person"), {"stage": "accept"}),
    "budget_not_overspent": Broken(first(Budget), {"reserved": Decimal("999999999.00")}),
    "due_has_one_payee": twice(of_granted(Due), {"payee": None, "period": "2027"}),
    "grant_has_one_holder": Broken(of_granted(Grant), {"person": None}),
    "grant_kind_known": Broken(of_granted(Grant), {"kind": "gift"}),
    "service_has_one_holder": Broken(service, {"person": None}),
    "service_ends_after_start": Broken(service, {"valid_to": date(2020, 1, 1)}),
    "due_is_positive": twice(of_granted(Due), {"amount": Decimal("0.00"), "period": "2027"}),
    "waiver_state_known": Broken(waiver, {"state": "lost"}),
    "waiver_in_force_stamped": Broken(waiver, {"state": "in_force"}),
    "waiver_end_stamped": Broken(waiver, {"state": "ended"}),
    "phase_out_state_known": Broken(phase_out, {"state": "lost"}),
    "phase_out_months_in_order": Broken(phase_out, {"last_month": date(2026, 9, 1)}),
    "phase_out_end_stamped": Broken(phase_out, {"state": "ended"}),
    "change_kind_known": Broken(changed_rows.change, {"kind": "luck"}, anew=True),
    "change_source_known": Broken(changed_rows.change, {"found_by": "dream"}, anew=True),
    "change_counts_afterwards": Broken(changed_rows.change, {"effective_month": DAY}, anew=True),
    "change_ends_for_a_reason": Broken(changed_rows.outcome, {"reason": ""}, anew=True),
    "change_settled_by_another": Broken(changed_rows.settled_by_reporter, anew=True),
    "change_sums_not_negative": Broken(changed_rows.outcome, {"overpaid": Decimal("-0.01")}, anew=True),
    "milestone_occasion_known": Broken(milestone_rows.milestone, {"occasion": "party"}),
    "milestone_met_stamped": Broken(milestone_rows.milestone, {"met_at": AT}),
    "milestone_is_part_of_whole": Broken(milestone_rows.milestone, {"percent": Decimal("100.5")}),
    "report_shows_something": Broken(milestone_rows.report, {"stored": ""}),
    "milestone_put_off_later": Broken(milestone_rows.extension, {"until": DAY}),
    "milestone_ruled_by_a_third": Broken(milestone_rows.ruling, {"decided_by": F("first_official")}),
    "waiver_relief_kind_known": Broken(waiver_rows.terms, {"relief_kind": "gift"}, anew=True),
    "waiver_terms_not_negative": Broken(waiver_rows.terms, {"paid_before": Decimal("-0.01")}, anew=True),
    "waiver_of_spacing_has_no_money": Broken(waiver_rows.terms, {"relief_kind": "spacing"}, anew=True),
    "waiver_refund_above_zero": Broken(waiver_rows.refund, {"amount": Decimal("0.00"), "reference": "TK-2"}, anew=True),
    "waiver_refund_has_a_voucher": Broken(waiver_rows.refund, {"reference": ""}, anew=True),
    "waiver_check_ok_when_all_is": Broken(waiver_rows.check, {"in_person": False}, anew=True),
    "waiver_check_names_the_ground": Broken(waiver_rows.check, {"result": "revival"}, anew=True),
    "waiver_change_kind_known": Broken(waiver_rows.change, {"kind": "luck"}, anew=True),
    "waiver_change_source_known": Broken(waiver_rows.change, {"found_by": "dream"}, anew=True),
    "waiver_change_result_known": Broken(waiver_rows.answer, {"result": "luck"}, anew=True),
    "waiver_change_answered_by_another": Broken(waiver_rows.answered_by_reporter, anew=True),
    "waiver_revival_ground_known": Broken(waiver_rows.revival, {"ground": "luck"}, anew=True),
    "waiver_revival_says_by_when": Broken(waiver_rows.revival, {"pay_by": None}, anew=True),
    "revival_names_its_ground": Broken(waiver_rows.proceeding, {"ground": ""}),
    "case_link_kind_known": Broken(changed_rows.link, {"kind": "cousin"}, anew=True),
    "case_follows_another": Broken(changed_rows.link_to_itself, anew=True),
    "entitlement_state_known": Broken(claim_rows.entitlement, {"state": "lost"}),
    "entitlement_has_one_holder": Broken(claim_rows.entitlement, {"person": None}),
    "entitlement_end_stamped": Broken(claim_rows.entitlement, {"ended_at": AT}),
    "entitlement_within_limit": Broken(claim_rows.entitlement, {"months_at_most": 1}),
    "entitlement_exhausted_is_full": Broken(claim_rows.entitlement, {"state": "exhausted"}),
    "period_claim_has_months": Broken(claim_rows.claim, {"months": 0}, anew=True),
    "answer_result_known": Broken(answer, {"result": "perhaps"}),
    "only_acceptance_without_official": Broken(of_granted(Decision), {"official": None}),
    "second_official_is_another": Broken(of_granted(Decision), {"second_official": F("official")}),
    "two_persons_have_signed": Broken(of_granted(Decision), {"two_persons": True}),
    "decision_made_for_another": Broken(of_granted(Decision), {"on_behalf_of": F("official")}),
    "decision_signed_for_another": Broken(of_granted(Decision), {"second_on_behalf_of": F("official")}),
    "first_signature_settled_by_second": Broken(timing_rows.first_signature, {"result": "agreed"}),
    "second_signer_is_another": Broken(
        timing_rows.first_signature, {"result": "agreed", "settled_at": AT, "second": F("official")}
    ),
    "time_note_fits_its_kind": twice(timing_rows.time_note, {"days": None}),
    "duration_of_cases": Broken(timing_rows.duration, {"cases": 0}),
    "duration_half_within_most": Broken(timing_rows.duration, {"half": 99}),
    "grant_has_amount": Broken(of_granted(Decision), {"amount": None}),
    "recovery_is_positive": Broken(exofficio_rows.recovery, {"amount": Decimal("0.00")}, anew=True),
    "proceeding_kind_known": Broken(exofficio_rows.proceeding, {"kind": "warn"}),
    "prior_notice_is_whole": Broken(exofficio_rows.proceeding, {"reply_due": LATER}),
    "prior_notice_names_the_sum": Broken(exofficio_rows.told, {"kind": "recover", "amount": None}),
    "statement_answers_the_notice": Broken(exofficio_rows.proceeding, {"hearing_wanted": True}),
    "proceeding_ends_after_hearing": Broken(exofficio_rows.proceeding, {"outcome": "imposed", "closed_at": LATER}),
    "notice_sent_has_moment": Broken(telling_rows.sent, {"sent_at": None}),
    "notice_waits_for_a_moment": Broken(telling_rows.queued, {"next_try_at": None}),
    "notice_settled_has_moment": Broken(telling_rows.sent, {"settled_at": AT}),
    "notice_fits_channel": Broken(telling_rows.on_site, {"user": None}),
    "notice_not_arrived_says_why": Broken(telling_rows.sent, {"state": "failed", "settled_at": AT}),
    "wish_language_known": Broken(telling_rows.wish, {"language": "fr"}),
    "address_channel_known": Broken(telling_rows.address, {"channel": "pigeon"}),
    "address_code_ends": Broken(telling_rows.address, {"code_until": None}),
    "rating_stage_known": Broken(telling_rows.rating, {"stage": "later"}),
    "rating_bad_is_answered": Broken(telling_rows.rating, {"due_at": None}),
    "rating_answer_has_hand": Broken(telling_rows.rating, {"answered_at": world.year_later(AT)}),
    "rating_answered_by_another": Broken(telling_rows.rating_answered, {"answered_by": F("by")}),
    "complaint_due_later": Broken(exofficio_rows.complaint, {"due_at": AT}),
    "complaint_handled_with_result": Broken(exofficio_rows.complaint, {"result": "upheld"}),
    "complaint_handled_by_another": Broken(
        exofficio_rows.complaint, {"handled_by": F("by"), "handled_at": world.year_later(AT), "result": "upheld"}
    ),
    "notice_ended_with_result": Broken(notice, {"ended_at": AT}),
    "objection_handled_with_result": Broken(objection, {"result": "upheld"}),
    "objection_reply_after_answer": Broken(objection, {"reply": F("notice_id")}),
    "asked_one_office_or_one_expert": Broken(asking.asked, {"to_office": None}),
    "asked_answered_as_asked": Broken(asking.asked, {"answered_at": LATER}),
    "asked_answered_or_withdrawn": Broken(asking.answered, {"withdrawn_at": LATER}),
    "asked_due_after_asking": Broken(asking.asked, {"due_at": F("asked_at")}),
    "label_colour_known": Broken(asking.label, {"colour": "pink"}),
    "label_removed_by_somebody": Broken(asking.case_label, {"removed_at": LATER}),
    "field_choices_of_its_kind": Broken(asking.field, {"kind": "choice"}),
    "message_read_after_it_was_written": Broken(asking.message, {"read_at": AT - timedelta(days=9)}),
    "copy_goes_to_another": Broken(copied, {"to": F("by")}),
    "copy_read_after_sent": Broken(copied, {"read_at": AT - timedelta(days=1)}),
    "visit_takes_two": Broken(office_rows.visit, {"second_official": F("first_official")}),
    "visit_state_has_stamps": Broken(office_rows.visit, {"state": "cancelled"}),
    "visit_made_is_agreed_and_signed": Broken(office_rows.visit_made, {"agreed": None}),
    "visit_signature_has_image": Broken(office_rows.visit_made, {"signature_image": ""}),
    "visit_photo_is_picture": twice(office_rows.visit_photo, {"content_type": "text/html", **ANEW}),
    "dossier_sealed_has_stamps": Broken(office_rows.dossier, {"state": "sealed"}),
    "dossier_sealed_by_another": Broken(office_rows.dossier_sealed, {"sealed_by": F("opened_by")}),
    "dossier_of_one_place": Broken(office_rows.dossier, {"school": None}),
    "dossier_ends_after_start": Broken(office_rows.dossier, {"ends": date(2020, 1, 1)}),
    "dossier_case_removed_by_somebody": Broken(office_rows.dossier_case, {"removed_at": AT}),
    "minutes_votes_are_of_those_present": twice(office_rows.dossier_minutes, {"votes_for": 9}),
    "minutes_somebody_was_present": twice(
        office_rows.dossier_minutes, {"present": 0, "votes_for": 0, "votes_against": 0, "abstained": 0}
    ),
    "batch_state_known": Broken(lambda: batch("exported"), {"state": "lost"}),
    "checker_is_not_maker": Broken(batch, {"checker": F("maker")}),
    "sealed_batch_has_files": Broken(batch, {"csv_sha256": ""}),
    "batch_file_kind_known": twice(bank.bank_file, {"kind": "odd"}),
    "batch_file_is_whole": twice(bank.bank_file, {"part": 2, "lines": 0}),
    "profile_fixed_at_sealing": Broken(lambda: batch("open"), {"profile": "contract"}),
    "approved_batch_has_checker": Broken(batch, {"state": "approved"}),
    "exported_batch_is_stamped": Broken(lambda: batch("exported"), {"exported_at": None}),
    "discarded_batch_is_stamped": Broken(batch, {"state": "discarded"}),
    "cover_of_approved_batch": Broken(batch, {"cover": Subquery(Paper.objects.order_by("pk").values("pk")[:1])}),
    "advice_has_paper_or_says_why": Broken(told_rows.advice, {"paper": None}),
    "yearly_report_of_a_year": Broken(told_rows.report, {"year": 1999}),
    "payout_day_is_stamped": Broken(return_rows.paid, {"paid_at": None}),
    "payout_end_is_stamped": Broken(return_rows.paid, {"state": "returned"}),
    "roster_kind_known": twice(held.roster_of_another_key, {"kind": "rumour"}),
    "roster_file_kind_known": twice(held.roster_of_another_key, {"kind": "moved", "file_kind": "pdf"}),
    "roster_entry_counts_after_its_day": twice(held.entry, {"id_index": "another", "counts_from": None}),
    "hold_ground_known": twice(held.of_another_due, {"ground": "rumour"}),
    "hold_by_hand_says_why": twice(held.by_hand, {"note": b""}),
    "hold_lifted_by_another": twice(held.lifted_by_who_put_it),
    "hold_lifted_says_why": twice(held.lifted_of_another_hold, {"note": b""}),
    "return_file_confirmed_by_another": Broken(return_rows.confirmed_file, {"confirmed_by": F("uploaded_by")}),
    "return_file_confirmed_is_stamped": Broken(return_rows.confirmed_file, {"confirmed_at": None}),
    "return_file_kind_known": Broken(return_rows.waiting_file, {"kind": "pdf"}),
    "paid_result_has_day": twice(return_rows.told_paid, {"on": None}),
    "account_checked_by_another": Broken(
        return_rows.keyed, {"state": "confirmed", "checked_at": AT, "checked_by": F("keyed_by")}
    ),
    "repayment_is_positive": Broken(return_rows.entered, {"amount": Decimal("0.00")}),
    "repayment_checked_by_another": Broken(return_rows.entered, {"checked_by": F("entered_by")}),
    "repayment_is_stamped": Broken(return_rows.entered, {"state": "rejected"}),
    "loan_list_has_lines": Broken(loan_rows.loan_list, {"rows": 0}),
    "loan_line_names_claim": Broken(loan_rows.loan_line, {"standing": "agrees"}),
    "bank_account_checked_by_another": Broken(
        loan_bank_rows.keyed, {"state": "confirmed", "checked_at": AT, "checked_by": F("keyed_by")}
    ),
    "bank_account_is_stamped": Broken(loan_bank_rows.keyed, {"state": "confirmed"}),
    "quota_share_is_some": Broken(quota_rows.asked, {"places": 0}),
    "quota_share_goes_below": Broken(quota_rows.asked, {"to_division": F("division")}),
    "quota_share_decided_by_another": Broken(
        quota_rows.asked, {"state": "approved", "decided_at": AT, "decided_by": F("requested_by")}
    ),
    "quota_share_is_stamped": Broken(quota_rows.asked, {"state": "approved"}),
    "account_correction_is_stamped": Broken(return_rows.keyed, {"state": "confirmed"}),
    "budget_split_names_place": Broken(budget_rows.by_line_office, {"kind": "split"}),
    "budget_request_is_positive": Broken(budget_rows.by_line_office, {"amount": Decimal("0.00")}),
    "budget_request_decided_by_another": Broken(
        budget_rows.by_line_office, {"state": "approved", "decided_at": AT, "decided_by": F("requested_by")}
    ),
    "budget_request_is_stamped": Broken(budget_rows.by_line_office, {"state": "approved"}),
    "tranche_amount_of_its_kind": twice(budget_rows.brought, {"amount": Decimal("-1.00")}),
    "tranche_source_known": twice(budget_rows.brought, {"source": "unstated"}),
    "tranche_is_documented": twice(budget_rows.brought, {"document": ""}),
    "tranche_shares_add_up": twice(budget_rows.brought, {"county": 1999}),
    "waiting_amount_is_positive": twice(budget_rows.waiting, {"amount": Decimal("0.00")}),
    "waiting_after_acceptance": twice(budget_rows.waiting, {"listed_at": AT - timedelta(days=9)}),
    "recovery_payment_kind_known": twice(return_rows.paid_back, {"kind": "gift", **NO_VOUCHER}),
    "recovery_payment_is_negative": twice(return_rows.paid_back, {"amount": Decimal("1.00"), **NO_VOUCHER}),
    "recovery_never_overpaid": twice(return_rows.paid_back, {"left": Decimal("-1.00"), **NO_VOUCHER}),
    "recovery_payment_names_due": twice(return_rows.paid_back, {"kind": "set_off", **NO_VOUCHER}),
    "payout_state_known": Broken(payout, {"state": "lost"}),
    "payout_is_positive": Broken(payout, {"amount": Decimal("0.00")}),
}
DOUBLES: dict[str, Broken] = {
    **{name: twice(row) for name, row in helping_rows.DOUBLES.items()},
    "renewal_waits_once": twice(renewed.waiting, NEW_ID),
    "village_roster_once": twice(village_rows.roster),
    "villager_once_a_roster": twice(village_rows.listed, NEW_ID),
    "notice_photo_once": twice(village_rows.photo, NEW_ID),
    "answer_taken_once": twice(reuse_rows.taken_answer),
    "lost_factor_once": twice(sign_in_rows.lost_factor),
    "paper_to_follow_once": twice(reuse_rows.paper_to_follow),
    "seal_certificate_once": twice(seal_rows.electronic),
    "seal_use_one_signature_a_paper": twice(seal_rows.use_by_worker),
    "scan_filed_once": twice(seal_rows.scan),
    "what_if_sum_once": twice(what_if_sum),
    "what_if_change_once": twice(what_if_change),
    "bulk_line_once": twice(bulk_line),
    "event_stream_seq": twice(of_granted(Event)),
    "anchored_once": twice(anchored),
    "office_once": twice(lambda: stages.office("hrss"), {"document_prefix": "另"}),
    "office_numbers_its_own_papers": twice(lambda: stages.office("hrss"), {"name": "另一个局"}),
    "one_household_at_a_time": twice(membership),
    "post_once": twice(first(Post)),
    "saved_search_named_once": twice(staff_rows.saved_search, {"is_default": False}),
    "saved_search_one_default": twice(staff_rows.saved_search, {"name": "下周"}),
    "kinship_once": twice(kinship),
    "affiliation_once": twice(affiliation),
    "scheme_version_once": twice(first(SchemeVersion)),
    "clause_once": twice(first(PolicyClause)),
    "queue_once": twice(of_granted(Queue)),
    "item_seat_once": twice(item),
    "one_first_service_a_paper": twice(issued_rows.service),
    "one_open_correction_a_paper": twice(issued_rows.correction),
    "one_rendition_a_form": twice(issued_rows.rendition),
    "paper_number_once": twice(of_granted(Paper), {"number": "another", "verify_code": "another"}),
    "round_once": twice(filed_round),
    "one_correction_a_round": twice(correction),
    "point_once": twice(point),
    "one_capacity_a_case": twice(lambda: submitted().actors.order_by("pk").first(), {"capacity": "relative"}),
    "one_standing_entitlement": twice(claim_rows.entitlement_of_another_case),
    "month_claimed_once": twice(claim_rows.month),
    "budget_once": twice(first(Budget)),
    "yearly_report_once": twice(told_rows.report_on_another_paper),
    "roster_once": twice(held.roster_of_another_key),
    "roster_names_once": twice(held.entry),
    "hold_once_an_entry": twice(held.hold),
    "due_once": twice(of_granted(Due), {"amount": Decimal("1.00")}),
    "one_opinion_a_seat_and_round": twice(of_granted(Opinion), {"outcome": "refuse"}),
    "one_decision_a_kind_and_round": twice(decision_on_another_paper),
    "duration_once_a_place": twice(timing_rows.duration),
    "milestone_once": twice(milestone_rows.milestone),
    "milestone_told_once": twice(milestone_rows.reminder),
    "waiver_refund_told_once": twice(waiver_rows.refund),
    "waiver_reminded_once_a_day_due": twice(waiver_rows.reminder),
    "one_open_proceeding_a_kind": twice(exofficio_rows.proceeding_of_another_case),
    "notice_told_once": twice(telling_rows.queued),
    "address_one_a_channel": twice(telling_rows.address),
    "rating_once_a_stage": twice(telling_rows.rating),
    "one_open_complaint_a_kind": twice(exofficio_rows.complaint),
    "one_running_notice": twice(notice, {"starts_at": LATER}),
    "asked_office_once": twice(asking.asked),
    "asked_expert_once": twice(asking.asked_expert),
    "consulted_page_once": twice(asking.shown_page),
    "consulted_file_once": twice(asking.shown_file),
    "label_once_an_office": twice(asking.label),
    "label_once_on_a_case": twice(asking.case_label),
    "field_once_an_office_and_scheme": twice(asking.field),
    "one_planned_visit_a_case": twice(office_rows.visit),
    "visit_photo_once": twice(office_rows.visit_photo, {"public_id": UNKNOWN}),
    "dossier_position_once": twice(office_rows.another_case),
    "case_in_one_dossier": twice(office_rows.dossier_elsewhere),
    "volume_number_once": twice(archive_rows.same_number),
    "one_open_volume_a_person": twice(archive_rows.same_person),
    "one_open_volume_a_household": twice(archive_rows.same_household),
    "one_open_volume_a_organisation": twice(archive_rows.same_organisation),
    "case_filed_once_a_closing": twice(archive_rows.case),
    "piece_position_once": twice(archive_rows.same_position),
    "piece_in_one_volume": twice(archive_rows.same_document),
    "consent_text_version_once": twice(data_rows.text, {"sha256": "0"}),
    "consent_text_once": twice(data_rows.text, {"version": 2}),
    "one_erasure_of_a_volume": twice(data_rows.erasure),
    "one_export_of_a_user_at_a_time": twice(data_rows.another_export),
    "one_open_correction_a_field": twice(data_rows.another_request),
    "one_hold_at_a_time": twice(archive_rows.hold),
    "one_package_of_a_volume_at_a_time": twice(archive_rows.same_package),
    "one_package_of_a_handover_at_a_time": twice(archive_rows.same_package_of_a_list),
    "one_carry_over_waits": twice(budget_rows.carried),
    "tranche_once_a_request": twice(budget_rows.brought),
    "return_file_once": twice(return_rows.waiting_file_of_another_key),
    "return_result_once": twice(return_rows.told_paid),
    "repayment_voucher_once": twice(return_rows.entered),
    "loan_list_once": twice(loan_rows.loan_list_again),
    "loan_line_once": twice(loan_rows.loan_line),
    "loan_bank_once": twice(loan_bank_rows.bank),
    "one_bank_account_waits": twice(loan_bank_rows.keyed),
    "one_quota_share_waits": twice(quota_rows.asked),
    "one_account_correction_waits": twice(return_rows.keyed),
    "recovery_payment_once": twice(return_rows.paid_back, {"proof_index": None}),
    "recovery_voucher_once": twice(return_rows.paid_back, {"sequence": 2}),
    "payout_reissued_once": twice(return_rows.reissued_of_another_due, {"line": 2}),
    "batch_file_once": twice(bank.bank_file),
    "payout_line_once": twice(payout),
    "due_in_one_live_batch": twice(payout, {"line": 2}),
}
