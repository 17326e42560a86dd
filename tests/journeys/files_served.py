"""Whatever is served and is no page: a download in a sandbox that no browser interprets."""

from django.http import HttpResponse

PAGES = ("text/html", "text/css", "text/javascript")
# Answers to programs, and the licence of the code: none of them holds what somebody handed in.
NO_FILES = {"livez", "readyz", "metrics", "source_licence", "sign_in_remaining"}
# Pictures drawn anew by us, which a page shows in place.
SHOWN_IN_PLACE = {"approvals:visit_photo", "approvals:visit_signature"}
PICTURES = {"image/jpeg", "image/png"}


def unsafe(name: str, path: str, response: HttpResponse) -> list[str]:
    """What is wrong with how an address serves a file; nothing for a page or a refusal."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code != 200 or kind in PAGES or not kind or name in NO_FILES:
        return []
    headers, wrong = response.headers, []
    if "sandbox" not in headers.get("Content-Security-Policy", ""):
        wrong.append("no sandbox")
    if headers.get("X-Content-Type-Options") != "nosniff":
        wrong.append("its kind may be guessed")
    attached = headers.get("Content-Disposition", "").startswith("attachment")
    if not attached and not (name in SHOWN_IN_PLACE and kind in PICTURES):
        wrong.append(f"{kind} is shown in place")
    return [f"{path}: {fault}" for fault in wrong]
