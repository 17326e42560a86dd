"""gunicorn behind a proxy: `gunicorn -c deploy/gunicorn.conf.py project.wsgi`. The environment changes the numbers."""

import multiprocessing
import os

from prometheus_client import multiprocess

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_PROCESSES", str(min(2 * multiprocessing.cpu_count() + 1, 9))))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 30
# A process is replaced after so many requests, not all at once: memory that a library holds on to is given back.
max_requests, max_requests_jitter = 5000, 500
# Heartbeats in memory: on a busy disk a living process would look dead.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - a folder of the system, not a file of ours
control_socket_disable = True
accesslog = None  # the site writes its own line a request, without addresses
loglevel = "warning"


def child_exit(server, worker):
    """Numbers of a process that is gone are counted, its gauges are not (PROMETHEUS_MULTIPROC_DIR)."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)
