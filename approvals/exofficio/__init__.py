"""Ex officio cases 依职权: opened by the office, told in advance, answered, weighed and decided by two officials."""
