"""Numbers that stand in a law: value by date, source, confidence."""
