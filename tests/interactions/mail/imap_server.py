"""A small IMAP server in a thread: as much of RFC 3501 as reading a mailbox takes."""

import re
import socketserver
import threading
from contextlib import contextmanager


class Mailbox:
    """`mails`: {uid: bytes}; `seen`: uids marked. `fail_fetch`: uids that break the connection when fetched."""

    def __init__(self, mails):
        self.mails = dict(enumerate(mails, start=1))
        self.seen: set[int] = set()
        self.password = "pass word"
        self.fetched: list[str] = []


class _Handler(socketserver.StreamRequestHandler):
    @property
    def box(self) -> Mailbox:
        return self.server.box

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def handle(self):
        self.say(b"* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.strip().decode().partition(" ")
            word, _, rest = rest.partition(" ")
            if word.upper() == "UID":
                word, _, rest = rest.partition(" ")
            answer = getattr(self, f"do_{word.lower()}", None)
            told = answer(rest) if answer else b"BAD what?"
            self.say(tag.encode() + b" " + (told or b"OK done"))
            if word.upper() == "LOGOUT":
                return

    def do_capability(self, _rest):
        self.say(b"* CAPABILITY IMAP4rev1")

    def do_login(self, rest):
        return None if rest == f'reader "{self.box.password}"' else b"NO wrong"

    def do_select(self, rest):
        self.say(b"* %d EXISTS" % len(self.box.mails))
        return b"OK [READ-WRITE] done"

    def do_search(self, _rest):
        unseen = [str(uid) for uid in self.box.mails if uid not in self.box.seen]
        self.say(("* SEARCH " + " ".join(unseen)).strip().encode())

    def do_fetch(self, rest):
        uid, _, what = rest.partition(" ")
        data = self.box.mails[int(uid)]
        self.box.fetched.append(what)
        if "RFC822.SIZE" in what:
            self.say(b"* %s FETCH (UID %s RFC822.SIZE %d)" % (uid.encode(), uid.encode(), len(data)))
            return
        if cut := re.search(r"<0\.(\d+)>", what):
            data = data[: int(cut.group(1))]
        self.wfile.write(b"* %s FETCH (UID %s BODY[] {%d}\r\n" % (uid.encode(), uid.encode(), len(data)))
        self.wfile.write(data + b")\r\n")

    def do_store(self, rest):
        self.box.seen.add(int(rest.partition(" ")[0]))

    def do_logout(self, _rest):
        self.say(b"* BYE")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


@contextmanager
def imap_server(mails):
    """Yields (mailbox, address)."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.box = Mailbox(mails)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.box, f"imap://reader@127.0.0.1:{server.server_address[1]}/INBOX"
        finally:
            server.shutdown()
            thread.join()
