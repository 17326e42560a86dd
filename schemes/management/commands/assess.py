"""Run the rules on facts and print the Assessment as JSON (see CONTRACT: Assessment as JSON)."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schemes.assessing import Assessor, FactsError, UnknownDivision, UnknownScheme
from schemes.definition import SchemeDefinition
from schemes.policies import ResolvedPolicy, lineage_of
from schemes.rules.parsing import BadValueError, day

NOTHING = ResolvedPolicy("no_clause", (), {})
BAD_LINE = (FactsError, UnknownDivision, ValueError)


class Command(BaseCommand):
    """Exit 2 with a clear message for an unknown scheme or division and for bad facts."""

    help = "Assess facts under a scheme; --facts - reads one JSON object a line and answers each with one line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """As the contract names them. With `--facts -` each line may bring its own division and day."""
        parser.add_argument("scheme")
        parser.add_argument("--division", help="division code")
        parser.add_argument("--on", help="policy date, YYYY-MM-DD")
        parser.add_argument("--facts", required=True, help="a JSON file, or - for lines on standard input")
        parser.add_argument("--values", help="a JSON file of policy values to override")

    def handle(self, *args: Any, **options: Any) -> None:
        """One assessment, or a stream of them."""
        try:
            assessor = Assessor(options["scheme"])
            on = day(options["on"]) if options["on"] else None
            overrides = load_json(options["values"]) if options["values"] else {}
            check_before_reading(assessor.definition, options["division"], overrides)
            if options["facts"] == "-":
                self._stream(assessor, options["division"], on, overrides)
            else:
                facts = load_json(options["facts"])
                self.stdout.write(answer(assessor, options["division"], on, facts, overrides))
        except BadValueError as error:
            raise CommandError(f"--on: {error.message.zh} / {error.message.en}", returncode=2) from error
        except (UnknownScheme, UnknownDivision, FactsError, ValueError) as error:
            raise CommandError(str(error), returncode=2) from error

    def _stream(self, assessor: Assessor, division: str | None, on: date | None, overrides: dict[str, Any]) -> None:
        for line in input_lines():
            self.stdout.write(answer_line(assessor, division, on, line, overrides))


def check_before_reading(definition: SchemeDefinition, division: str | None, overrides: dict[str, Any]) -> None:
    """An unknown division or an impossible override is told before any facts are read."""
    if division is not None:
        lineage_of(division)
    _ = NOTHING.seen_by(definition).overridden_by(overrides).for_rules


def answer_line(
    assessor: Assessor, division: str | None, on: date | None, line: bytes, overrides: dict[str, Any]
) -> str:
    """The answer to one line of input: an assessment, or {"error": …}."""
    try:
        request = parse_json(line.decode("utf-8"))
        if not isinstance(request, dict) or "facts" not in request:
            raise ValueError("一行应为含有 facts 的对象 / a line must be an object with facts")
        values = overrides | _object(_given(request, "values", {}), "values")
        own_day = on if request.get("on") is None else day(request["on"])
        return answer(assessor, _given(request, "division", division), own_day, request["facts"], values)
    except BadValueError as error:
        return _json({"error": f"on: {error.message.zh} / {error.message.en}"})
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        return _json({"error": f"这一行不是 JSON / this line is not JSON: {error}"})
    except BAD_LINE as error:
        return _json({"error": str(error) or type(error).__name__})


def _given(request: dict[str, Any], name: str, otherwise: Any) -> Any:
    """What a line brings along; null is as good as nothing."""
    return otherwise if request.get(name) is None else request[name]


def answer(assessor: Assessor, division: Any, on: date | None, facts: Any, overrides: dict[str, Any]) -> str:
    """One assessment as one line of JSON. Raises FactsError, UnknownDivision, ValueError."""
    if division is None or on is None:
        raise ValueError("需要区划代码和日期 / --division and --on are needed")
    if not isinstance(division, str):
        raise ValueError("division 应为文字 / division must be text")
    return _json(assessor.assess(division, on, facts, overrides).as_json())


def input_lines() -> Iterator[bytes]:
    """The lines of standard input; a last line without its end counts too."""
    for line in getattr(sys.stdin, "buffer", None) or (text.encode() for text in sys.stdin):
        yield line.rstrip(b"\r\n")


def load_json(path: str) -> dict[str, Any]:
    """A JSON object from a file. Raises ValueError with a message that names the file."""
    try:
        return _object(parse_json(Path(path).read_text(encoding="utf-8-sig")), path)
    except OSError as error:
        raise ValueError(f"无法读取 {path} / cannot read {path}: {error.strerror}") from error
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{path} 不是 JSON / {path} is not JSON: {error}") from error


def parse_json(text: str) -> Any:
    """JSON with every number exact: fractions become Decimal; NaN and Infinity are refused."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} 不是数字 / {name} is not a number")


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{what} 应为对象 / {what} must be an object")
    return value


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
