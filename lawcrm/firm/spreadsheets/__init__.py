"""Spreadsheets in and out: what may come in, how it is read without harm, and how it goes out inert.

`reader.open_sheet` reads XLSX, CSV and TSV through a memory-capped child process; `headings.find_headings` finds
the heading row; `writer` makes files that no program will execute. Nothing here knows what a client is.
"""
