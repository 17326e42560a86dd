"""年度报告: what one office did in one year, counted in the database and issued as a paper."""
