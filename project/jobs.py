"""What runs by the clock: one table. Every job is idempotent and safe to run twice or late."""

import logging
from collections.abc import Callable
from datetime import datetime

from applications.clock import lapse_unanswered
from applications.durations import count_durations
from applications.jobs import resume_what_ifs
from applications.moving import move_drafts
from approvals.bulk.jobs import resume_bulk
from approvals.clock import end_notices
from approvals.consulting.clock import remind_asked
from approvals.exofficio.clock import end_terms
from approvals.issued.clock import remind_unserved
from approvals.timing.clock import accept_by_silence, end_pauses, escalate_overdue, remind_due
from archives.clock import file_closed
from archives.erasing.bank_lists import erase as erase_bank_lists
from archives.erasing.drafts import erase as erase_drafts
from archives.erasing.drafts import warn as warn_of_drafts
from archives.erasing.due import propose
from archives.my_data.copies import expire as expire_copies
from archives.my_data.copies import make_due as make_copies
from archives.packages.work import expire, make_due
from audit.anchors import anchor_heads
from benefits.budgets.waiting_clock import follow_money
from benefits.clock import end_phase_outs
from benefits.milestones.clock import remind_milestones
from benefits.phase_out.clock import warn_of_ends
from benefits.waivers.clock import end_of_terms, remind_checks
from helping.invites.clock import erase_due as erase_due_facts
from helping.invites.matching import resume_matchings
from helping.organisations.clock import warn_of_ends as warn_of_letters
from helping.schools.runs import resume_schools
from papers.forms_of_reading.making import make_waiting
from papers.jobs import render_due
from payouts.advices import tell_paid
from payouts.holds.matching import put_due
from people.clock import end_posts
from project.sign_in import kept, lost_factor, resetting, sessions
from telling import jobs as telling_jobs

log = logging.getLogger(__name__)

DUE_JOBS: dict[str, Callable[[datetime], int]] = {
    "corrections_lapsed": lapse_unanswered,
    "notices_ended": end_notices,
    "accepted_by_silence": accept_by_silence,
    "pauses_ended": end_pauses,
    "statement_terms_ended": end_terms,
    "waiting_followed": follow_money,
    "limits_reminded": remind_due,
    "overdue_escalated": escalate_overdue,
    "durations_counted": count_durations,
    "asked_reminded": remind_asked,
    "unserved_reminded": remind_unserved,
    "phase_outs_warned": warn_of_ends,
    "phase_outs_ended": end_phase_outs,
    "waiver_terms_ended": end_of_terms,
    "waiver_checks_reminded": remind_checks,
    "milestones_reminded": remind_milestones,
    "payments_held": put_due,
    "payments_told": tell_paid,
    "posts_ended": end_posts,
    "sign_ins_cleared": sessions.clear,
    "kept_forms_cleared": kept.clear,
    "password_codes_cleared": resetting.clear,
    "lost_factors_taken": lost_factor.run,
    "papers_rendered": render_due,
    "large_print_made": make_waiting,
    "what_ifs_resumed": resume_what_ifs,
    "bulk_resumed": resume_bulk,
    "school_batches_resumed": resume_schools,
    "letters_warned": warn_of_letters,
    "matchings_resumed": resume_matchings,
    "rosters_of_facts_erased": erase_due_facts,
    "drafts_moved": move_drafts,
    "cases_filed": file_closed,
    "erasures_proposed": propose,
    "drafts_warned": warn_of_drafts,
    "drafts_erased": erase_drafts,
    "bank_lists_erased": erase_bank_lists,
    "copies_made": make_copies,
    "copies_expired": expire_copies,
    "packages_made": make_due,
    "packages_expired": expire,
    "notices_due": telling_jobs.begin,
}


def run_due(at: datetime) -> dict[str, int]:
    """Run every job for the time `at`; how much each did (-1: it failed, the others still ran)."""
    done = {name: _run(name, job, at) for name, job in DUE_JOBS.items()}
    anchor = anchor_heads(at)
    return done | {"heads_anchored": anchor.heads.count() if anchor else 0}


def _run(name: str, job: Callable[[datetime], int], at: datetime) -> int:
    try:
        return job(at)
    except Exception:
        log.exception("job %s failed", name)
        return -1
