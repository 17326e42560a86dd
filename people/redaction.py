"""What logs and error reports never show: citizen IDs, certificates, phones, accounts, passwords and tokens.

Pages do not log such things on purpose. This is the net below: whatever a library, an exception or a request line says,
every line is looked over before it is written. Hashes and random ids stay, for they prove and find things. Pure: no
Django, because the settings import it.
"""

import logging
import re

MASKED = "[***]"
NAMES = (
    "password", "passwd", "pwd", "passphrase", "secret", "token", "sessionid", "csrftoken", "api[_-]?key", "id_number",
    "otp", "pin",
)  # fmt: skip
# Hashes (hex with at least one letter) and UUIDs may hold a run of digits that looks like a number of ours; what the
# log says of an anchor is held against the database, so it stays whatever its digits are.
KEPT = (
    r"(?P<kept>\banchor \d+ [0-9a-f]{64}\b|(?<![0-9a-zA-Z])(?=[0-9]*[a-f])[0-9a-f]{32,128}(?![0-9a-zA-Z])"
    r"|(?<![0-9a-zA-Z])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-zA-Z]))"
)
HEADER = r"(?P<header>(?i:\b(?:authorization|(?:set-)?cookie)\b[\"']?\s*[:=]\s*))[^\r\n]+"
BEARER = r"(?P<bearer>\bBearer\s+)\S+"
NAMED = (
    rf"(?P<name>(?i:\b[\w-]{{0,40}}(?:{'|'.join(NAMES)})[\"']?\s*[=:]\s*))"
    r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'&,;}\]<>]+)"
)
IN_ADDRESS = r"(?<=://)[^\s/:@]+:[^\s/@]+(?=@)"
# A citizen ID, with a certificate's places after it, even where it clings to letters.
DAY = r"(?:18|19|20)\d\d[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
CITIZEN = rf"(?<!\d)[1-9]\d{{5}}[ -]?{DAY}[ -]?\d{{3}}[\dXx](?:\d{{2}}B?\d?)?(?!\d)"
# Any longer row of digits, in groups or not, unless a letter stands before it, as in the number of a case.
LONG = r"(?<![A-Za-z0-9_.])\d(?:[ -]?\d){11,24}[Xx]?(?![A-Za-z0-9_])"
MOBILE = r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
LANDLINE = r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"
FINDER = re.compile("|".join([KEPT, HEADER, BEARER, NAMED, IN_ADDRESS, CITIZEN, LONG, MOBILE, LANDLINE]), re.ASCII)
HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")


def redacted(text: str) -> str:
    """The text without numbers of persons and without secrets."""
    return FINDER.sub(_put, text.translate(HALF_WIDTH))


def _put(found: re.Match[str]) -> str:
    if found["kept"]:
        return found["kept"]
    return f"{found['header'] or found['bearer'] or found['name'] or ''}{MASKED}"


class RedactingFilter(logging.Filter):
    """Looks over a record for any handler: its message, its exception, its stack, and texts handed along with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is always written."""
        record.msg, record.args = redacted(_message(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        if record.stack_info:
            record.stack_info = redacted(record.stack_info)
        return True


def _message(record: logging.LogRecord) -> str:
    """A message whose arguments do not fit it is still a line, not an error of logging that would print them."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return str(record.msg)
