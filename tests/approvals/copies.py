"""One prepared case copied many times: fifty cases at the same place of the route in the time of a few."""

from copy import copy
from uuid import uuid4

from django.db.models import QuerySet
from viewflow.workflow.models import Process

from applications import answers as answers_of
from applications.models import Application, CaseActor
from applications.models.application import new_public_id
from people import vault
from people.models import DataKey, Person
from project.demo.clerks import Case
from workflows.models import WorkItem


def copies(case: Case, count: int) -> list[Application]:
    """As many more cases, each of a person of its own, before the same official; what was said so far is not copied."""
    original, item = case.application, case.item()
    answers, assessment = answers_of.read(original), answers_of.read_assessment(original)
    return [_copy(original, item, answers, assessment) for _number in range(count)]


def _copy(original: Application, item: WorkItem, answers: dict, assessment: dict | None) -> Application:
    person, key = _person(original.subject), _key()
    row = copy(original)
    row.pk, row.public_id, row.number = None, new_public_id(), f"{original.number[:20]}-{uuid4().hex[:8]}"
    row.subject = row.payee = person
    row.data_key, row.process_ref = key, None
    answers_of.write(row, answers)
    row.assessment = vault.encrypt_json(key, assessment, answers_of.ASSESSMENT)
    QuerySet(Application).bulk_create([row])  # past the manager, which lets cases begin as drafts only
    _route(row, item)
    old, new = f"person:{original.subject_id}", f"person:{person.pk}"
    actors = list(CaseActor.objects.filter(application=original))
    for actor in actors:
        actor.pk, actor.application, actor.who = None, row, new if actor.who == old else actor.who
    CaseActor.objects.bulk_create(actors)
    return row


def _route(row: Application, item: WorkItem) -> None:
    """A process at the same stage, with the items so far, each on a task of its own."""
    process = Process.objects.get(pk=item.process_id)
    passed = list(process.items.select_related("task").order_by("pk"))
    process.pk, process.data = None, {**process.data, "case": row.pk}
    process.save(force_insert=True)
    for again in passed:
        task = again.task
        task.pk, task.process = None, process
        task.save(force_insert=True)
        again.pk, again.process, again.task, again.case_id = None, process, task, row.pk
        again.save(force_insert=True)
    QuerySet(Application).filter(pk=row.pk).update(process_ref=process.pk)
    row.process_ref = process.pk


def _person(original: Person) -> Person:
    key, person = _key(), copy(original)
    person.pk, person.public_id, person.data_key = None, uuid4(), key
    person.id_index, person.certificate_index = uuid4().hex, ""
    person.id_number = vault.encrypt(key, "0", f"person:{person.public_id}:id_number")
    person.save(force_insert=True)
    return person


def _key() -> DataKey:
    key = vault.new_data_key()
    key.save()
    return key
