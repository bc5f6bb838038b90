"""Seeded worlds to check answers against, one module a kind. They hold cases, and no answers."""
