"""What a page of this site may load and where its forms may go: nothing inline, nothing from elsewhere."""

from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF


def content_policy(identity_server: str) -> dict:
    """The policy. A browser asks `form-action` of where a form is led on to as well: to the identity service."""
    elsewhere = [f"https://{urlsplit(identity_server).netloc}"] if identity_server else []
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF, NONCE],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "form-action": [SELF, *elsewhere],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }
