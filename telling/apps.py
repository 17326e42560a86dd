"""App registration."""

from django.apps import AppConfig


class TellingConfig(AppConfig):
    """The telling room."""

    name = "telling"
    verbose_name = "通知"
