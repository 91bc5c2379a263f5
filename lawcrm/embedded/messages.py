"""Every text that LawCRM shows, found in its sources, and the catalogues kept in step with them: `make messages`.

Written in Python, so that no machine needs the gettext programs: templates through Django's own templatize, modules
through their syntax tree. A catalogue is written in the order of the sources, so that its changes read like theirs.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
CATALOGUES = CHECKOUT / "locale"
SOURCES = ("lawcrm", "clients", "matters", "interactions", "surveys", "templates")
# which argument is what: context, text, plural
MARKERS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
# what templatize leaves of a template's texts, among the placeholders of everything else
CALL = re.compile(r"(?:\b(?:gettext|ngettext|pgettext|npgettext)|(?<!\w)_)\(")


class NotAConstant(Exception):
    """A text put together while running (an f-string, a variable) can never be found in a catalogue."""


@dataclass
class Message:
    text: str
    context: str | None = None
    plural: str | None = None
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text


def messages(root: Path = CHECKOUT) -> dict[tuple[str | None, str], Message]:
    """All texts of the sources below `root`, in the order of the files and of the lines in them."""
    found: dict[tuple[str | None, str], Message] = {}
    for path in sorted(path for source in SOURCES for path in (root / source).rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            texts = texts_of_module(path.read_text(encoding="utf-8"), str(path))
        elif path.suffix in (".html", ".txt"):
            texts = texts_of_template(path.read_text(encoding="utf-8"), str(path))
        else:
            continue
        for message in texts:
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            name = path.relative_to(root).as_posix()
            if name not in known.files:
                known.files.append(name)
    return found


def texts_of_module(source: str, where: str = "") -> Iterator[Message]:
    tree = ast.parse(source)
    names = {name: name for name in MARKERS}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {each.asname or each.name: each.name for each in node.names if each.name in MARKERS}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node) in names]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if len(call.args) > 1 or not isinstance(
            call.args[0], ast.Name
        ):  # gettext(variable): marked elsewhere
            yield message_of(names[name_of(call)], call, where)


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def message_of(marker: str, call: ast.Call, where: str) -> Message:
    context, text, plural = (None if at is None else call.args[at] for at in MARKERS[marker])
    constants = {"context": context, "text": text, "plural": plural}
    for part in constants.values():
        if part is not None and not (isinstance(part, ast.Constant) and isinstance(part.value, str)):
            raise NotAConstant(f"{where}, line {call.lineno}: a text to translate must stand there as it is")
    return Message(**{name: part and part.value for name, part in constants.items()})


def texts_of_template(source: str, where: str = "") -> Iterator[Message]:
    from django.utils.translation.template import templatize

    left = templatize(source, where)
    for match in CALL.finditer(left):
        call = ast.parse(balanced(left[match.start() :]), mode="eval").body
        marker = "gettext" if name_of(call) == "_" else name_of(call)
        yield message_of(marker, call, where)


def balanced(text: str) -> str:
    """The call that `text` begins with, to its closing bracket; brackets inside strings do not count."""
    depth, quote, escaped = 0, "", False
    for at, character in enumerate(text):
        if quote:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == quote:
                quote = ""
        elif character in "'\"":
            quote = character
        elif character in "()":
            depth += 1 if character == "(" else -1
            if depth == 0:
                return text[: at + 1]
    return text


def refresh(root: Path = CHECKOUT) -> int:
    """Bring each catalogue in step: new texts with an empty translation, unused ones gone. Returns the empty ones."""
    found = messages(root)
    return sum(refresh_one(path, found) for path in sorted((root / "locale").rglob("*.po")))


def refresh_one(path: Path, found: dict[tuple[str | None, str], Message]) -> int:
    import polib

    old = polib.pofile(str(path), wrapwidth=110)
    known = {(entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete}
    forms = int(re.search(r"nplurals=(\d+)", old.metadata["Plural-Forms"])[1])
    fresh = polib.POFile(wrapwidth=110)
    fresh.header, fresh.metadata = old.header, old.metadata
    for key, message in found.items():
        entry = polib.POEntry(msgctxt=message.context, msgid=message.text, msgid_plural=message.plural or "")
        entry.occurrences = [(name, "") for name in message.files]
        before = known.get(key)
        if message.plural:
            entry.msgstr_plural = (before and before.msgstr_plural) or dict.fromkeys(range(forms), "")
        elif before:
            entry.msgstr = before.msgstr
        if before:
            entry.tcomment, entry.flags = before.tcomment, before.flags
        fresh.append(entry)
    fresh.save(str(path))
    return sum(1 for entry in fresh if not entry.translated())


def refresh_and_tell() -> int:
    missing = refresh()
    print(
        f"LawCRM: {missing} texts wait for a translation" if missing else "LawCRM: every text is translated"
    )
    return 0
