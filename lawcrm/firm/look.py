"""What the look knows about people and types, as plain functions."""

TYPES = ("basic", "passive", "responsible", "proactive", "partner")


def _is_cjk(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def initials_of(name: str) -> str:
    """Two characters that stand for a person: 王小明 gives 小明, Anna Maria Bell gives AB."""
    name = name.strip()
    if not name:
        return ""
    if _is_cjk(name[0]):
        return name[-2:] if len(name) > 2 else name
    words = [word for word in name.replace(",", " ").split() if word[0].isalnum()]
    if not words:
        return name[:1].upper()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
