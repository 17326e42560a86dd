"""Opinions, decisions, moves, answers of other offices, public notices and objections."""

from approvals.models.answers import Answer
from approvals.models.bulk import BulkLine, BulkRun
from approvals.models.complaints import Complaint
from approvals.models.consulting import Consultation, ConsultedFile, ConsultedPage
from approvals.models.copies import CaseCopy
from approvals.models.corrections import PaperCorrection
from approvals.models.decisions import Decision, Opinion
from approvals.models.dossiers import Dossier, DossierCase, DossierMinutes
from approvals.models.loan_lists import LoanList, LoanListLine
from approvals.models.milestones import MilestoneRuling, MilestoneVisit
from approvals.models.moves import Move
from approvals.models.notes import CaseLabel, FieldValue, InternalField, Label, Note
from approvals.models.notices import Objection, PublicNotice
from approvals.models.proceedings import BenefitReview, Proceeding
from approvals.models.ratings import Rating
from approvals.models.saved import DeskSettings, SavedSearch
from approvals.models.signing import FirstSignature
from approvals.models.visits import Visit, VisitPhoto

__all__ = [
    "Answer",
    "BenefitReview",
    "BulkLine",
    "BulkRun",
    "CaseCopy",
    "CaseLabel",
    "Complaint",
    "Consultation",
    "ConsultedFile",
    "ConsultedPage",
    "Decision",
    "DeskSettings",
    "Dossier",
    "DossierCase",
    "DossierMinutes",
    "FieldValue",
    "FirstSignature",
    "InternalField",
    "Label",
    "LoanList",
    "LoanListLine",
    "MilestoneRuling",
    "MilestoneVisit",
    "Move",
    "Note",
    "Objection",
    "Opinion",
    "PaperCorrection",
    "Proceeding",
    "PublicNotice",
    "Rating",
    "SavedSearch",
    "Visit",
    "VisitPhoto",
]
