"""What operators must know is kept, and told."""
