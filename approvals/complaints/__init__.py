"""Complaints and review requests: made by the applicant, handled by somebody who has not acted in the case."""
