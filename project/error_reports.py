"""Reports of errors: what went wrong and where in the code; never what a visitor sent, nor the value of a variable."""

from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter

from people.redaction import redacted

TOLD = ("exception_type", "exception_value", "frames", "lastframe", "unicode_hint", "template_info")


class BareReporter(ExceptionReporter):
    """Django's report without request, settings and frame locals."""

    def __init__(self, request: HttpRequest | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(None, *args, **kwargs)

    def get_traceback_data(self) -> dict[str, Any]:
        """The traceback alone."""
        data = {name: value for name, value in super().get_traceback_data().items() if name in TOLD}
        for frame in data.get("frames", []):
            frame["vars"] = []
        data["exception_value"] = redacted(str(data.get("exception_value", "")))
        data.pop("unicode_hint", None)
        return data
