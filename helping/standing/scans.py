"""The signed paper of a consent, sealed with the person's key."""

import hashlib

from applications.uploads import CleanFile
from helping.models import Mandate, Renewal
from people import sealed_files


def keep(row: Mandate | Renewal, scan: CleanFile, folder: str, context: str) -> None:
    """Store the scan and put its name and marks into the row, which the caller saves. Raises KeyDestroyed."""
    row.stored = sealed_files.put(folder, row.person.data_key, scan.content, context)
    row.content_type, row.size = scan.content_type, len(scan.content)
    row.sha256 = hashlib.sha256(scan.content).hexdigest()
