"""Something real behind the addresses of letters of authority: one that waits, of an organisation without cases."""

from tests.helping import authorised

OF_A_LETTER = ("helpers:letter_scan", "helpers:letter_give_up", "helping:letter", "helping:letter_scan")


def arguments() -> dict[str, object]:
    """Brought by the second applicant; no office has the organisation's cases, so none finds it."""
    letter = authorised.brought("applicant2").public_id
    return {f"{name}.letter": letter for name in OF_A_LETTER}
