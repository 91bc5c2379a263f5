"""The addresses of clients: who may call them."""

RULES = []
