"""What a provider of electronic seals is. Which one a seal uses stands in its row; where its class is, in a setting."""

from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from papers.models import Seal
from papers.seals.signing import Statement


class SealProvider(Protocol):
    """Signs files with the seals of offices."""

    def sign(self, pdf: bytes, seal: Seal, said: Statement) -> bytes:
        """The signed file: the same bytes for the same file, seal and statement. Raises SealFault."""


class NoCertificate:
    """For seals of rubber and ink: the paper stays as it is, is printed, sealed by hand and scanned."""

    def sign(self, pdf: bytes, seal: Seal, said: Statement) -> bytes:
        """The very same file."""
        return pdf


def provider_of(seal: Seal) -> SealProvider:
    """The provider that a seal names; one for the whole process."""
    return _made(settings.SEAL_PROVIDERS[seal.provider])


@cache
def _made(path: str) -> SealProvider:
    return import_string(path)()
