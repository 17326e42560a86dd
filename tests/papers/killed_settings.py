"""The site as it is run, with its files where a test looks for them."""

import os

from project.settings import *  # noqa: F403

MEDIA_ROOT = os.environ["MEDIA"]
