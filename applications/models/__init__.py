"""Applications and what hangs on them."""

from applications.models.application import Application
from applications.models.messages import Message
from applications.models.parts import Attachment, CaseActor, Correction, CorrectionPoint, Round
from applications.models.quota_shares import QuotaShare
from applications.models.reuse import PaperToFollow, TakenAnswer
from applications.models.timing import Duration, TimeNote
from applications.models.what_if import WhatIfChange, WhatIfRun, WhatIfSum

__all__ = [
    "Application",
    "Attachment",
    "CaseActor",
    "Correction",
    "CorrectionPoint",
    "Duration",
    "Message",
    "PaperToFollow",
    "QuotaShare",
    "Round",
    "TakenAnswer",
    "TimeNote",
    "WhatIfChange",
    "WhatIfRun",
    "WhatIfSum",
]
