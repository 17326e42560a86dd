"""Background jobs in tests: run where they are enqueued, and a job that fails fails the test."""

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend


class JobFailed(Exception):
    """A job raised; the message is its traceback."""


class InlineBackend(ImmediateBackend):
    """Runs a job at once. One that is to run later is kept in `later` and not run."""

    supports_defer = True

    def __init__(self, alias, params):
        super().__init__(alias, params)
        self.later = []

    def _execute_task(self, task_result):
        run_after = task_result.task.run_after
        if run_after is not None and run_after > timezone.now():
            self.later.append(task_result)
            return
        super()._execute_task(task_result)
        if task_result.status == TaskResultStatus.FAILED:
            raise JobFailed(task_result.errors[-1].traceback)
