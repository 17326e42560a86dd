"""What is exported loads again as it was."""

import pytest

from audit.models import Event
from people.models import Division
from schemes.files.catalogue_files import CatalogueError, read_policies, read_schemes
from schemes.files.exporting import division_toml, scheme_toml
from schemes.files.importing import content_of_file
from schemes.files.loading import Loader
from schemes.models import PolicyDocument, PolicyValue, Proposal, current_version
from schemes.publication import policy_desk
from schemes.publication.drafting import Draft
from tests.schemes.conftest import AT
from tests.schemes.desk import GRANT, HONGHE, MENGZI, NATION, document_draft, editor, published, publisher, value_draft

pytestmark = pytest.mark.usefixtures("founded")


def exported(directory, run_command):
    """Everything in files, read again as the catalogue reads its own."""
    room = directory / "room"
    run_command("export_catalogue", str(room))
    (room / "archetypes").mkdir()
    (room / "archetypes" / "common.toml").write_text("")
    return Loader(AT, write=False).load(read_schemes(room), read_policies(room))


def test_what_was_loaded_is_exported_and_nothing_is_added_or_changed(tmp_path, run_command):
    report = exported(tmp_path, run_command)
    assert (report.added, report.changed, report.conflicts) == ([], [], [])
    assert report.unchanged > PolicyValue.objects.count()


def test_what_people_published_goes_round_as_well(tmp_path, run_command):
    published(document_draft())
    published(value_draft(MENGZI), HONGHE)  # the county goes by a clause of its prefecture
    version = Draft(Proposal.Kind.VERSION, current_version(GRANT).content | {"case_number_prefix": "QX"}, GRANT)
    published(version, NATION)
    report = exported(tmp_path, run_command)
    assert (report.added, report.changed, report.conflicts) == ([], [], [])


def test_a_value_cut_short_is_exported_as_it_holds_now(tmp_path, run_command):
    published(value_draft())
    rows = PolicyValue.objects.filter(scheme=GRANT, division=HONGHE, name="amount", successor__isnull=True)
    assert rows.count() == 2
    report = exported(tmp_path, run_command)
    assert (report.added, report.changed, report.conflicts) == ([], [], [])


def test_a_changed_export_is_noticed(tmp_path, run_command):
    room = tmp_path / "room"
    run_command("export_catalogue", str(room))
    path = room / "policies" / f"{HONGHE}.toml"
    path.write_text(path.read_text().replace('"1000.00"', '"1300.00"'))
    report = Loader(AT, write=False).load([], read_policies(room))
    assert any(f"value {GRANT} {HONGHE} amount" in what for what in report.changed)


def test_a_document_that_people_changed_is_left_as_they_left_it():
    published(document_draft())
    document = PolicyDocument.objects.get(code=f"{HONGHE}-2026-11-20-1")
    files = [policy for policy in read_policies() if policy.division == HONGHE]
    known = files[0].documents[0].model_copy(update={"code": document.code, "title": "别的标题"})
    report = Loader(AT, write=True).load([], [files[0].model_copy(update={"documents": (known,), "schemes": ()})])
    assert report.conflicts == [f"document {document.code}: the file differs from what people published"]
    document.refresh_from_db()
    assert document.title == "关于提高求职补贴标准的通知"


def test_an_export_is_not_written_over_anything(tmp_path, run_command):
    (tmp_path / "precious").write_text("x")
    with pytest.raises(Exception, match="not empty"):
        run_command("export_catalogue", str(tmp_path))


# ------------------------------------------------------------------ pages


@pytest.mark.parametrize("address", [f"/policy/{GRANT}/export.toml", f"/policy/division/{HONGHE}/export.toml"])
def test_everybody_may_export_and_leaves_no_trace(client, address):
    before = Event.objects.count()
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert Event.objects.count() == before


@pytest.mark.parametrize("address", ["/policy/no-such/export.toml", f"/policy/division/{MENGZI}/export.toml"])
def test_what_is_not_there_is_not_exported(client, address):
    assert client.get(address).status_code == 404


def test_the_page_exports_what_the_command_exports(client):
    assert client.get(f"/policy/{GRANT}/export.toml").content.decode() == scheme_toml(current_version(GRANT))
    place = Division.objects.get(pk=HONGHE)
    assert client.get(f"/policy/division/{HONGHE}/export.toml").content.decode() == division_toml(place)


# ------------------------------------------------------------------ import


def test_an_exported_scheme_is_imported_as_it_is():
    version = current_version(GRANT)
    assert content_of_file("grant.toml", scheme_toml(version)) == version.content


@pytest.mark.parametrize(
    "before,after,line_says",
    [
        ('code = "grad-jobseeking"', 'code = "grad-jobseeking', "grant.toml"),
        ('archetype = "school_batch"', 'archetype = "school"', "grant.toml:"),
        ('case_division = "', 'case_division = "moon-', "case_division"),
    ],
)
def test_a_wrong_file_is_refused_with_file_line_and_what_to_do(before, after, line_says):
    text = scheme_toml(current_version(GRANT))
    assert before in text
    with pytest.raises(CatalogueError) as refused:
        content_of_file("grant.toml", text.replace(before, after, 1))
    assert line_says in str(refused.value)


def test_an_imported_file_becomes_a_draft_and_changes_nothing_until_two_have_published_it():
    content = content_of_file("grant.toml", scheme_toml(current_version(GRANT)).replace('"QZ"', '"QX"'))
    user = editor(NATION)
    proposal = policy_desk.begin(user, Draft(Proposal.Kind.VERSION, content, GRANT), AT)
    policy_desk.submit(user, proposal.pk, "改字头", AT)
    assert current_version(GRANT).number == 1
    policy_desk.publish(publisher(NATION), proposal.pk, AT)
    assert current_version(GRANT).definition.case_number_prefix == content["case_number_prefix"]
