"""What happened to a case, as one story: each module tells one kind of event, `story` puts them together."""
