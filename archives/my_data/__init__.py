"""What an account may know, take along, have corrected and have erased of what is kept about it."""
