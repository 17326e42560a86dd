"""Officials at work on waivers that live on: who may do what, what is shown, and the lists."""
