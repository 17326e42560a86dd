"""Amounts in capitals 大写金额, as financial papers write them."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
LIMIT = 10 ** (4 * len(GROUPS))


def amount_capitals(amount: Decimal) -> str:
    """An amount in yuan in capitals: 壹仟元整, 壹仟零伍拾元伍角, 零元整. Fractions of a fen round half up.

    Raises ValueError below zero and from 10^16 yuan on.
    """
    if not 0 <= amount < LIMIT:
        raise ValueError("no amount that can be written in capitals")
    fen = int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))
    yuan, jiao, fen = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole(yuan)}元" if yuan or not (jiao or fen) else ""
    if not (jiao or fen):
        return words + "整"
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif words:
        words += "零"
    return words + (f"{DIGITS[fen]}分" if fen else "")


def _whole(number: int) -> str:
    if number == 0:
        return "零"
    words, gap = "", False
    for power in range(len(GROUPS) - 1, -1, -1):
        group = number // 10 ** (4 * power) % 10_000
        if group == 0:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += _group(group) + GROUPS[power]
        gap = False
    return words


def _group(group: int) -> str:
    words, gap = "", False
    for power in (3, 2, 1, 0):
        digit = group // 10**power % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + DIGITS[digit] + UNITS[power]
        gap = False
    return words
