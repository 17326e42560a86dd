"""The worker's part of a forgotten password: what the request must not take longer for."""

from django.utils import timezone
from django_tasks import task

from project.sign_in import resetting


@task()
def send_password_code(pk: int) -> bool:
    """Send what was asked for, if there is anywhere to send to."""
    return resetting.send(pk, timezone.now())
