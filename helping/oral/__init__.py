"""Oral applications 口头申请: a clerk writes, reads back before a witness, and the case says so."""
