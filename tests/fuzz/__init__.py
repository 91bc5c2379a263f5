"""Uploads that nobody would make by accident: sound files, spoilt by seeded chance, through the whole wizard."""
