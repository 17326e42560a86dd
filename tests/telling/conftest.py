"""Gateways that keep what would be sent."""

import pytest

from telling.gateways.recorder import Recorder

RECORDER = "telling.gateways.recorder.Recorder"


@pytest.fixture
def gateways(settings):
    """Both channels leave the site, into the recorder."""
    settings.TELL_GATEWAYS = {"email": RECORDER, "sms": RECORDER}
    Recorder.clear()
    yield Recorder
    Recorder.clear()
