"""Random sampling 抽查: a lot that nobody can foresee and an auditor can draw again.

The seed is drawn when a route begins and stays with it; its seal stands in the audit trail from then on, so that no
later seed can be passed off as the first one. Per stage the lot is HMAC-SHA256(seed, code of the stage) mod 100.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from schemes.definition import SchemeDefinition
from schemes.routes import Stage

SEED, DRAWN = "seed", "drawn"


@dataclass(frozen=True)
class Draw:
    """The lot of one stage: `number` from 0 to 99; below `percent` the case is drawn."""

    stage: str
    percent: int
    number: int

    @property
    def drawn(self) -> bool:
        """Whether the case passes the stage."""
        return self.number < self.percent


def seed_for(definition: SchemeDefinition) -> dict[str, str]:
    """A new seed as part of a route's data; nothing where no stage is drawn by lot."""
    sampled = any(stage.sample_percent is not None for stage in definition.stages)
    return {SEED: secrets.token_hex(16)} if sampled else {}


def seal_of(data: dict[str, Any]) -> str:
    """The SHA-256 of a route's seed, "" where it has none. It tells nothing of the lot."""
    seed = data.get(SEED, "")
    return hashlib.sha256(seed.encode()).hexdigest() if seed else ""


def draw(seed: str, stage: Stage) -> Draw:
    """The lot of a stage; the same whenever it is drawn."""
    digest = hmac.new(bytes.fromhex(seed), stage.code.encode(), hashlib.sha256).hexdigest()
    return Draw(stage.code, stage.sample_percent or 100, int(digest, 16) % 100)


def passes(data: dict[str, Any], stage: Stage) -> bool:
    """Whether the lot lets a case through this stage; a stage that is not drawn by lot everybody passes."""
    return stage.sample_percent is None or draw(data[SEED], stage).drawn
