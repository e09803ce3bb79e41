"""What stands between a function and DynamoDB: it lets every connection that was made before the restore go dead.

What was connected before a snapshot is not connected after it, and nobody tells the process: its socket still looks open, and what it
sends there is lost.
"""

import socket
import ssl
import threading


class Relay:
    """At a free port, before a server on this machine. With a TLS context it speaks HTTPS to the function."""

    def __init__(self, port: int, tls: ssl.SSLContext | None = None):
        self.target = ("127.0.0.1", port)
        self.tls = tls
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.lock = threading.Lock()
        self.live: set[socket.socket] = set()
        self.dead: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://localhost:{self.port}" if self.tls else f"http://127.0.0.1:{self.port}"

    def restore(self):
        with self.lock:
            self.dead |= self.live
            self.live.clear()

    def close(self):
        self.listener.close()
        with self.lock:
            for end in self.live | self.dead:
                end.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client: socket.socket):
        try:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.tls:
                client = self.tls.wrap_socket(client, server_side=True)
            server = socket.create_connection(self.target)
            server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            client.close()
            return
        with self.lock:
            self.live |= {client, server}
        threading.Thread(target=self._pump, args=(server, client), daemon=True).start()
        self._pump(client, server)

    def _pump(self, source: socket.socket, sink: socket.socket):
        try:
            while data := source.recv(65_536):
                if source not in self.dead:
                    sink.sendall(data)
        except OSError:
            pass
        with self.lock:
            if source in self.dead:
                return
            self.live -= {source, sink}
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
