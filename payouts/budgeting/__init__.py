"""Who asks for money and who brings it: requests, their review, and what is reported of the envelopes."""
