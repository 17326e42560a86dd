"""Opinions, decisions, moves, answers of other offices, public notices and objections."""

from approvals.models.answers import Answer
from approvals.models.decisions import Decision, Opinion
from approvals.models.moves import Move
from approvals.models.notices import Objection, PublicNotice

__all__ = ["Answer", "Decision", "Move", "Objection", "Opinion", "PublicNotice"]
