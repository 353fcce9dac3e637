"""A store that speaks S3, on loopback, with a door before it that can be slow, shut, closed too early or another's."""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

BUCKET = "centre"
_DENIED = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
_BUSY = _DENIED.replace(b"AccessDenied", b"SlowDown")
_SLOW = 1.2
"""Seconds; tests wait for less."""
_HEADERS_OF_A_HOP = frozenset({"connection", "transfer-encoding", "keep-alive"})


@dataclass
class Door:
    """Whatever comes to the store goes through it. `fault` is empty, `gone`, `denied`, `slow`, `busy`, `half`, or
    `careless`, which writes over what is there though it is asked not to; `secretive`, which does not tell of versions;
    `keeping`, which refuses to delete; `deaf`, which says that it deleted, and did not."""

    address: str
    client: Any
    """What puts files into the store beside MarkTerm."""
    fault: str = ""
    asked: int = 0
    is_open: bool = True

    def put(self, key: str, data: bytes) -> None:
        """Have those bytes be in the store, whatever was there."""
        self.client.put_object(Bucket=BUCKET, Key=key, Body=data)

    def get(self, key: str) -> bytes:
        """The bytes that the store has there."""
        return bytes(self.client.get_object(Bucket=BUCKET, Key=key)["Body"].read())


@contextmanager
def store() -> Iterator[Door]:
    """A store with an empty bucket."""
    import boto3
    from moto.server import ThreadedMotoServer

    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ.update(keys)
    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
    client.create_bucket(Bucket=BUCKET)
    door = Door("", client)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _through(door, host, port))
    server.daemon_threads = True
    door.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["AWS_ENDPOINT_URL"] = door.address
    try:
        yield door
    finally:
        door.is_open = False
        server.shutdown()
        server.server_close()
        moto.stop()
        for key in (*keys, "AWS_ENDPOINT_URL"):
            os.environ.pop(key, None)


def _through(door: Door, host: str, port: int) -> type[BaseHTTPRequestHandler]:
    class Through(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            if door.fault == "gone":
                self.close_connection = True
                self.connection.close()
                return
            super().handle_one_request()

        def pass_on(self) -> None:
            door.asked += 1
            fault = door.fault
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if fault == "gone":  # as well for a connection that waited
                self.close_connection = True
                self.connection.close()
                return
            if fault == "slow":
                time.sleep(_SLOW)
            if fault == "busy":
                self._answer(503, {"Content-Type": "application/xml"}, _BUSY)
                return
            deletes = self.command == "DELETE" and "uploadId" not in self.path
            if (
                fault == "denied"
                or (fault == "secretive" and "versions" in self.path)
                or (fault, deletes) == ("keeping", True)
            ):
                self._answer(403, {"Content-Type": "application/xml"}, _DENIED)
                return
            if fault == "deaf" and deletes:
                self._answer(204, {}, b"")
                return
            headers = dict(self.headers.items())
            if fault == "careless":
                headers.pop("If-None-Match", None)
            if not door.is_open:
                return
            behind = http.client.HTTPConnection(host, port)
            behind.request(self.command, self.path, body, headers)
            answer = behind.getresponse()
            data = answer.read()
            told = {key: value for key, value in answer.getheaders() if key.lower() not in _HEADERS_OF_A_HOP}
            self._answer(
                answer.status, told, data, half=fault == "half" and self.command == "GET" and "list" not in self.path
            )

        def _answer(self, status: int, headers: dict[str, str], data: bytes, *, half: bool = False) -> None:
            self.send_response(status)
            for key, value in headers.items():
                if key.lower() != "content-length" or self.command == "HEAD":
                    self.send_header(key, value)
            if self.command != "HEAD":
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data[: len(data) // 2] if half else data)
            if half:
                self.close_connection = True

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = pass_on  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing: what tests print is theirs."""

    return Through
