"""The tables of the helping room."""

from helping.models.counter import CounterVisit
from helping.models.invites import AskNoMore, FactRoster, FactRow, Invitation, Match, Matching
from helping.models.organisations import LetterEnd, LetterRuling, LetterWarning, OrganisationLetter
from helping.models.pins import CasePin, PinLookup
from helping.models.posted import NoticePhoto
from helping.models.renewals import Renewal
from helping.models.rosters import OralReading, PaperForm, Villager, VillageRoster
from helping.models.schools import SchoolBatch, Student
from helping.models.standing import HelpedCase, Mandate, MandateEnd

__all__ = [
    "AskNoMore",
    "CasePin",
    "CounterVisit",
    "FactRoster",
    "FactRow",
    "HelpedCase",
    "Invitation",
    "LetterEnd",
    "LetterRuling",
    "LetterWarning",
    "Mandate",
    "MandateEnd",
    "Match",
    "Matching",
    "NoticePhoto",
    "OralReading",
    "OrganisationLetter",
    "PaperForm",
    "PinLookup",
    "Renewal",
    "SchoolBatch",
    "Student",
    "VillageRoster",
    "Villager",
]
