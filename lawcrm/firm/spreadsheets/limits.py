"""How much of a spreadsheet we are willing to read, and how a refusal travels. Standard library only."""

from dataclasses import asdict, dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Each bound exists because a file of a few kilobytes broke a reader without it (docs/decisions)."""

    file_bytes: int = 25 * MB
    directory_bytes: int = 1 * MB
    entries: int = 2_000
    entry_bytes: int = 150 * MB
    unpacked_bytes: int = 200 * MB
    ratio: int = 200
    ratio_from_bytes: int = 2 * MB
    rows: int = 100_000
    columns: int = 200
    cells: int = 2_500_000  # 100,000 rows of 20 columns, and then some
    cell_chars: int = 32_767
    text_chars: int = 60_000_000
    memory_bytes: int = 512 * MB
    cpu_seconds: int = 60
    wall_seconds: float = 90  # without a word from the child

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


DEFAULT_LIMITS = Limits()


class Refused(Exception):
    """The file will not be read: a code and its parameters; the words are chosen in messages.py."""

    def __init__(self, code: str, **params):
        super().__init__(code, params)
        self.code = code
        self.params = params


def column_letter(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
