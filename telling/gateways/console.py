"""For demo sites: what would be sent is written into the log of the program."""

import logging

from people.masking import masked_account
from telling.gateways import Outgoing

log = logging.getLogger(__name__)


class Console:
    """Sends nothing."""

    def send(self, message: Outgoing) -> str:
        """Write it down; LOG_LEVEL=INFO shows it."""
        log.info("to %s: %s", masked_account(message.to), message.text)
        return f"console-{message.key}"
