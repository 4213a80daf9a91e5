"""What templates may say in one word."""
