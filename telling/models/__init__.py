"""What people were told, and how they want to be told."""

from telling.models.notices import Notice
from telling.models.wishes import Address, Wish

__all__ = ["Address", "Notice", "Wish"]
