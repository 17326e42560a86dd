"""For tests: what would be sent is kept, and a test says what the gateway answers."""

from typing import ClassVar

from telling.gateways import NotSent, Outgoing


class Recorder:
    """Keeps every call in `calls`; `answers` are raised or returned in turn, before it says yes to all."""

    calls: ClassVar[list[Outgoing]] = []
    answers: ClassVar[list[str | NotSent]] = []

    def send(self, message: Outgoing) -> str:
        """Keep it. Raises NotSent where the test says so."""
        self.calls.append(message)
        answer = self.answers.pop(0) if self.answers else f"reference-{message.key}"
        if isinstance(answer, NotSent):
            raise answer
        return answer

    @classmethod
    def clear(cls) -> None:
        """As before the first call."""
        cls.calls.clear()
        cls.answers.clear()

    @classmethod
    def delivered(cls) -> dict[str, Outgoing]:
        """What arrived at a provider that takes each key once."""
        return {message.key: message for message in cls.calls}
