"""Files of rows whose columns are the questions of a scheme: their templates, and their cells read strictly."""
