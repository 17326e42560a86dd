"""App registration: what lies in a file is append-only."""

from django.apps import AppConfig

from audit import triggers


class ArchivesConfig(AppConfig):
    """The archives room."""

    name = "archives"
    verbose_name = "档案"

    def ready(self) -> None:
        """Protect the catalogues and what they say of cases."""
        triggers.protect("archives_filedcase", "id", "application_id,closing")
        triggers.protect("archives_piece", "id", "volume_id,position", "application_id,kind,reference")
