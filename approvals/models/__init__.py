"""Opinions, decisions, moves, answers of other offices, public notices and objections."""

from approvals.models.answers import Answer
from approvals.models.decisions import Decision, Opinion
from approvals.models.dossiers import Dossier, DossierCase, DossierMinutes
from approvals.models.moves import Move
from approvals.models.notices import Objection, PublicNotice
from approvals.models.visits import Visit, VisitPhoto

__all__ = [
    "Answer",
    "Decision",
    "Dossier",
    "DossierCase",
    "DossierMinutes",
    "Move",
    "Objection",
    "Opinion",
    "PublicNotice",
    "Visit",
    "VisitPhoto",
]
