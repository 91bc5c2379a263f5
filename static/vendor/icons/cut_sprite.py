"""Cut the icons LawCRM uses out of the whole Tabler sprite.

    python static/vendor/icons/cut_sprite.py path/to/tabler-sprite.svg

Reads icons.txt beside this file (one name a line) and writes icons.svg: same drawings, ids without the
"tabler-" prefix, and without the fixed stroke so that CSS decides its weight and colour.
"""

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SYMBOL = re.compile(r'<symbol id="tabler-([a-z0-9-]+)"[^>]*>(.*?)</symbol>', re.S)
INVISIBLE = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


def main(source: str) -> int:
    drawings = dict(SYMBOL.findall(Path(source).read_text()))
    wanted = sorted(set((HERE / "icons.txt").read_text().split()))
    missing = [name for name in wanted if name not in drawings]
    if missing:
        print("not in the sprite:", ", ".join(missing))
        return 1
    symbols = [
        f'<symbol id="{name}" viewBox="0 0 24 24">{INVISIBLE.sub("", drawings[name])}</symbol>'
        for name in wanted
    ]
    text = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (HERE / "icons.svg").write_text(text)
    print(f"{len(wanted)} icons, {len(text)} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
