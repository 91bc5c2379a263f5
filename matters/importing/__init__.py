"""Matters and invoices as kinds of lists that the import of clients reads (clients/importing/kinds.py)."""
