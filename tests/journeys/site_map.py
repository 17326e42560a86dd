"""The site map as the tests walk it: every named URL, with arguments that lead to something real."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    """One URL of the site."""

    name: str
    path: str


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern of the site with its full name."""
    yield from _walk(get_resolver(), "")


def _walk(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from _walk(part, namespace + (f"{part.namespace}:" if part.namespace else ""))
        else:
            yield f"{namespace}{part.name}", part


def addresses(arguments: dict[str, object]) -> list[Address]:
    """Every URL filled with the world's arguments; `room:name.argument` wins over `argument`.

    A new URL whose argument the world does not know fails here: the world must learn it.
    """
    found = []
    for name, pattern in patterns():
        wanted = list(pattern.pattern.converters)
        values = {key: arguments.get(f"{name}.{key}", arguments.get(key)) for key in wanted}
        unknown = [key for key, value in values.items() if value is None]
        assert not unknown, f"{name}: the world has no {unknown}"
        found.append(Address(name, reverse(name, kwargs=values)))
    return found
