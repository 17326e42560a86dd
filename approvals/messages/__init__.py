"""The officials' side of the messages 留言 with an applicant."""
