"""The tables of the helping room."""

from helping.models.standing import HelpedCase, Mandate, MandateEnd

__all__ = ["HelpedCase", "Mandate", "MandateEnd"]
