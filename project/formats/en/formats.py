"""Days in words, as they are read aloud: 23 November 2026. Django's Chinese way (2026年11月23日) is ours already."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
