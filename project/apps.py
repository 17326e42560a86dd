"""App registration."""

from importlib import import_module

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "project"
    verbose_name = "站点"

    def ready(self) -> None:
        """Listen to what happens around signing in; the models it needs are there only now."""
        import_module("project.sign_in.listening")
