#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The plain pages: signing in by form, finding a lot, its card and its traces; and that nothing typed becomes HTML."""
import html.parser
import unittest
import urllib.parse

from served import Client, ServedTest, delivery

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Outline(html.parser.HTMLParser):
    """Checks that elements nest and ids are unique, and gathers links, inline code and text."""
    VOID = {"meta", "link", "input", "br", "img", "path"}

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.inline, self.heads = [], [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if len(attributes) != len(attrs):
            raise AssertionError(f"an attribute stands twice in <{tag}>: {attrs}")
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes["href"])
        if tag == "h1":
            self.heads.append(tag)
        if "style" in attributes or tag == "style" or any(name.startswith("on") for name in attributes) \
                or (tag == "script" and "src" not in attributes):
            self.inline.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            raise AssertionError(f"</{tag}> closes another element")


class Pages(ServedTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        client = cls.served.client()
        client.command("set_item", {"code": "A/B & <C>", "name": "<script>alert(1)</script>", "unit": "KGM"})
        receipt = delivery("P-1", "M-4711", "M-4712")
        receipt["lines"][1]["item"] = "A/B & <C>"
        cls.opened = client.command("receive", receipt).json["opened"]

    def signed_in(self):
        client = Client(self.served.url)
        form = urllib.parse.urlencode({"name": "admin", "password": self.served.password, "next": "/lots"})
        answer = client.ask("POST", "/sign-in", form, FORM)
        self.assertEqual((answer.status, answer.headers["Location"]), (303, "/lots"), answer.text)
        client.headers["Cookie"] = answer.headers["Set-Cookie"].split(";")[0]
        return client

    def page(self, client, path):
        answer = client.get(path)
        self.assertEqual(answer.status, 200, path)
        self.assertEqual(answer.headers["Content-Type"], "text/html; charset=utf-8")
        self.assertIn("default-src 'self'", answer.headers["Content-Security-Policy"])
        outline = Outline(answer.text)
        self.assertEqual((outline.open, outline.inline), ([], []), path)
        self.assertEqual(len(outline.ids), len(set(outline.ids)), path)
        self.assertEqual(outline.heads, ["h1"], path)
        self.assertNotIn("<script>alert", answer.text)
        return answer.text, outline

    def lot(self, which):
        return urllib.parse.urlencode({"item": self.opened[which]["item"], "lot": self.opened[which]["lot"]})

    def test_who_is_not_signed_in_is_asked_to(self):
        answer = Client(self.served.url).get("/lot?" + self.lot(0))
        self.assertEqual(answer.status, 303)
        to = urllib.parse.urlsplit(answer.headers["Location"])
        self.assertEqual(to.path, "/sign-in")
        self.assertEqual(urllib.parse.parse_qs(to.query)["next"], ["/lot?" + self.lot(0)])
        self.page(Client(self.served.url), answer.headers["Location"])

    def test_signing_in_leads_to_no_other_site(self):
        for next_address in ("//evil.example", "http://evil.example", "/\\evil.example", "evil"):
            form = urllib.parse.urlencode({"name": "admin", "password": self.served.password, "next": next_address})
            answer = Client(self.served.url).ask("POST", "/sign-in", form, FORM)
            self.assertEqual((answer.status, answer.headers["Location"]), (303, "/"), next_address)
        answer = Client(self.served.url).ask("POST", "/sign-in", urllib.parse.urlencode({"name": "<b>", "password": "x"}), FORM)
        self.assertEqual(answer.status, 401)
        self.assertNotIn("<b>", answer.text)

    def test_every_page_stands(self):
        client = self.signed_in()
        for path in ("/", "/lots", "/lots?item=FLOUR", "/lots?place=ST1", "/docs", "/lots?text=ab", "/lots?text=m-47"):
            self.page(client, path)
        for which in (0, 1):
            text, outline = self.page(client, "/lot?" + self.lot(which))
            self.assertIn(self.opened[which]["lot"], text)
            for way in ("back", "forward"):
                self.assertIn(f"/trace?{self.lot(which)}&way={way}".replace("+", "%20"), outline.links)
                text, _ = self.page(client, f"/trace?{self.lot(which)}&way={way}")
            self.assertIn("The trail is complete.", text)

    def test_from_the_suppliers_code_to_the_trace(self):
        client = self.signed_in()
        _, outline = self.page(client, "/lots?text=M-4711")
        lots = [to for to in outline.links if to.startswith("/lot?")]
        self.assertEqual(lots, ["/lot?" + self.lot(0)])
        text, _ = self.page(client, lots[0])
        self.assertIn("M-4711", text)
        text, _ = self.page(client, f"/trace?{self.lot(0)}&way=back")
        self.assertIn("Mill &amp; Co", text)
        self.assertIn("P-1", text)

    def test_a_lot_that_there_is_not(self):
        answer = self.signed_in().get("/lot?item=FLOUR&lot=%3Cb%3E")
        self.assertEqual(answer.status, 404)
        self.assertNotIn("<b>", answer.text)

    def test_the_alert_of_a_supplier_is_on_the_first_page(self):
        self.assertEqual(self.served.stop(), 0)
        self.served.change("insert into setting (name, value) values ('incident_text', 'Stop using M-4711 <now>.'), "
                           "('incident_search', 'M-4711')")
        self.served.start()
        text, outline = self.page(self.signed_in(), "/")
        self.assertIn("Stop using M-4711 &lt;now&gt;.", text)
        self.assertIn("/lots?text=M-4711", outline.links)

    def test_signing_out_wants_our_own_form(self):
        client = self.signed_in()
        self.assertEqual(client.ask("POST", "/sign-out", "csrf_token=x", FORM).status, 403)
        text, _ = self.page(client, "/")
        token = text.split('name="csrf_token" value="')[1].split('"')[0]
        answer = client.ask("POST", "/sign-out", "csrf_token=" + token, FORM)
        self.assertEqual((answer.status, answer.headers["Location"]), (303, "/sign-in"))
        self.assertEqual(client.get("/").status, 303)

    def test_assets_are_asked_for_once(self):
        client = Client(self.served.url)
        for name, kind in (("lotbook.css", "text/css"), ("lotbook.js", "text/javascript"), ("lotbook.svg", "image/svg+xml")):
            answer = client.get("/assets/" + name)
            self.assertEqual(answer.status, 200)
            self.assertTrue(answer.headers["Content-Type"].startswith(kind))
            self.assertEqual(client.get("/assets/" + name, {"If-None-Match": answer.headers["ETag"]}).status, 304)


if __name__ == "__main__":
    unittest.main()
