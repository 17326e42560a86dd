#!/usr/bin/env python3
"""Check a package of archived files. Needs Python 3.8 or newer and nothing else.

    python verify.py                        check the folder this script lies in
    python verify.py package.zip            check a package as it was downloaded
    python verify.py [where] --manifest H   check too that the manifest's SHA-256 is H, as the office tells it

核验档案包：只需要Python 3.8以上版本。退出码0表示完好，1表示不完好。
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path

MANIFEST, SEAL = "manifest.json", "manifest.sha256"
GENESIS = "0" * 64


class Folder:
    """A package that was unpacked."""

    def __init__(self, path):
        self.path = path

    def names(self):
        return {one.relative_to(self.path).as_posix() for one in self.path.rglob("*") if one.is_file()}

    def chunks(self, name):
        with open(self.path / name, "rb") as stream:
            yield from iter(lambda: stream.read(1 << 20), b"")


class Zip:
    """A package as it was downloaded."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)

    def names(self):
        return {one.filename for one in self.zip.infolist() if not one.is_dir()}

    def chunks(self, name):
        with self.zip.open(name) as stream:
            yield from iter(lambda: stream.read(1 << 20), b"")


def digest(chunks):
    """SHA-256 and size."""
    total, size = hashlib.sha256(), 0
    for chunk in chunks:
        total.update(chunk)
        size += len(chunk)
    return total.hexdigest(), size


def read(package, name):
    return b"".join(package.chunks(name))


def canonical(value):
    """JSON as the chain hashes it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def manifest_faults(package, wanted):
    """Whether the manifest is the one that was sealed."""
    found, _size = digest(package.chunks(MANIFEST))
    said = read(package, SEAL).decode("ascii", "replace").split()
    if said != [found, MANIFEST]:
        yield MANIFEST, "its hash is not the one in " + SEAL
    if wanted and found != wanted.lower():
        yield MANIFEST, "it is not the manifest the office issued"


def member_faults(package, manifest):
    """Whether every file is there, as it was, and nothing else."""
    listed = {one["path"]: one for one in manifest["files"]}
    there = package.names() - {MANIFEST, SEAL}
    for name in sorted(there - listed.keys()):
        yield name, "it is not listed in the manifest"
    for name, one in sorted(listed.items()):
        if name not in there:
            yield name, "it is missing"
            continue
        try:
            same = digest(package.chunks(name)) == (one["sha256"], one["size"])
        except zipfile.BadZipFile:
            same = False
        if not same:
            yield name, "it was changed"


def piece_faults(package, piece):
    """Whether a piece is the one its catalogue names, and a chain of events holds."""
    if piece["kind"] == "chain":
        yield from chain_faults(package, piece)
    elif piece["sha256"]:
        hashes = [digest(package.chunks(name))[0] for name in piece["files"]]
        if piece["sha256"] not in hashes:
            yield piece["files"][0], "it is not the file its catalogue names"


def chain_faults(package, piece):
    """Whether each event follows the one before, its hash is that of its content, and anchors agree."""
    name = piece["files"][0]
    told = json.loads(read(package, name).decode("utf-8"))
    previous, hashes = GENESIS, {}
    for number, event in enumerate(told["events"], 1):
        content = {key: value for key, value in event.items() if key not in ("previous", "hash")}
        said = hashlib.sha256((previous + "\n" + canonical(content)).encode("utf-8")).hexdigest()
        if event["seq"] != number or event["previous"] != previous or event["hash"] != said:
            yield name, f"event {number} does not hold"
            return
        previous = hashes[number] = event["hash"]
    if previous != piece["sha256"]:
        yield name, "it does not end where its catalogue says"
    for anchor in told["anchors"]:
        if hashes.get(anchor["seq"]) != anchor["hash"]:
            yield name, f"event {anchor['seq']} differs from what was anchored"


def faults(package, wanted=""):
    """Everything that does not hold: (file, what is wrong)."""
    try:
        yield from manifest_faults(package, wanted)
        manifest = json.loads(read(package, MANIFEST).decode("utf-8"))
        found = list(member_faults(package, manifest))
        yield from found
        broken = {name for name, _what in found}
        for volume in manifest["volumes"]:
            for piece in volume["catalogue"]:
                if not broken & set(piece["files"]):
                    yield from piece_faults(package, piece)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        yield MANIFEST, f"it cannot be read: {error}"


def main(arguments):
    wanted = ""
    if "--manifest" in arguments:
        place = arguments.index("--manifest")
        wanted, arguments = arguments[place + 1], arguments[:place] + arguments[place + 2 :]
    where = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        found = list(faults(Folder(where) if where.is_dir() else Zip(where), wanted))
    except (OSError, zipfile.BadZipFile) as error:
        found = [(where.name, f"it cannot be read: {error}")]
    for name, what in found:
        sys.stdout.write(f"NOT OK  {name}: {what}\n")
    sys.stdout.write("NOT OK  不完好\n" if found else "OK  完好\n")
    return 1 if found else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
