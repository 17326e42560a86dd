"""Counter service 窗口代办: a clerk fills in what an applicant says who is there, reads it back and files it."""
