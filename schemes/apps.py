"""App registration: what was published is never changed, only followed by something newer."""

from django.apps import AppConfig

from audit import triggers


class SchemesConfig(AppConfig):
    """The room of schemes and policy."""

    name = "schemes"
    verbose_name = "政策"

    def ready(self) -> None:
        """Make the published tables append-only."""
        triggers.protect("schemes_schemeversion", "id", "scheme_id,number")
        triggers.protect("schemes_policyvalue", "id", "supersedes_id")
        triggers.protect("schemes_letterversion", "id")
