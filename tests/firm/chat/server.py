"""A chat that answers as told, on the loopback address, in threads."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ChatServer:
    """`answers` are given in turn, the last for ever: (status, body, headers) or a number of seconds to be silent."""

    def __init__(self):
        self.answers = [(200, b"ok", {})]
        self.heard: list[tuple[str, dict, bytes]] = []
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hook"

    @property
    def bodies(self) -> list[dict]:
        return [json.loads(body) for _path, _headers, body in self.heard]

    def _next(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def _handler(outer):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if len(body) < int(self.headers["Content-Length"]):
                    return  # the sender was killed in the middle: nothing was said
                with outer.lock:
                    outer.heard.append((self.path, dict(self.headers), body))
                    answer = outer._next()
                if isinstance(answer, float | int):
                    time.sleep(answer)
                    return
                status, text, headers = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *arguments):
                pass

        return Handler


@contextmanager
def chat_server():
    chat = ChatServer()
    chat.thread.start()
    try:
        yield chat
    finally:
        chat.server.shutdown()
        chat.server.server_close()
        chat.thread.join()
