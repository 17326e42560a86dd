"""Milestones before officials: the list of what is due, the site check by two, the ruling of a third."""
