"""The addresses of matters: who may call them."""

RULES = []
