"""Helping people to apply: rosters of village clerks and schools, the counter, invitations."""
