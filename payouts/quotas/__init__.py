"""名额分配: places of a year given to counties; a line office or finance asks, a checker of finance reviews."""
