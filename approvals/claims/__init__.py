"""What applicants and officials see of a periodic benefit: its periods, what came of each, and what is open."""
