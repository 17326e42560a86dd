"""等待名单 as officials use it: putting a case on it, and seeing who comes first."""
