"""What people read: sentences, money, time."""
