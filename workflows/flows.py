"""The one flow: a loop over the frozen stages of a scheme version.

Nodes never write the state of an application. A new topology is a new class, never a subclass.
"""

from typing import Any

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.flow.views import UpdateProcessView


def has_stage(activation: Any) -> bool:
    """Whether the process stands at a stage (None: the route has ended)."""
    return activation.process.data["stage"] is not None


class CaseFlow(flow.Flow):
    """start → route → stage → route → … → end; the stage is named in `process.data["stage"]`."""

    process_title = "申请办理"
    lock_impl = lock.SelectForUpdateLock(nowait=False, attempts=1)

    start = flow.StartHandle(this.begin).Next(this.route)
    route = flow.Switch().Case(this.stage, cond=has_stage).Default(this.end)
    stage = flow.View(UpdateProcessView.as_view(fields=[])).Next(this.route)
    end = flow.End()

    def begin(self, activation: Any, data: dict[str, Any]) -> Any:
        """Remember the route's data: codes and ids only, never personal data."""
        activation.process.data = data
        return activation.process
