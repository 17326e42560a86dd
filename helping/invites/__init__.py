"""免申即享: who on a roster qualifies and never applied is invited. Nothing is granted without their own word."""
