"""For which places what is sealed was sealed."""

RECIPIENT, TEXT, ADDRESS = "notice_recipient", "notice_text", "address"
