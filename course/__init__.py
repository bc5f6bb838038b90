"""What students read and import: the lessons, and one module a topic."""
