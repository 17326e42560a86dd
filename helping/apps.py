"""App registration."""

from django.apps import AppConfig


class HelpingConfig(AppConfig):
    """The helping room."""

    name = "helping"
    verbose_name = "帮办"
