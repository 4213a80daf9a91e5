"""Values that everyone shares: ids, money, parties, events, the calendar, a clear no."""
