"""The buck-passing index, from our log or anyone's export."""
