"""seal: register and withdraw the seals of offices."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from audit import chain
from papers.models import Seal
from papers.seals import local, register
from papers.seals.faults import SealKeyMissing
from people.models import Office


class Command(BaseCommand):
    """For the administrator of the site: keys of seals lie on the machine, and so does the right to register them."""

    help = "Register an electronic seal (--key), a seal used by hand (--wet), or withdraw one (--withdraw)."

    def add_arguments(self, parser: CommandParser) -> None:
        """What is to be done; without any, the seals are listed."""
        parser.add_argument("--office", help="number or name of the office")
        parser.add_argument("--name", help="how the register calls the seal")
        parser.add_argument("--key", help="PKCS#12 file in SEAL_KEYS, opened with SEAL_PASSPHRASE")
        parser.add_argument("--wet", action="store_true", help="a seal of rubber and ink")
        parser.add_argument("--withdraw", type=int, metavar="SEAL", help="the number of a seal, as it is listed")
        parser.add_argument("--by", default="", help="who orders it, for the register")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say why not."""
        if options["withdraw"] is not None:
            self._withdraw(options["withdraw"], _by(options))
        elif options["key"] or options["wet"]:
            self._add(options, _by(options))
        else:
            self._list()

    @transaction.atomic
    def _add(self, options: dict[str, Any], by: str) -> None:
        office, at = _office(options["office"]), timezone.now()
        if not options["name"]:
            raise CommandError("--name is missing: how the register calls the seal")
        if options["wet"]:
            seal = register.add_wet(office, options["name"], timezone.localdate(at), by, at)
        else:
            source = (Seal.Provider.LOCAL, _certificates(options["key"]), options["key"])
            seal = register.add_electronic(office, options["name"], source, by, at)
        self._record(seal, "seal.added", by)

    @transaction.atomic
    def _withdraw(self, pk: int, by: str) -> None:
        seal = Seal.objects.filter(pk=pk, withdrawn_at__isnull=True).first()
        if seal is None:
            raise CommandError(f"there is no seal {pk} in use")
        register.withdraw(seal, by, timezone.now())
        self._record(seal, "seal.withdrawn", by)

    def _record(self, seal: Seal, action: str, by: str) -> None:
        data = {"seal": seal.pk, "kind": seal.kind, "serial": seal.serial}
        chain.append(f"papers:{seal.office_id}", action, actor=by, at=timezone.now(), data=data)
        self.stdout.write(f"{action}: {seal.pk} {seal.name}")

    def _list(self) -> None:
        for seal in Seal.objects.select_related("office"):
            state = "withdrawn" if seal.withdrawn_at else f"{seal.valid_from} – {seal.valid_to or ''}"
            self.stdout.write(f"{seal.pk}\t{seal.kind}\t{seal.office.name}\t{seal.name}\t{seal.serial}\t{state}")


def _by(options: dict[str, Any]) -> str:
    if not options["by"]:
        raise CommandError("--by is missing: who orders it")
    return options["by"]


def _office(text: str | None) -> Office:
    number = int(text) if text and text.isdecimal() else 0
    found = Office.objects.filter(pk=number).first() or Office.objects.filter(name=text).first()
    if found is None:
        raise CommandError(f"no such office: {text}")
    return found


def _certificates(name: str) -> str:
    try:
        return local.opened(name)[1]
    except SealKeyMissing as error:
        raise CommandError(
            f"{name} cannot be opened: is it in SEAL_KEYS, is SEAL_PASSPHRASE its passphrase?"
        ) from error
