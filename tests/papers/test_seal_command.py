"""Registering seals at the machine: a PKCS#12 file signs, a wrong one is refused, a seal withdrawn is on record."""

import pytest
from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from django.core.management import CommandError, call_command

from audit.models import Event
from papers.models import Seal
from papers.seals import demo, signing
from papers.seals.providers import provider_of
from tests.papers import sealing


@pytest.fixture
def key(settings, tmp_path):
    """A PKCS#12 file, as an authority gives it out."""
    own, issuer = [
        x509.load_der_x509_certificate(der)
        for *_head, der in pem.unarmor(sealing.certificate().encode(), multiple=True)
    ]
    bundle = pkcs12.serialize_key_and_certificates(
        b"seal", demo.made().seal_key, own, [issuer], BestAvailableEncryption(b"secret")
    )
    (tmp_path / "hrss.p12").write_bytes(bundle)
    settings.SEAL_KEYS, settings.SEAL_PASSPHRASE = tmp_path, "secret"
    return "hrss.p12"


def added(office, *arguments):
    call_command("seal", *arguments, office=str(office.pk), name=sealing.NAME, by="root")
    return Seal.objects.get()


def test_a_key_file_becomes_a_seal_that_signs(office, key, monkeypatch):
    seal = added(office, "--key", key)
    monkeypatch.setattr(signing, "sign", lambda pdf, signer, said: signer.subject_name.encode())

    assert (seal.kind, seal.provider, str(seal.valid_from), str(seal.valid_to)) == (
        "e_seal",
        "local",
        "2026-01-01",
        "2029-12-31",
    )
    assert sealing.NAME in provider_of(seal).sign(b"", seal, None).decode()
    assert Event.objects.get(action="seal.added").actor == "root"


def test_a_wrong_passphrase_is_refused(office, key, settings):
    settings.SEAL_PASSPHRASE = "wrong"
    with pytest.raises(CommandError, match="SEAL_PASSPHRASE"):
        added(office, "--key", key)

    assert not Seal.objects.exists()


def test_a_seal_by_hand_has_no_certificate(office):
    seal = added(office, "--wet")

    assert (seal.kind, seal.certificate, seal.valid_to) == ("wet", "", None)
    assert provider_of(seal).sign(b"%PDF", seal, None) == b"%PDF"


def test_a_seal_is_withdrawn_once(office):
    seal = added(office, "--wet")
    call_command("seal", withdraw=seal.pk, by="root")

    assert Seal.objects.get().withdrawn_by == "root"
    with pytest.raises(CommandError, match="no seal"):
        call_command("seal", withdraw=seal.pk, by="root")


@pytest.mark.parametrize(
    "given,said",
    [
        ({"wet": True, "name": "x", "by": "root", "office": "不存在"}, "no such office"),
        ({"wet": True, "by": "root"}, "--name"),
        ({"wet": True, "name": "x"}, "--by"),
    ],
)
def test_what_is_missing_is_said(office, given, said):
    with pytest.raises(CommandError, match=said):
        call_command("seal", **{"office": str(office.pk)} | given)


def test_seals_are_listed(office, run_command):
    added(office, "--wet")

    assert sealing.NAME in run_command("seal")
