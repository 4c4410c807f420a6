#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who may come in and do what: tokens and their rights, sessions, cookies, and pages of other sites."""
import unittest

from served import ALL_RIGHTS, Client, ServedTest, delivery

RIGHTS = ALL_RIGHTS.split(",")


class Rights(ServedTest):
    # One token for each right alone.
    TOKENS = {"may " + right: right for right in RIGHTS}

    def with_right(self, right):
        return self.served.client("may " + right)

    def setUp(self):
        self.paths = self.served.client().get("/api/v1/openapi.json").json["paths"]

    def tagged(self, tag, method):
        return {path.removeprefix("/api/v1/"): of_path[method] for path, of_path in self.paths.items()
                if tag in of_path.get(method, {}).get("tags", ())}

    def test_each_command_takes_its_right_and_no_other(self):
        for name, command in self.tagged("commands", "post").items():
            needed = command["description"].split('"')[1]
            for right in RIGHTS:
                answer = self.with_right(right).command(name, {"no_such_field": 1})
                if right == needed:
                    # Past the door: what it refuses is the body.
                    self.assertEqual(answer.pointers["/no_such_field"], "unknown_field", name)
                else:
                    self.refused(answer, 403, "right_needed")
                    self.assertIn(needed, answer.json["detail"])

    def test_nobody_comes_in_unknown(self):
        nobody = self.served.client(None)
        for name in self.tagged("commands", "post"):
            self.refused(nobody.command(name, {}), 401, "signed_out")
        for name in self.tagged("questions", "get"):
            answer = nobody.get("/api/v1/" + name)
            self.refused(answer, 401, "signed_out")
            self.assertIn("Bearer", answer.headers["WWW-Authenticate"])

    def test_questions_take_the_right_to_view(self):
        for name in self.tagged("questions", "get"):
            self.refused(self.with_right("operate").get("/api/v1/" + name), 403, "right_needed")
            self.assertNotIn(self.with_right("view").get("/api/v1/" + name).status, (401, 403))

    def test_only_administrators_see_and_make_tokens(self):
        for right in RIGHTS:
            client = self.with_right(right)
            self.assertEqual(client.get("/api/v1/tokens").status, 200 if right == "admin" else 403)
            self.assertEqual(client.ask("POST", "/api/v1/tokens", {}).status, 422 if right == "admin" else 403)
            self.assertEqual(client.ask("DELETE", "/api/v1/tokens/none").status, 404 if right == "admin" else 403)

    def test_nobody_passes_on_what_they_have_not(self):
        answer = self.with_right("admin").ask("POST", "/api/v1/tokens", {"name": "more", "rights": ["admin", "quality"]})
        self.refused(answer, 403, "right_needed")
        self.assertEqual(answer.pointers, {"/rights/1": "right_needed"})


class Tokens(ServedTest):
    def setUp(self):
        self.client = self.served.client()

    def test_made_used_listed_revoked(self):
        made = self.client.ask("POST", "/api/v1/tokens", {"name": "scale 3", "rights": ["view"], "days": 7})
        self.assertEqual(made.status, 201, made.text)
        device = Client(self.served.url, {"Authorization": "Bearer " + made.json["token"]})
        self.assertEqual(device.get("/api/v1/head").status, 200)
        self.assertEqual(device.get("/api/v1/session").json, {"name": "scale 3", "csrf_token": "", "rights": ["view"],
                                                              "sites": [], "must_change_password": False})
        listed = self.client.get("/api/v1/tokens")
        self.assertIn("scale 3", [token["name"] for token in listed.json["tokens"]])
        self.assertNotIn(made.json["token"], listed.text)
        again = self.client.ask("POST", "/api/v1/tokens", {"name": "scale 3", "rights": ["view"]})
        self.refused(again, 409, "code_taken")
        self.assertEqual(self.client.ask("DELETE", "/api/v1/tokens/scale%203").status, 204)
        self.refused(device.get("/api/v1/head"), 401, "signed_out")
        self.refused(self.client.ask("DELETE", "/api/v1/tokens/scale%203"), 404, "not_found")

    def test_wrong_tokens(self):
        for shown in ("Bearer x", "Bearer ", "Basic YWRtaW46YWRtaW4=", "Bearer " + self.served.tokens["all"] + "x"):
            self.refused(Client(self.served.url, {"Authorization": shown}).get("/api/v1/head"), 401, "signed_out")
        self.refused(self.client.ask("POST", "/api/v1/tokens", {"name": "x", "rights": ["view"], "days": 0}), 422, "out_of_range")
        self.refused(self.client.ask("POST", "/api/v1/tokens", {"name": "x", "rights": ["everything"]}), 422, "not_a_choice")

    def test_an_entry_says_which_token_asked(self):
        entry = self.client.command("receive", delivery("W-1", "W1")).json["entry"]
        seen = self.client.get(f"/api/v1/entries?after={entry - 1}&limit=1").json["entries"][0]
        self.assertEqual((seen["entry"], seen["who"]), (entry, "all"))

    def test_a_wrong_token_is_not_made_good_by_a_cookie(self):
        browser = self.served.browser()
        self.assertEqual(browser.get("/api/v1/head").status, 200)
        self.refused(browser.get("/api/v1/head", {"Authorization": "Bearer x"}), 401, "signed_out")


class Sessions(ServedTest):
    def sign_in(self, client, name="admin", password=None, headers=None):
        body = {"name": name, "password": self.served.password if password is None else password}
        return client.ask("POST", "/api/v1/sign-in", body, headers)

    def test_the_cookie_is_not_for_scripts_nor_other_sites(self):
        answer = self.sign_in(Client(self.served.url))
        cookie = answer.headers["Set-Cookie"]
        for part in ("lotbook_session=", "HttpOnly", "SameSite=Lax", "Path=/"):
            self.assertIn(part, cookie)
        self.assertEqual(answer.json["name"], "admin")
        self.assertEqual(answer.json["rights"], RIGHTS)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_a_write_by_cookie_wants_proof(self):
        browser = self.served.browser()
        self.assertEqual(browser.command("receive", delivery("S-1", "S1")).status, 200)
        for headers in ({"X-CSRF-Token": ""}, {"X-CSRF-Token": "x" * 43}, {"Origin": "http://evil.example"},
                        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}):
            self.refused(browser.command("receive", delivery("S-2", "S2"), headers=headers), 403, "csrf")
        self.assertEqual(browser.get("/api/v1/head", {"X-CSRF-Token": ""}).status, 200)
        own = {"Origin": self.served.url, "Sec-Fetch-Site": "same-origin"}
        self.assertEqual(browser.command("receive", delivery("S-2", "S2"), headers=own).status, 200)

    def test_another_sites_page_signs_nobody_in(self):
        self.refused(self.sign_in(Client(self.served.url), headers={"Origin": "http://evil.example"}), 403, "csrf")

    def test_signing_out_ends_it(self):
        browser = self.served.browser()
        self.refused(browser.ask("POST", "/api/v1/sign-out", headers={"X-CSRF-Token": "x"}), 403, "csrf")
        answer = browser.ask("POST", "/api/v1/sign-out")
        self.assertEqual(answer.status, 204)
        self.assertIn("Max-Age=0", answer.headers["Set-Cookie"])
        self.refused(browser.get("/api/v1/session"), 401, "signed_out")

    def test_signing_in_again_ends_the_session_before(self):
        first = self.served.browser()
        cookie = first.headers["Cookie"]
        self.assertEqual(self.sign_in(first).status, 200)
        self.refused(Client(self.served.url, {"Cookie": cookie}).get("/api/v1/session"), 401, "signed_out")

    def test_guessing_gets_slow(self):
        client = Client(self.served.url)
        for _ in range(5):
            self.refused(self.sign_in(client, "guessed", "wrong"), 401, "wrong_password")
        # On a busy machine an attempt may take longer than the first wait; waits double.
        answers = (self.sign_in(client, "guessed", "wrong") for _ in range(15))
        answer = next((one for one in answers if one.status != 401), None)
        self.refused(answer, 429, "too_many_attempts")
        self.assertIn("seconds", answer.json["detail"])
        # Others are not slowed down.
        self.assertEqual(self.sign_in(client).status, 200)

    def test_an_unknown_name_and_a_wrong_password_look_alike(self):
        client = Client(self.served.url)
        unknown = self.sign_in(client, "nobody here", "wrong")
        known = self.sign_in(client, "admin", "wrong")
        self.refused(unknown, 401, "wrong_password")
        self.assertEqual(unknown.body, known.body)

    def test_no_secret_is_logged(self):
        browser = self.served.browser()
        self.served.client().ask("POST", "/api/v1/tokens?x=" + self.served.tokens["all"], {"name": "logged", "rights": ["view"]})
        self.sign_in(Client(self.served.url), "someone", "open sesame")
        browser.get("/api/v1/session")
        self.assertEqual(self.served.stop(), 0)
        logged = self.served.logged()
        self.assertIn("path=/api/v1/sign-in", logged)
        for secret in (self.served.password, self.served.tokens["all"], "open sesame", browser.headers["X-CSRF-Token"],
                       browser.headers["Cookie"].split("=")[1]):
            self.assertNotIn(secret, logged)
        self.served.start()


if __name__ == "__main__":
    unittest.main()
