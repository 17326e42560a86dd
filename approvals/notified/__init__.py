"""通知 as officials see them: what the applicant was told of a case, and what did not arrive."""
