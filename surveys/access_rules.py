"""The addresses of surveys: who may call them."""

RULES = []
