"""The addresses of the desk: who may call them."""

RULES = []
