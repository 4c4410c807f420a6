#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Users, their passwords and sessions, tokens of theirs, second persons, signatures, and what the ledger says of it."""
import json
import pathlib
import subprocess
import time
import unittest
import uuid

from served import PROGRAM, Client, ServedTest, come_in, delivery, set_up_users


def new_password():
    return f"walnut ferry {uuid.uuid4().hex[:12]}"


def until(look, seconds=30):
    """What `look` gives, as soon as it gives anything; entries of who came in are written behind the answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
    raise AssertionError("it never came")


class People(ServedTest):
    def setUp(self):
        self.all = self.served.client()

    def user(self, role="operator", **more):
        """A new user of their own, signed in."""
        name = "u" + uuid.uuid4().hex[:10]
        set_up_users(self.served, {name: {"role": role, **more}})
        return name, self.served.browser(name)

    def sign_in(self, name, password, client=None):
        return (client or Client(self.served.url)).ask("POST", "/api/v1/sign-in", {"name": name, "password": password})

    def notes(self, what, name):
        """The facts of that kind about that name, out of the feed."""
        found, after = [], 0
        while True:
            page = self.all.get(f"/api/v1/entries?after={after}&limit=1000").json
            for entry in page["entries"]:
                for fact in entry["facts"]:
                    details = {detail["name"]: detail["value"] for detail in fact["details"]}
                    if fact["fact"] == "access_noted" and details["what"] == what and details.get("name", "") == name:
                        found.append(details)
            after = page["next"]
            if not after:
                return found


class Users(People):
    def test_set_up_listed_changed_disabled(self):
        name, browser = self.user("quality", name="Quirin Quast")
        listed = {user["code"]: user for user in self.all.get("/api/v1/users").json["users"]}
        self.assertEqual((listed[name]["role"], listed[name]["name"], listed[name]["must_change_password"]),
                         ("quality", "Quirin Quast", False))
        self.assertEqual(browser.get("/api/v1/session").json["name"], name)
        self.assertIn("quality", browser.get("/api/v1/session").json["rights"])
        # A change of role ends what they were signed in with.
        self.assertEqual(self.all.command("set_user", {"code": name, "name": "Quirin Quast", "role": "viewer"}).status, 200)
        self.refused(browser.get("/api/v1/session"), 401, "signed_out")
        browser = self.served.browser(name)
        self.refused(browser.command("receive", delivery("X", "X")), 403, "right_needed")
        self.assertEqual(self.all.command("set_user", {"code": name, "role": "viewer", "disabled": True}).status, 200)
        self.refused(browser.get("/api/v1/session"), 401, "signed_out")
        self.refused(self.sign_in(name, self.served.passwords[name]), 401, "wrong_password")
        history = self.all.get(f"/api/v1/history?noun=user&code={name}").json["entries"]
        self.assertEqual([entry["kind"] for entry in history], ["set_record"] * 3)

    def test_refused_users(self):
        for body, pointer, code in (({"code": "x", "role": "boss"}, "/role", "not_a_choice"),
                                    ({"code": "Admin", "role": "viewer"}, "/code", "code_taken"),
                                    ({"code": "all", "role": "viewer"}, "/code", "code_taken"),
                                    ({"code": "lotbook", "role": "viewer"}, "/code", "code_taken"),
                                    ({"code": "x", "role": "viewer", "sites": ["NOWHERE"]}, "/sites/0", "unknown_place"),
                                    ({"code": "x", "role": "viewer", "sites": ["ST1"]}, "/sites/0", "unknown_place"),
                                    ({"code": "x", "role": "admin", "sites": ["PLANT"]}, "/sites", "not_a_choice"),
                                    ({"code": "admin", "role": "viewer"}, "/role", "not_a_choice"),
                                    ({"code": "admin", "role": "admin", "disabled": True}, "/disabled", "not_a_choice")):
            answer = self.all.command("set_user", body)
            self.assertGreaterEqual(answer.status, 400, f"{body} {answer.text}")
            self.assertEqual(answer.pointers.get(pointer), code, f"{body} {answer.text}")
        self.refused(self.all.ask("POST", "/api/v1/tokens", {"name": "Admin", "rights": ["view"]}), 409, "code_taken")
        self.refused(self.all.ask("POST", "/api/v1/users/nobody/password"), 422, "unknown_user")

    def test_a_password_of_somebody_else_opens_nothing_but_its_change(self):
        name, _ = self.user()
        once = self.all.ask("POST", f"/api/v1/users/{name}/password").json["password"]
        client = Client(self.served.url)
        answer = self.sign_in(name, once, client)
        self.assertTrue(answer.json["must_change_password"])
        come_in(client, answer)
        self.refused(client.get("/api/v1/stock"), 403, "password_must_change")
        self.refused(client.command("receive", delivery("Y", "Y")), 403, "password_must_change")
        self.assertEqual(client.get("/lots").headers["Location"], "/password")
        chosen = new_password()
        come_in(client, client.ask("POST", "/api/v1/password", {"password": once, "new_password": chosen}))
        self.assertEqual(client.get("/api/v1/stock?item=FLOUR").status, 200)
        self.refused(self.sign_in(name, once), 401, "wrong_password")

    def test_passwords_that_can_be_guessed(self):
        name, browser = self.user(name="Zacharias Zimmermann")
        for bad in ("short", "password1234", "aaaaaaaaaaaa", "qwertyuiop12", "Zimmermann-2026", f"{name}{name}",
                    self.served.passwords[name]):
            answer = browser.ask("POST", "/api/v1/password", {"password": self.served.passwords[name], "new_password": bad})
            self.refused(answer, 422, "weak_password")
            self.assertNotIn(bad, answer.text)
        self.refused(browser.ask("POST", "/api/v1/password", {"password": "wrong wrong wrong", "new_password": new_password()}),
                     401, "wrong_password")

    def test_changing_the_password_ends_all_other_sessions(self):
        name, browser = self.user()
        other = self.served.browser(name)
        chosen = new_password()
        come_in(browser, browser.ask("POST", "/api/v1/password",
                                     {"password": self.served.passwords[name], "new_password": chosen}))
        self.refused(other.get("/api/v1/session"), 401, "signed_out")
        self.assertEqual(browser.get("/api/v1/session").status, 200)
        until(lambda: self.notes("password_set", name))

    def test_the_page_for_passwords(self):
        name, browser = self.user()
        page = browser.get("/password").text
        self.assertIn('name="new_password"', page)
        form = "csrf_token=" + browser.headers["X-CSRF-Token"] + "&password={}&new_password={}&again={}"
        old, new = self.served.passwords[name].replace(" ", "+"), new_password().replace(" ", "+")
        self.assertEqual(browser.ask("POST", "/password", form.format(old, new, new + "x")).status, 422)
        self.assertEqual(browser.ask("POST", "/password", form.format(old, new, new).replace("csrf_token=", "csrf_token=x")).status, 403)
        answer = browser.ask("POST", "/password", form.format(old, new, new))
        self.assertEqual((answer.status, answer.headers["Location"]), (303, "/"))
        self.assertEqual(self.sign_in(name, new.replace("+", " ")).status, 200)


class Sessions(People):
    def test_listed_and_ended(self):
        name, browser = self.user()
        others = [self.served.browser(name) for _ in range(2)]
        listed = browser.get("/api/v1/sessions").json["sessions"]
        self.assertEqual(sum(session["is_this"] for session in listed), 1)
        mine = [session["id"] for session in listed if session["is_this"]]
        ids = [session["id"] for session in listed if not session["is_this"]]
        self.assertGreaterEqual(len(ids), 2)
        self.assertEqual(browser.ask("DELETE", "/api/v1/sessions/" + ids[0]).status, 204)
        self.assertEqual(sorted(client.get("/api/v1/session").status for client in others), [200, 401])
        self.assertEqual(browser.ask("DELETE", "/api/v1/sessions").status, 204)
        self.assertEqual([client.get("/api/v1/session").status for client in others], [401, 401])
        self.assertEqual([session["id"] for session in browser.get("/api/v1/sessions").json["sessions"]], mine)
        # Nobody ends those of others.
        _, stranger = self.user()
        self.refused(stranger.ask("DELETE", "/api/v1/sessions/" + mine[0]), 404, "not_found")
        self.assertEqual(self.all.ask("DELETE", f"/api/v1/users/{name}/sessions").status, 204)
        self.refused(browser.get("/api/v1/session"), 401, "signed_out")

    def test_confirming(self):
        name, browser = self.user()
        self.refused(browser.ask("POST", "/api/v1/session/confirm", {"password": "wrong wrong wrong"}), 401, "wrong_password")
        self.assertEqual(browser.ask("POST", "/api/v1/session/confirm", {"password": self.served.passwords[name]}).status, 204)


class TokensOfUsers(People):
    def test_they_may_no_more_than_their_maker(self):
        name, browser = self.user("admin")
        made = browser.ask("POST", "/api/v1/tokens", {"name": "t" + name, "rights": ["view", "operate", "quality", "admin"]})
        self.assertEqual(made.status, 201, made.text)
        device = Client(self.served.url, {"Authorization": "Bearer " + made.json["token"]})
        self.assertEqual(device.get("/api/v1/users").status, 200)
        listed = {token["name"]: token for token in self.all.get("/api/v1/tokens").json["tokens"]}
        self.assertEqual(listed["t" + name]["made_by"], name)
        self.assertNotEqual(listed["t" + name]["last_used_at"], "")
        self.assertEqual(self.all.command("set_user", {"code": name, "role": "operator", "sites": ["PLANT"]}).status, 200)
        session = device.get("/api/v1/session").json
        self.assertEqual((session["rights"], session["sites"]), (["view", "operate"], ["PLANT"]))
        self.refused(device.get("/api/v1/users"), 403, "right_needed")
        self.assertEqual(self.all.command("set_user", {"code": name, "role": "operator", "disabled": True}).status, 200)
        self.refused(device.get("/api/v1/session"), 401, "signed_out")
        kinds = [entry["kind"] for entry in self.all.get("/api/v1/entries?limit=1000").json["entries"]]
        self.assertIn("set_token", kinds)


class Ledger(People):
    def test_sign_ins_and_failures_are_entries(self):
        name, browser = self.user()
        until(lambda: self.notes("signed_in", name))
        self.assertIn(429, (self.sign_in(name, "wrong wrong wrong").status for _ in range(20)))
        until(lambda: self.notes("sign_in_failed", name))
        until(lambda: self.notes("sign_ins_slowed", name))
        self.refused(browser.command("quarantine", {"lots": []}), 403, "right_needed")
        found = until(lambda: self.notes("right_refused", name))
        self.assertIn("quality", found[0]["detail"])

    def test_a_flood_makes_few_entries(self):
        before = self.all.get("/api/v1/head").json["entry"]
        viewer = self.user("viewer")[1]
        for i in range(300):
            viewer.command("quarantine", {})
            viewer.ask("DELETE", f"/api/v1/tokens/{i}")
        after = self.all.get("/api/v1/head").json["entry"]
        self.assertLess(after - before, 60)

    def test_what_was_typed_for_a_name_is_not_noted(self):
        typed = "my secret password " + uuid.uuid4().hex
        self.sign_in(typed, "x")
        until(lambda: self.notes("sign_in_failed", ""))
        self.assertNotIn(typed, self.all.get("/api/v1/entries?limit=1000").text)


class SecondPersons(People):
    def test_a_second_person_is_a_user(self):
        first, browser = self.user("supervisor")
        second, _ = self.user("operator")
        viewer, _ = self.user("viewer")
        lot = self.all.command("receive", delivery("SP-" + first, "SP" + first)).json["opened"][0]["lot"]
        count = {"place": "ST1", "lines": [{"item": "FLOUR", "lot": lot, "quantity": "10"}]}
        for name in ("", first, "somebody", viewer):
            answer = browser.command("count", {**count, **({"confirmed_by": name} if name else {})})
            self.refused(answer, 403, "second_person_needed")
        self.assertEqual(browser.command("count", {**count, "confirmed_by": second}).status, 200)

    def test_who_judged_does_not_release(self):
        first, browser = self.user("quality")
        second, other = self.user("quality")
        self.all.command("set_item", {"code": "PILL", "name": "Pill", "second_person": True})
        body = {"supplier": "MILL", "document": "P-" + first, "to": "ST1", "lines": [{"item": "PILL", "quantity": "5"}]}
        lot = self.all.command("receive", body).json["opened"][0]["lot"]
        lots = {"lots": [{"item": "PILL", "lot": lot}], "reason": "checked"}
        self.assertEqual(browser.command("quarantine", lots).status, 200)
        self.refused(browser.command("release", lots), 403, "second_person_needed")
        self.assertEqual(other.command("release", lots).status, 200)


class Signatures(People):
    def entry(self):
        return self.all.command("receive", delivery("SG-" + uuid.uuid4().hex[:8], "S")).json["entry"]

    def sign(self, browser, entry, name, password, **more):
        return browser.ask("POST", "/api/v1/signatures",
                           {"entry": entry, "meaning": "reviewed", "name": name, "password": password, **more})

    def card(self, entry):
        return self.all.get(f"/api/v1/entries?after={entry - 1}&limit=1").json["entries"][0]

    def test_signed_shown_and_verified(self):
        name, browser = self.user("quality", name="Quirin Quast")
        entry, password = self.entry(), self.served.passwords[name]
        answer = self.sign(browser, entry, name, password, reason="seen")
        self.assertEqual((answer.status, answer.json["kind"]), (200, "sign"), answer.text)
        shown = self.card(entry)["signatures"]
        self.assertEqual([(one["who"], one["name"], one["meaning"], one["entry"]) for one in shown],
                         [(name, "Quirin Quast", "reviewed", answer.json["entry"])])
        facts = self.card(answer.json["entry"])["facts"]
        self.assertEqual(facts[0]["fact"], "signed")
        self.refused(self.sign(browser, entry, name, password), 409, "already_so")
        self.assertEqual(self.sign(browser, entry, name, password, meaning="approved").status, 200)
        # A signature is an entry, and may be signed; it is not taken back.
        self.assertEqual(self.sign(browser, answer.json["entry"], name, password).status, 200)
        self.refused(self.all.command("undo", {"entries": [answer.json["entry"]], "reason": "x"}), 409, "cannot_be_corrected")
        self.served.stop()
        verified = subprocess.run([PROGRAM, "verify", "--book", self.served.book], capture_output=True, text=True)
        self.assertEqual(verified.returncode, 0, verified.stdout)
        self.served.start()

    def test_refused(self):
        name, browser = self.user("quality", name="Ada")
        nameless, other = self.user("quality")
        viewer, looking = self.user("viewer", name="Vera")
        entry, password = self.entry(), self.served.passwords[name]
        self.refused(self.sign(browser, entry, name, "wrong wrong wrong"), 401, "wrong_password")
        self.refused(self.sign(browser, entry, nameless, self.served.passwords[nameless]), 403, "right_needed")
        self.refused(self.sign(browser, 10**9, name, password), 422, "unknown_entry")
        self.refused(self.sign(browser, 10**12, name, password), 422, "unknown_entry")
        self.refused(self.sign(other, entry, nameless, self.served.passwords[nameless]), 422, "missing")
        self.refused(self.sign(looking, entry, viewer, self.served.passwords[viewer]), 403, "right_needed")
        self.refused(self.sign(self.all, entry, "all", "x" * 12), 403, "right_needed")
        self.assertEqual(self.card(entry)["signatures"], [])

    def test_guessing_by_signing_gets_slow(self):
        name, browser = self.user("quality", name="Ada")
        entry = self.entry()
        self.assertEqual(self.sign(browser, entry, name, "wrong wrong wrong").status, 401)
        self.assertIn(429, (self.sign(browser, entry, name, "wrong wrong wrong").status for _ in range(20)))


class Secrets(People):
    def test_no_secret_shows_anywhere(self):
        name, browser = self.user("quality", name="Ada")
        once = self.all.ask("POST", f"/api/v1/users/{name}/password").json["password"]
        client = Client(self.served.url)
        come_in(client, self.sign_in(name, once, client))
        chosen, typed = new_password(), "mistyped " + uuid.uuid4().hex
        answers = [self.sign_in(name, typed), client.ask("POST", "/api/v1/password", {"password": typed, "new_password": chosen}),
                   client.ask("POST", "/api/v1/password", {"password": once, "new_password": chosen, "no_such": typed}),
                   client.ask("POST", "/api/v1/password", '{"password": "' + typed)]
        come_in(client, client.ask("POST", "/api/v1/password", {"password": once, "new_password": chosen}))
        made = self.all.ask("POST", "/api/v1/tokens", {"name": "secret" + name, "rights": ["view"]}).json["token"]
        answers += [client.ask("POST", "/api/v1/signatures", {"entry": 1, "meaning": "reviewed", "name": name, "password": typed}),
                    Client(self.served.url, {"Authorization": "Bearer " + made + "x"}).get("/api/v1/head"),
                    self.all.get("/metrics"), self.all.get("/api/v1/users"), self.all.get("/api/v1/tokens"),
                    client.get("/api/v1/sessions")]
        secrets = [once, chosen, typed, made, client.headers["Cookie"].split("=")[1], client.headers["X-CSRF-Token"],
                   self.served.tokens["all"], self.served.password]
        self.served.stop()
        book = pathlib.Path(self.served.book)
        kept = b"".join(path.read_bytes() for path in book.parent.glob(book.name + "*"))
        self.served.start()
        for secret in secrets:
            self.assertNotIn(secret, self.served.logged())
            self.assertNotIn(secret.encode(), kept)
            for answer in answers:
                self.assertNotIn(secret, answer.text)


class CommandLine(unittest.TestCase):
    def run_program(self, *arguments, code=0):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_users_by_hand(self):
        import tempfile
        with tempfile.TemporaryDirectory(prefix="lotbook-people-") as folder:
            book = str(pathlib.Path(folder, "a.book"))
            self.run_program("create", book)
            said = self.run_program("user", "create", "ana", "--role", "operator", "--name", "Ana K", "--book", book)
            self.assertIn("signs in with the password", said)
            self.run_program("user", "create", "ana", "--role", "operator", "--book", book, code=1)
            self.run_program("user", "disable", "ana", "--book", book)
            users = json.loads(self.run_program("user", "list", "--json", "--book", book))["users"]
            self.assertEqual([(user["code"], user["name"], user["disabled"]) for user in users], [("ana", "Ana K", True)])
            self.run_program("user", "enable", "ana", "--book", book)
            self.assertIn("password", self.run_program("user", "password", "ana", "--book", book))
            self.run_program("user", "password", "nobody", "--book", book, code=1)
            self.run_program("user", "frobnicate", code=2)
            self.assertIn("| receive | operate | operator, supervisor, quality, admin |", self.run_program("rights"))
            self.run_program("verify", "--book", book)


if __name__ == "__main__":
    unittest.main()
