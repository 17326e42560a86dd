"""Two questions a supervisor asks: does the process live, and may it be sent visitors."""

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches neither database nor disk."""
    return HttpResponse("ok\n", content_type="text/plain")


def _database_state() -> str:
    """``ok`` when the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _migration_state() -> str:
    """``ok`` when nothing waits to be migrated."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "pending" if waiting else "ok"


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated, else 503; the body names each part's state."""
    database = _database_state()
    parts = {"database": database, "migrations": _migration_state() if database == "ok" else "unknown"}
    return JsonResponse(parts, status=200 if set(parts.values()) == {"ok"} else 503)
