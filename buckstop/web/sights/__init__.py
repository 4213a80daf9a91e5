"""What pages show, in the reader's words: one module for each part of a page."""
