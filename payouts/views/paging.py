"""Where a page of numbered lines begins."""

from django.http import HttpRequest


def first_of(request: HttpRequest, last: int) -> int:
    """The line the page begins with, from the address; 1 for anything that is no line."""
    asked = request.GET.get("from", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    return number if 1 <= number <= max(last, 1) else 1
