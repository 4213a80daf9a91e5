"""What is kept, tested on a real PostgreSQL as the role of the application."""
