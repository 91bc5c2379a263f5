"""The addresses of interactions: who may call them."""

RULES = []
