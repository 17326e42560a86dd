"""好差评: applicants rate how their case was handled; bad ratings are answered, and counted where no one is told of."""
