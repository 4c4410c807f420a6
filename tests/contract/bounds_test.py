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


if __name__ == "__main__":
    unittest.main()
