"""One true row of each kind around a draft of policy: the draft itself, and a what-if of it."""

from decimal import Decimal

from applications.models import WhatIfChange, WhatIfRun, WhatIfSum
from schemes.models import LetterVersion, PolicyClause
from schemes.models.proposals import Proposal
from tests import world

AT, DAY = world.START, world.START.date()
SCHEME = "grad-jobseeking"


def proposal() -> Proposal:
    """A drafted policy value."""
    clause = PolicyClause.objects.filter(scheme_id=SCHEME).first()
    return Proposal.objects.create(
        kind="value",
        scheme_id=SCHEME,
        division=clause.document.division,
        clause=clause,
        content={},
        reason="新标准",
        proposed_by="policy-editor",
        proposed_at=AT,
    )


def letter() -> LetterVersion:
    """A published text of a standard letter."""
    texts = {"title_zh": "延期办理告知书", "title_en": "Extension", "body_zh": "延长。", "body_en": "Extended."}
    return LetterVersion.objects.create(
        code="extension",
        division_id="532500",
        in_force_from=DAY,
        reason="统一用语",
        drafted_by="policy-editor",
        published_by="policy-publisher",
        published_at=AT,
        **texts,
    )


def what_if() -> WhatIfRun:
    """A run of what-if that waits for its worker."""
    return WhatIfRun.objects.create(
        proposal=proposal(),
        content={},
        scheme_code=SCHEME,
        divisions=[],
        begins=DAY,
        ends=DAY,
        started_by=world.user("policy-editor"),
        started_at=AT,
        last=0,
        total=0,
        lease_until=AT,
    )


def what_if_sum() -> WhatIfSum:
    """The cases of a county that come out alike."""
    return WhatIfSum.objects.create(
        run=what_if(),
        county="532503",
        before="eligible",
        after="ineligible",
        gained=False,
        lost=True,
        amount_before=Decimal("0.00"),
        amount_after=Decimal("0.00"),
    )


def what_if_change() -> WhatIfChange:
    """A case that comes out differently."""
    return WhatIfChange.objects.create(
        run=what_if(), number="QZ1", county="532503", before="eligible", after="ineligible"
    )
