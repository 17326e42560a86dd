"""Pages of the policy: open to everybody, because policy is open government."""
