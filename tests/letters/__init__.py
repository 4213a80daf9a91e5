"""What Buckstop writes."""
