"""How `show` and `plots` draw: one style, bars, periods of time, marked-up text, cells in words."""
