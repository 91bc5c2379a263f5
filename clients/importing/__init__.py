"""From a spreadsheet to clients: columns and their conversions, staging, verdicts. Writing is actions/importing/."""
