"""Seals 印章: signing papers, the register of seals, scans of sealed paper, and telling a genuine file from another."""
