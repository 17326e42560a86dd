"""Loading the catalogue: idempotent, careful with what people published, audited."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from audit.models import Event
from schemes.files import catalogue_files
from schemes.files.catalogue_files import CatalogueError, read_policies, shared_parts
from schemes.files.loading import Loader
from schemes.models import PolicyDocument, PolicyValue, SchemeVersion, current_version
from schemes.models.versions import Origin
from schemes.publication.publishing import DraftValue, propose_value, propose_version, publish
from tests.schemes.conftest import AT, files, load

EDITOR, PUBLISHER = {"by": "policy-editor", "at": AT}, {"by": "policy-publisher", "at": AT}


def altered_scheme(code="grad-jobseeking", **changes):
    """The definitions of the files, one of them changed."""
    return [scheme.model_copy(update=changes) if scheme.code == code else scheme for scheme in files()[0]]


def altered_amount(value):
    """The policy files, with another amount for Honghe."""
    policies = {policy.division: policy for policy in files()[1]}
    honghe = policies["532500"]
    offer = honghe.schemes[0]
    values = [item.model_copy(update={"value": value}) if item.name == "amount" else item for item in offer.values]
    offers = (offer.model_copy(update={"values": tuple(values)}), *honghe.schemes[1:])
    return list((policies | {"532500": honghe.model_copy(update={"schemes": offers})}).values())


def honghe_amount():
    return PolicyValue.objects.get(name="amount", division_id="532500", successor__isnull=True)


def confirm(value="1200.00", **changes):
    """Two people publish another amount for Honghe."""
    row = honghe_amount()
    fields = {"valid_from": row.valid_from, "valid_to": row.valid_to, "basis": "stated"} | changes
    draft = DraftValue("grad-jobseeking", "532500", "amount", value, row.clause, **fields)
    return publish(propose_value(draft, "省厅通知", **EDITOR, backdated_because="按通知").pk, **PUBLISHER)


def test_the_first_load_publishes_everything_as_founding_import(published):
    assert not published.conflicts
    assert {version.origin for version in SchemeVersion.objects.all()} == {Origin.CATALOGUE}
    assert SchemeVersion.objects.count() == len(files()[0])


def test_every_row_of_the_first_load_is_audited(published):
    assert Event.objects.filter(stream="policy", action="catalogue.added").count() == len(published.added)


def test_loading_again_changes_nothing(published):
    again = load()
    assert (again.added, again.changed, again.conflicts) == ([], [], [])
    assert again.unchanged == len(published.added)


def test_a_changed_file_adds_a_version(published):
    Loader(AT, write=True).load(altered_scheme(case_number_prefix="QX"), [])
    assert [version.number for version in SchemeVersion.objects.filter(scheme="grad-jobseeking")] == [1, 2]
    assert current_version("grad-jobseeking").definition.case_number_prefix == "QX"


def test_a_changed_value_follows_the_old_one(published):
    report = Loader(AT, write=True).load([], altered_amount("1100.00"))
    assert len(report.changed) == 1
    assert honghe_amount().value == "1100.00"
    assert honghe_amount().supersedes.value == "1000.00"


def test_a_value_people_published_is_left_alone(published):
    confirm()
    report = load()
    assert (report.added, report.changed, report.conflicts) == ([], [], [])
    assert honghe_amount().value == "1200.00"


def test_a_file_that_changed_after_people_published_is_a_conflict(published):
    confirm()
    report = Loader(AT, write=True).load([], altered_amount("1100.00"))
    assert len(report.conflicts) == 1
    assert honghe_amount().value == "1200.00"


def test_a_value_cut_short_by_people_is_left_alone(published):
    confirm(valid_from=date(2027, 1, 1))
    report = load()
    assert (report.added, report.changed, report.conflicts) == ([], [], [])


def test_a_version_people_published_is_left_alone(published):
    content = current_version("grad-jobseeking").content | {"case_number_prefix": "QX"}
    publish(propose_version(content, "改字头", **EDITOR).pk, **PUBLISHER)
    assert load().conflicts == []
    report = Loader(AT, write=True).load(altered_scheme(case_number_prefix="QY"), [])
    assert len(report.conflicts) == 1
    assert current_version("grad-jobseeking").definition.case_number_prefix == "QX"


def test_a_corrected_document_is_updated_with_both_texts_on_record(published):
    PolicyDocument.objects.filter(code="honghe-2025-47").update(issuer="另一机关")
    report = load()
    assert report.changed == ["document honghe-2025-47"]
    event = Event.objects.get(stream="policy", action="catalogue.changed")
    assert event.data["before"]["issuer"] == "另一机关"


def test_a_check_writes_nothing(divisions):
    report = Loader(AT, write=False).load(*files())
    assert len(report.added) > 30
    assert not SchemeVersion.objects.exists()
    assert not Event.objects.exists()


def test_a_division_that_is_not_on_record_is_a_conflict(db):
    report = Loader(AT, write=True).load(*files())
    assert [line.split(" is ")[0] for line in report.conflicts] == [
        f"division {policy.division}" for policy in files()[1]
    ]


def test_the_chain_of_the_policy_verifies(published, run_command):
    assert "ok" in run_command("verify_audit")


@pytest.mark.parametrize("model", [SchemeVersion, PolicyValue])
def test_published_rows_cannot_be_changed_or_deleted(published, model):
    row = model.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(published_by="somebody")
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).delete()


def test_the_command_loads_divisions_and_catalogue(db, run_command):
    assert "0 conflicts" in run_command("load_catalogue")
    assert "0 added, 0 changed" in run_command("load_catalogue")
    assert "0 added, 0 changed" in run_command("load_catalogue", "--check")


def test_a_faulty_file_stops_the_load(db, monkeypatch, tmp_path):
    (tmp_path / "archetypes").mkdir()
    for shared in ("common.toml", "parts.toml"):
        (tmp_path / "archetypes" / shared).write_text("")
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "moon.toml").write_text('code = "moon"\n')
    monkeypatch.setattr(catalogue_files.read_schemes, "__defaults__", (tmp_path,))
    with pytest.raises(CommandError, match=r"moon\.toml"):
        call_command("load_catalogue")
    assert not SchemeVersion.objects.exists()


def test_shared_parts_may_stand_in_several_files(tmp_path):
    (tmp_path / "archetypes").mkdir()
    (tmp_path / "archetypes" / "parts.toml").write_text('[pages.name]\nhint = "one"\n')
    (tmp_path / "archetypes" / "parts_posts.toml").write_text('[pages.post]\nhint = "two"\n')
    assert shared_parts(tmp_path) == {"pages": {"name": {"hint": "one"}, "post": {"hint": "two"}}}


def test_a_file_that_is_no_toml_is_named(tmp_path):
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "1.toml").write_text("division = ")
    with pytest.raises(CatalogueError, match=r"1\.toml"):
        read_policies(tmp_path)
