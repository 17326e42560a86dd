"""How strongly a clause speaks, by its words; an editor may say otherwise."""

# The first that is found wins: what is only explored or planned is never a duty, whatever else the sentence says.
WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("planned", ("推动建立", "研究制定", "适时出台")),
    ("explore", ("探索",)),
    ("shall", ("应当", "应", "给予", "落实", "必须", "要", "享受")),
    ("may", ("可以", "可按", "可")),
    ("general", ("鼓励", "支持", "引导", "推动")),
)


def strength_of(text: str) -> str:
    """shall, may, general, explore or planned."""
    return next((strength for strength, words in WORDS if any(word in text for word in words)), "general")
