"""What happens by itself: lapses, and the notices before and after them."""
