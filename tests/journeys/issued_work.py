"""Something real behind the addresses of issued papers: a service with its proof."""

import hashlib
from datetime import datetime

from papers import serving
from papers.models import Paper
from people import sealed_files
from tests import world
from tests.approvals.visiting import picture


def arguments(paper: Paper, at: datetime) -> dict[str, object]:
    """A paper handed over, with a photo of the receipt."""
    photo = picture().read()
    name = sealed_files.put(serving.FOLDER, paper.data_key, photo, serving.proof_context(paper))
    proof = serving.Proof(name, "image/jpeg", hashlib.sha256(photo).hexdigest())
    fact = serving.Fact(serving.Way.HAND, at.date(), serving.Details(receiver="本人"), proof=proof)
    return {"service": serving.write(paper, fact, world.user("county-clerk"), at).pk}
