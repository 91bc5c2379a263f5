"""How dates and times read in each language, where Django's own formats are not a law firm's (FORMAT_MODULE_PATH)."""
