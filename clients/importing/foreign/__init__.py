"""Files that other programs write: address cards, address books, exports of other CRMs.

`layouts` knows their headings, `cards` turns a row of theirs into a Card, `rows` turns cards into rows of ours; from
there on they are an import like any other. Nothing here reads a file or the database.
"""
