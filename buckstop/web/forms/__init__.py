"""What people type, checked and made ready to be asked of a case."""
