"""What must hold after any history whatever."""
