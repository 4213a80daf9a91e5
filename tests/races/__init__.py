"""What must hold when many are at a case at once, and when any of them dies."""
