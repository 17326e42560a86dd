"""Seals at the desk: what waits for a seal by hand, filing scans of it, the register of use 用印登记."""
