"""Text messages, by a gateway that takes JSON over HTTPS.

POST SMS_URL with `Authorization: Bearer SMS_KEY` and `Idempotency-Key`; the body is {"to", "sign", "text", "key"}.
Any 2xx is a yes, and may give {"reference": "…"}; 408, 425, 429 and 5xx are tried again; any other answer is a no.
"""

import json

import requests
from django.conf import settings

from telling.gateways import NotSent, Outgoing

TRY_AGAIN = frozenset({408, 425, 429})
LONGEST_ANSWER = 10_000


class HttpSms:
    """One request a message, with a time limit, following no redirect: the key goes to one address only."""

    def send(self, message: Outgoing) -> str:
        """Hand it to the gateway. Raises NotSent."""
        body = {"to": message.to, "sign": settings.SMS_SIGN, "text": message.text, "key": message.key}
        headers = {"Authorization": f"Bearer {settings.SMS_KEY}", "Idempotency-Key": message.key}
        try:
            answer = requests.post(
                settings.SMS_URL,
                json=body,
                headers=headers,
                timeout=settings.SMS_TIMEOUT,
                allow_redirects=False,
                stream=True,
            )
            with answer:
                return _reference(answer)
        except requests.RequestException as error:
            raise NotSent(type(error).__name__) from error


def _reference(answer: requests.Response) -> str:
    code = answer.status_code
    if not 200 <= code < 300:
        raise NotSent(f"http_{code}", final=code < 500 and code not in TRY_AGAIN)
    try:
        told = json.loads(answer.raw.read(LONGEST_ANSWER, decode_content=True))
    except ValueError:
        return ""
    return str(told.get("reference", ""))[:80] if isinstance(told, dict) else ""
