"""The key of the blind indexes is changed: everything that can be computed anew is found again."""

import base64

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from approvals import notices
from approvals.models import PublicNotice
from audit import triggers
from payouts.models import Hold, Roster
from people import indexing, sealed_files, vault
from people.models import DataKey, Person
from tests import institution, world
from tests.payouts import held

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NEW = base64.b64encode(b"\x07" * 32).decode()
CODE = "ABCD-EFGH-JKLM"


def held_case():
    """Somebody on a roster whose money waits."""
    return held.held()[1]


def answer(case, field):
    return world.answers_of(case)[field]


def changed(settings):
    settings.VAULT_OLD_INDEX_KEYS = [settings.VAULT_INDEX_KEY]
    settings.VAULT_INDEX_KEY = NEW


def test_numbers_accounts_and_rosters_are_found_again_under_the_new_key(settings, capsys):
    case = held_case()
    changed(settings)
    with pytest.raises(SystemExit):
        call_command("reindex_blind", check=True)
    call_command("reindex_blind")
    call_command("reindex_blind", check=True)
    person = case.application.subject
    known = Person.objects.get(id_index=vault.blind_index("id", answer(case, "id_number")))
    assert known == person
    assert known.phone_index == vault.blind_index("phone", answer(case, "phone"))
    assert Hold.objects.get().entry.id_index == known.id_index
    assert triggers.missing() == []


def test_the_account_of_an_organisation_too(settings):
    institution.publish()
    case = institution.case().submit()
    changed(settings)
    call_command("reindex_blind")
    organisation = case.application.organisation
    organisation.refresh_from_db()
    assert organisation.account_index == vault.blind_index("account", answer(case, "account"))


@pytest.mark.parametrize("damage", ["text", "file", "gone"])
def test_what_is_damaged_is_named_by_its_row_and_the_others_go_on(settings, capsys, damage):
    """A citizen ID that does not open, a roster that is no table any more, a roster whose file is lost."""
    case, other = held_case(), world.grant(4).submit()
    person, roster = case.application.subject, Roster.objects.get()
    if damage == "text":
        Person.objects.filter(pk=person.pk).update(id_number=b"\x01" + bytes(40))
    elif damage == "gone":
        sealed_files.remove(roster.stored)
    else:
        sealed_files.remove(roster.stored)
        key, name = DataKey.objects.get(pk=roster.data_key_id), roster.stored
        default_storage.save(name, ContentFile(vault.encrypt_bytes(key, b"\x00\xff", "roster")))
    changed(settings)
    call_command("reindex_blind")
    named = f"people_person.id_index, row {person.pk}" if damage == "text" else f"row {roster.pk}: it cannot be read"
    told = capsys.readouterr().err
    assert named in told
    assert answer(case, "id_number") not in told
    other.application.subject.refresh_from_db()
    assert other.application.subject.id_index == vault.blind_index("id", answer(other, "id_number"))


def test_run_again_it_changes_nothing(settings):
    held_case()
    changed(settings)
    call_command("reindex_blind")
    assert [indexing.reindex(column) for column in indexing.columns()] == [0] * len(indexing.columns())


def test_a_code_handed_out_before_is_still_found(settings):
    case = world.grant(2).submit().say("accept").say("agree")
    notices.object_to(PublicNotice.objects.get(), "不符合条件", "", case.later(1), code=CODE)
    changed(settings)
    assert notices.objection_of(CODE) is not None
    settings.VAULT_OLD_INDEX_KEYS = []
    assert notices.objection_of(CODE) is None


def test_every_column_of_hashes_is_known():
    """A new `…_index` column that nobody named here could not be found again under a new key."""
    from django.apps import apps

    named = {str(column) for column in indexing.columns()}
    there = {
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if field.name.endswith("_index")
    }
    assert there - named == set()


def test_the_audit_record_is_never_rewritten():
    with pytest.raises(ValueError, match="never rewritten"), triggers.rewriting("audit_event"):
        pass
