"""A file behind a password on its way to the bank: a ZIP with AES-256, which the common packers open."""

import io

import pyzipper


def locked(name: str, content: bytes, password: str) -> bytes:
    """A package that holds the one file and opens with the password only. Made anew each time: its salt is random."""
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED) as package:
        package.setpassword(password.encode())
        package.setencryption(pyzipper.WZ_AES, nbits=256)
        package.writestr(name, content)
    return out.getvalue()
