"""Papers after they were issued: service 送达, slips corrected, numbers declared void, the register of numbers."""
