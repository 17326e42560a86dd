"""E-mail, by Django's mail settings."""

import hashlib
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

from telling.gateways import NotSent, Outgoing


class Mail:
    """Sends a plain mail. The same message has the same Message-ID at every try: mailboxes show it once."""

    def send(self, message: Outgoing) -> str:
        """Hand it to the mail server. Raises NotSent."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
        reference = f"<{hashlib.sha256(message.key.encode()).hexdigest()[:32]}@{domain}>"
        mail = EmailMessage(message.subject, message.text, to=[message.to], headers={"Message-ID": reference})
        try:
            mail.send()
        except SMTPRecipientsRefused as error:
            raise NotSent("recipient_refused", final=True) from error
        except OSError as error:  # smtplib's errors are OSErrors
            raise NotSent(type(error).__name__) from error
        return reference
