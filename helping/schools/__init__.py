"""School batches 学校批量申报: a file of graduates, a draft each, filed with each one's consent."""
