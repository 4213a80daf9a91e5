"""What is kept: Django apps, each named by the word it keeps."""
