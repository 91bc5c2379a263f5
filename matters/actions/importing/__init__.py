"""Matters and invoices written as the rows of a list say, and taken back."""
