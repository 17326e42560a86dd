"""The site map as the tests walk it: every named URL, with arguments that lead to something real."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    """One URL of the site."""

    name: str
    path: str


def patterns() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The full name of every URL pattern of the site, and the arguments it takes, those of what includes it first."""
    yield from _walk(get_resolver(), "", ())


def _walk(resolver: URLResolver, namespace: str, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in resolver.url_patterns:
        taken = (*above, *part.pattern.converters)
        if isinstance(part, URLResolver):
            yield from _walk(part, namespace + (f"{part.namespace}:" if part.namespace else ""), taken)
        else:
            yield f"{namespace}{part.name}", taken


def addresses(arguments: dict[str, object]) -> list[Address]:
    """Every URL filled with the world's arguments; `room:name.argument` wins over `argument`.

    A new URL whose argument the world does not know fails here: the world must learn it.
    """
    found = []
    for name, wanted in patterns():
        values = {key: arguments.get(f"{name}.{key}", arguments.get(key)) for key in wanted}
        unknown = [key for key, value in values.items() if value is None]
        assert not unknown, f"{name}: the world has no {unknown}"
        found.append(Address(name, reverse(name, kwargs=values)))
    return found
