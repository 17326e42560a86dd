"""What happens to posts by the clock."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from people import grants
from people.models import Post


def end_posts(at: datetime) -> int:
    """Withdraw the permissions of posts that ended; the number of posts looked at.

    The door also asks for a post in force, so a late run opens nothing.
    """
    ended = Post.objects.filter(ends__lt=timezone.localdate(at), withdrawn=False).select_related("user", "office")
    posts = list(ended)
    with transaction.atomic():
        # Marked first: of two posts that end together neither keeps what the other carried.
        Post.objects.filter(pk__in=[post.pk for post in posts]).update(withdrawn=True, side=None)
        for post in posts:
            grants.withdraw(post)
    return len(posts)
