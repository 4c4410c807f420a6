#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is too large, too deep or for another host is refused, and the server lives on."""
import socket
import unittest
import urllib.parse

from served import ServedTest, delivery


class Bounds(ServedTest):
    OPTIONS = ("--allowed-host", "localhost", "--allowed-host", "lotbook.example")

    def setUp(self):
        self.client = self.served.client()

    def raw(self, text):
        """Sends exactly these bytes and returns all that comes back."""
        parts = urllib.parse.urlsplit(self.served.url)
        with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
            connection.sendall(text)
            connection.shutdown(socket.SHUT_WR)
            received = b""
            while piece := connection.recv(65536):
                received += piece
        return received

    def tearDown(self):
        self.assertEqual(self.served.client().get("/healthz").status, 200)

    def test_a_body_too_large(self):
        big = '{"supplier":"' + "x" * 1_100_000 + '"}'
        head = (f"POST /api/v1/receive HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(big)}\r\n\r\n").encode()
        self.assertIn(b" 413 ", self.raw(head)[:20])

    def test_a_thousand_lines_fit(self):
        body = delivery("BIG-1", *(f"B{number}" for number in range(1000)))
        answer = self.client.command("receive", body)
        self.assertEqual(answer.status, 200, answer.text[:500])
        self.assertEqual(len(answer.json["opened"]), 1000)
        answer = self.client.command("receive", delivery("BIG-2", *(f"C{number}" for number in range(1001))))
        self.assertEqual(answer.status, 422, answer.text[:500])

    def test_nesting_too_deep(self):
        for body in ('{"lines":' * 80 + "1" + "}" * 80, "[" * 100_000):
            answer = self.client.command("receive", body)
            self.assertEqual(answer.status, 400)
            self.assertIn(answer.json["code"], ("too_deep", "malformed"))

    def test_headers_too_large(self):
        self.assertIn(b" 431 ", self.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20_000 + b"\r\n\r\n")[:20])

    def test_lengths_that_contradict(self):
        text = b"POST /api/v1/receive HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"
        self.assertIn(b" 400 ", self.raw(text)[:20])

    def test_other_hosts(self):
        self.assertEqual(self.client.get("/healthz", {"Host": "lotbook.example"}).status, 200)
        self.assertEqual(self.served.client().get("/healthz", {"Host": "evil.example"}).status, 421)

    def test_long_values_are_refused_by_field(self):
        answer = self.client.command("receive", {**delivery("x" * 61, "L1"), "supplier": "y" * 61})
        self.refused(answer, 422, "too_long")
        self.assertEqual(answer.pointers, {"/document": "too_long", "/supplier": "too_long"})

    def test_lengths_and_lines_that_two_readers_read_differently(self):
        start = b"POST /api/v1/receive HTTP/1.1\r\nHost: localhost\r\n"
        for rest in (b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                     b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                     b"Content-Length: 2, 2\r\n\r\n{}",
                     b"Content-Length: +2\r\n\r\n{}",
                     b"Content-Length: 0x2\r\n\r\n{}",
                     b"Content-Length: -1\r\n\r\n{}",
                     b"Content-Length : 2\r\n\r\n{}",
                     b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}",
                     b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                     b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                     b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
                     b"Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
                     b"Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
                     b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}X0\r\n\r\n",
                     b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
                     b"X: a\r\n folded\r\n\r\n",
                     b"X: a\nContent-Length: 2\r\n\r\n{}",
                     b"X: a\x00b\r\n\r\n",
                     b"Bad Name: a\r\n\r\n",
                     b"Host: evil.example\r\n\r\n"):
            answer = self.raw(start + rest + b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.assertIn(answer[9:12], (b"400", b"501"), f"{rest} {answer[:60]}")
            self.assertEqual(answer.count(b"HTTP/1.1 "), 1, f"what follows {rest} was read")
        for line in (b"GET  / HTTP/1.1", b"GET / HTTP/1.1 x", b"GET http://localhost/ HTTP/1.1", b"GET * HTTP/1.1",
                     b"GET /../etc/passwd HTTP/1.1", b"GET /%00 HTTP/1.1", b"GET / HTTP/2.0", b"\x16\x03\x01"):
            answer = self.raw(line + b"\r\nHost: localhost\r\n\r\n")
            self.assertIn(answer[9:12], (b"400", b"505"), f"{line} {answer[:60]}")

    def test_too_many_headers(self):
        many = b"".join(b"X-%d: 1\r\n" % number for number in range(2_000))
        self.assertIn(b" 431 ", self.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + many + b"\r\n")[:20])

    def test_methods_that_nobody_needs(self):
        for method in ("TRACE", "CONNECT", "PUT", "PATCH", "OPTIONS"):
            answer = self.raw(f"{method} /api/v1/head HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            self.assertIn(answer[9:12], (b"400", b"405"), answer[:60])

    def test_a_client_that_never_finishes_its_header(self):
        parts = urllib.parse.urlsplit(self.served.url)
        with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: loc")
            self.assertIn(b" 408 ", connection.recv(65536)[:20])


class Hosts(ServedTest):
    """What is answered when nothing was said about names."""

    def test_own_names_and_addresses_alone(self):
        client = self.served.client()
        for host in ("localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:9", "[::1]:80", "192.168.1.7"):
            self.assertEqual(client.get("/healthz", {"Host": host}).status, 200, host)
        for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example"):
            answer = self.served.client().get("/healthz", {"Host": host})
            self.assertEqual(answer.status, 421, host)
            self.assertIn(host.split(":")[0], answer.text)


if __name__ == "__main__":
    unittest.main()
