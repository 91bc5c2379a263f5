"""Files of vCards, written a piece at a time like spreadsheets (lawcrm.firm.spreadsheets.pieces)."""

from collections.abc import Iterable


class CardPieces:
    """Cards one after the other. A row is a card that is written already."""

    suffix, media_type, most_rows = "vcf", "text/vcard; charset=utf-8", None

    def __init__(self, headings=(), *, title: str = "", widths=(), state: dict | None = None):
        self.state = state if state is not None else {}

    def begin(self) -> bytes:
        return b""

    def rows(self, cards: Iterable[str]) -> bytes:
        return "".join(cards).encode()

    def finish(self) -> tuple[bytes, bytes]:
        """What comes behind all pieces, and what comes before them."""
        return b"", b""
