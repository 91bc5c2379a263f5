"""LawCRM: wiring only."""
