"""Schemes as published, and the policy they rest on."""

from schemes.models.files import OriginalFile
from schemes.models.letters import LetterVersion
from schemes.models.policy import PolicyClause, PolicyDocument, PolicyValue
from schemes.models.proposals import Proposal
from schemes.models.versions import CaseBook, Scheme, SchemeVersion, current_version, current_versions

__all__ = [
    "CaseBook",
    "LetterVersion",
    "OriginalFile",
    "PolicyClause",
    "PolicyDocument",
    "PolicyValue",
    "Proposal",
    "Scheme",
    "SchemeVersion",
    "current_version",
    "current_versions",
]
