"""Who acts for an organisation: letters of authority, the office's word on them, and handing its cases on."""
