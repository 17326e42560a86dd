"""App registration."""

from django.apps import AppConfig

from audit import triggers
from papers import glyphs
from schemes import printing


class PapersConfig(AppConfig):
    """The papers room."""

    name = "papers"
    verbose_name = "文书"

    def ready(self) -> None:
        """Protect how papers were served, voided and sealed, and what readers wished; ask which characters print."""
        triggers.protect("papers_paperservice", "id", "replaces_id")
        triggers.protect("papers_papervoid", "id", "paper_id")
        triggers.protect("papers_readingwish", "id")
        triggers.protect("papers_scan", "id", "paper_id,sha256")
        triggers.protect("papers_sealuse", "id", "scan_id")
        printing.ask(glyphs.first_unprintable)
