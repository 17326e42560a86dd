"""Writing a package: the same file, the same bytes. One member at a time is in memory."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.template.loader import render_to_string

from archives import sources
from archives.models import FiledCase, Handover, Piece, Volume
from papers import reading
from people.one_moment import one_moment

HERE = Path(__file__).parent
# Packed with every package; the script runs outside the system.
ENCLOSED = ("README.txt", "verify.py")
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
FORMAT = "zhida-archive-package"
FORMAT_VERSION = 1
NO_TIME = (1980, 1, 1, 0, 0, 0)
ON_UNIX, ORDINARY_FILE = 3, 0o100644 << 16


@dataclass
class Pack:
    """A ZIP being written, uncompressed so that its bytes depend on nothing but its content, and what is in it."""

    zip: zipfile.ZipFile
    files: list[dict[str, Any]] = field(default_factory=list)

    def add(self, path: str, content: bytes) -> str:
        """Write a member; returns its SHA-256. Paths are made of our own numbers and codes, never of what people
        typed."""
        info = zipfile.ZipInfo(path, NO_TIME)
        info.create_system, info.external_attr = ON_UNIX, ORDINARY_FILE
        self.zip.writestr(info, content)
        sha256 = hashlib.sha256(content).hexdigest()
        self.files.append({"path": path, "size": len(content), "sha256": sha256})
        return sha256


def write(stream: IO[bytes], volumes: Iterable[Volume], handover: Handover | None) -> tuple[str, int]:
    """Write the package of these files; the SHA-256 of its manifest, and how many members it has.

    Raises what keeps a piece from being opened: a VaultError, FileNotFoundError, ValueError or Altered.
    """
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as opened:
        pack = Pack(opened)
        for name in ENCLOSED:
            pack.add(name, (HERE / name).read_bytes())
        if handover is not None:
            pack.add("handover.pdf", reading.pdf_bytes(handover.paper))
        told = [_volume(pack, volume) for volume in volumes]
        return _sealed(pack, told, handover), len(pack.files)


def _sealed(pack: Pack, volumes: list[dict[str, Any]], handover: Handover | None) -> str:
    """The manifest, and beside it its hash."""
    manifest = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "handover": handover.paper.number if handover else "",
        "volumes": volumes,
        "files": sorted(pack.files, key=lambda one: one["path"]),
    }
    sha256 = pack.add(MANIFEST, json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode())
    pack.add(SEAL, f"{sha256}  {MANIFEST}\n".encode())
    return sha256


def _volume(pack: Pack, volume: Volume) -> dict[str, Any]:
    folder = f"{volume.year}-{volume.sequence:05d}"
    rows = volume.pieces.select_related("application__data_key", "application__scheme_version").order_by("position")
    # A case may be filed meanwhile: it is in the package with all of its pieces, or not at all.
    with one_moment():
        volume.refresh_from_db(fields=["retention", "expires_on"])
        cases, pieces = [_case(row) for row in volume.cases.select_related("application").order_by("pk")], list(rows)
    catalogue = [_piece(pack, folder, piece) for piece in pieces]
    context = {"volume": volume, "catalogue": catalogue, "cases": cases}
    pack.add(f"{folder}/catalogue.html", render_to_string("archives/package/catalogue.html", context).encode())
    return {
        "number": volume.number,
        "office": volume.office.name,
        "year": volume.year,
        "name": volume.name,
        "retention": volume.retention,
        "expires_on": volume.expires_on.isoformat() if volume.expires_on else "",
        "folder": folder,
        "cases": cases,
        "catalogue": catalogue,
    }


def _piece(pack: Pack, folder: str, piece: Piece) -> dict[str, Any]:
    return {
        "position": piece.position,
        "kind": piece.kind,
        "what": piece.get_kind_display(),
        "case": piece.application.number,
        "number": piece.number,
        "title": piece.title,
        "dated": piece.dated.isoformat(),
        "pages": piece.pages,
        "sha256": piece.sha256,
        "files": list(_members(pack, folder, piece)),
    }


def _members(pack: Pack, folder: str, piece: Piece) -> Iterator[str]:
    for member in sources.members_of(piece):
        path = f"{folder}/{piece.position:04d}-{piece.kind}{member.ending}"
        pack.add(path, member.content)
        yield path


def _case(row: FiledCase) -> dict[str, Any]:
    return {
        "number": row.application.number,
        "scheme": row.application.scheme_code,
        "state": row.state,
        "round": row.round,
        "closed": row.closing.isoformat(),
        "retention": row.retention,
        "basis": row.basis,
        "document": row.document,
    }
