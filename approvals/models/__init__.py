"""Opinions, decisions, public notices and objections."""

from approvals.models.decisions import Decision, Opinion
from approvals.models.notices import Objection, PublicNotice

__all__ = ["Decision", "Objection", "Opinion", "PublicNotice"]
