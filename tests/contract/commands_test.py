#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Commands and questions: every one has its route, refusals name fields, a key is done once, answers can be kept."""
import re
import subprocess
import threading
import unittest

from served import PROGRAM, ServedTest, delivery


def operations(document):
    return [(path, method.upper()) for path, of_path in document["paths"].items() for method in of_path]


class Document(ServedTest):
    def setUp(self):
        self.client = self.served.client()
        self.document = self.client.get("/api/v1/openapi.json").json

    def test_every_path_takes_the_methods_it_says_and_no_other(self):
        for path, of_path in self.document["paths"].items():
            answer = self.client.ask("PUT", path.replace("{name}", "x"))
            self.refused(answer, 405, "method_not_allowed")
            allowed = set(answer.headers["Allow"].split(", ")) - {"HEAD"}
            self.assertEqual(allowed, {method.upper() for method in of_path}, path)

    def test_every_verb_made_from_the_tables_is_in_it(self):
        shown = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
        groups = re.split(r"\n(?=\S)", shown)
        verbs = [verb.replace("-", "_") for group in groups if group.startswith("What may be asked")
                 for verb in re.findall(r"^  ([\w-]+)", group, re.MULTILINE)]
        self.assertGreater(len(verbs), 10)
        for verb in verbs:
            self.assertIn("/api/v1/" + verb, self.document["paths"])

    def test_references_lead_somewhere(self):
        def walk(node):
            if isinstance(node, dict):
                if "$ref" in node:
                    target = self.document
                    for part in node["$ref"].removeprefix("#/").split("/"):
                        self.assertIn(part, target, node["$ref"])
                        target = target[part]
                for child in node.values():
                    walk(child)
            elif isinstance(node, list):
                for child in node:
                    walk(child)
        walk(self.document)
        self.assertEqual(self.document["openapi"], "3.1.0")
        ids = [self.document["paths"][path][method.lower()]["operationId"] for path, method in operations(self.document)]
        self.assertEqual(len(ids), len(set(ids)))

    def test_commands_want_a_key_and_an_object(self):
        for path, of_path in self.document["paths"].items():
            if "post" not in of_path or "commands" not in of_path["post"]["tags"]:
                continue
            self.refused(self.client.ask("POST", path, {}), 400, "key_needed")
            self.refused(self.client.command(path.removeprefix("/api/v1/"), "[]"), 400, "wrong_type")

    def test_questions_that_need_nothing_answer(self):
        for path, of_path in self.document["paths"].items():
            question = of_path.get("get", {})
            if "questions" not in question.get("tags", ()) or any(p["required"] for p in question.get("parameters", ())):
                continue
            answer = self.client.get(path)
            # Some want one of several fields, which no schema says: they refuse and name it.
            self.assertIn(answer.status, (200, 422), path + answer.text)
            self.assertTrue(answer.headers["Lotbook-Entry"].isdigit())


class Refusals(ServedTest):
    def setUp(self):
        self.client = self.served.client()

    def test_all_wrong_fields_are_named(self):
        answer = self.client.command("receive", {"supplier": 5, "colour": "red", "lines": [
            {"item": "FLOUR", "quantity": 5}, {"item": "FLOUR", "quantity": "many", "expires_on": "soon"}]})
        self.refused(answer, 400, "wrong_type")
        self.assertEqual(set(answer.pointers), {"/supplier", "/colour", "/document", "/lines/0/quantity",
                                                "/lines/1/quantity", "/lines/1/expires_on"})
        self.assertEqual(answer.pointers["/colour"], "unknown_field")
        self.assertEqual(answer.pointers["/document"], "missing")

    def test_all_unknown_names_are_named(self):
        answer = self.client.command("receive", {"supplier": "NOBODY", "document": "D-1", "lines": [
            {"item": "NOTHING", "quantity": "1", "to": "ST1"}, {"item": "FLOUR", "quantity": "-1", "to": "NOWHERE"}]})
        self.assertEqual(answer.status, 422, answer.text)
        self.assertLessEqual({"/supplier": "unknown_partner", "/lines/0/item": "unknown_item"}.items(),
                             answer.pointers.items())
        for error in answer.json["errors"]:
            self.assertGreater(len(error["detail"]), 10)

    def test_text_that_is_no_json(self):
        for body, code in (("", "malformed"), ("{", "malformed"), ('{"supplier":"A","supplier":"B"}', "malformed"),
                           ("{} {}", "malformed"), ("[" * 100 + "]" * 100, "too_deep"), (b'{"supplier":"\xff"}', "not_text")):
            self.refused(self.client.command("receive", body), 400, code)

    def test_questions_name_their_wrong_parameters(self):
        answer = self.client.get("/api/v1/entries?after=x&colour=red&limit=5&limit=6")
        self.refused(answer, 400, "wrong_type")
        self.assertEqual(answer.pointers, {"/after": "wrong_type", "/colour": "unknown_field", "/limit": "malformed"})
        answer = self.client.get("/api/v1/lot?item=FLOUR&lot=NONE")
        self.refused(answer, 422, "unknown_lot")
        self.refused(self.client.get("/api/v1/lot"), 422, "missing")

    def test_addresses_that_there_are_not(self):
        self.refused(self.client.get("/api/v1/recieve"), 404, "not_found")
        self.refused(self.client.get("/api/v1/receive"), 405, "method_not_allowed")
        self.refused(self.client.get("/api/v1/receive/1"), 404, "not_found")


class Keys(ServedTest):
    TOKENS = {"other": "view,operate"}

    def setUp(self):
        self.client = self.served.client()

    def entries(self):
        return self.client.get("/api/v1/head").json["entry"]

    def test_same_key_same_answer(self):
        first = self.client.command("receive", delivery("K-1", "A1", "A2"), key="key-1")
        self.assertEqual(first.status, 200, first.text)
        entries = self.entries()
        # The same fields in another order are the same request.
        again = self.client.command("receive", dict(reversed(delivery("K-1", "A1", "A2").items())), key="key-1")
        self.assertEqual((again.status, again.body), (200, first.body))
        self.assertEqual(again.headers["ETag"], first.headers["ETag"])
        self.assertEqual(self.entries(), entries)
        self.assertEqual(first.headers["Lotbook-Entry"], str(first.json["entry"]))
        self.assertEqual([lot["lot"] != "" for lot in first.json["opened"]], [True, True])

    def test_other_body_is_refused(self):
        self.assertEqual(self.client.command("receive", delivery("K-2", "B1"), key="key-2").status, 200)
        self.refused(self.client.command("receive", delivery("K-2", "B2"), key="key-2"), 422, "key_reused")
        self.refused(self.client.command("set_item", {"code": "X", "name": "X"}, key="key-2"), 422, "key_reused")

    def test_a_refusal_does_not_use_a_key_up(self):
        self.assertEqual(self.client.command("receive", delivery("K-3"), key="key-3").status, 422)
        self.assertEqual(self.client.command("receive", delivery("K-3", "C1"), key="key-3").status, 200)

    def test_keys_of_two_clients_never_meet(self):
        mine = self.client.command("receive", delivery("K-4", "D1"), key="key-4")
        theirs = self.served.client("other").command("receive", delivery("K-5", "D2"), key="key-4")
        self.assertEqual((mine.status, theirs.status), (200, 200))
        self.assertNotEqual(mine.json["entry"], theirs.json["entry"])

    def test_keys_that_are_none(self):
        for key in (" ", "a b", "x" * 201, "ä"):
            answer = self.client.ask("POST", "/api/v1/receive", delivery("K-6", "E1"), {"Idempotency-Key": key.encode("latin-1")})
            self.refused(answer, 400, "key_needed")

    def test_many_at_once_are_done_once(self):
        answers = []

        def send():
            answers.append(self.served.client().command("receive", delivery("K-7", "F1"), key="key-7"))
        threads = [threading.Thread(target=send) for _ in range(16)]
        before = self.entries()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({(answer.status, answer.body) for answer in answers}, {(200, answers[0].body)})
        self.assertEqual(len(answers), 16)
        self.assertEqual(self.entries(), before + 1)

    def test_keys_last_over_a_restart(self):
        first = self.client.command("receive", delivery("K-8", "G1"), key="key-8")
        self.client.close()
        self.assertEqual(self.served.stop(), 0)
        self.served.start()
        self.client = self.served.client()
        self.assertEqual(self.client.command("receive", delivery("K-8", "G1"), key="key-8").body, first.body)


class Answers(ServedTest):
    def setUp(self):
        self.client = self.served.client()

    def test_what_did_not_change_is_not_sent_again(self):
        first = self.client.get("/api/v1/head")
        again = self.client.get("/api/v1/head", {"If-None-Match": first.headers["ETag"]})
        self.assertEqual((again.status, again.body), (304, b""))
        self.assertEqual(self.client.command("receive", delivery("N-1", "N1")).status, 200)
        changed = self.client.get("/api/v1/head", {"If-None-Match": first.headers["ETag"]})
        self.assertEqual(changed.status, 200)
        self.assertEqual(changed.json["entry"], first.json["entry"] + 1)
        self.assertEqual(changed.headers["Lotbook-Entry"], str(changed.json["entry"]))
        self.assertIn("private", changed.headers["Cache-Control"])

    def test_head_is_get_without_a_body(self):
        got, headed = self.client.get("/api/v1/head"), self.client.ask("HEAD", "/api/v1/head")
        self.assertEqual((headed.status, headed.body), (200, b""))
        self.assertEqual(headed.headers["ETag"], got.headers["ETag"])

    def test_the_feed_is_taken_up_where_it_was_left(self):
        for number in range(5):
            answer = self.client.command("receive", delivery(f"F-{number}", f"F{number}"))
            self.assertEqual(answer.status, 200, answer.text)
        whole = [entry["entry"] for entry in self.client.get("/api/v1/entries?limit=1000").json["entries"]]
        self.assertEqual(whole, list(range(1, len(whole) + 1)))
        read, after = [], 0
        while True:
            page = self.client.get(f"/api/v1/entries?after={after}&limit=3").json["entries"]
            read += [entry["entry"] for entry in page]
            if not page:
                break
            after = read[-1]
        self.assertEqual(read, whole)
        self.assertEqual(self.client.command("receive", delivery("F-9", "F9")).status, 200)
        new = self.client.get(f"/api/v1/entries?after={after}").json["entries"]
        self.assertEqual([(entry["entry"], entry["document"]) for entry in new], [(after + 1, "F-9")])

    def test_a_lot_is_found_the_moment_it_is_received(self):
        for number in range(30):
            code = f"ZUTAT-Ü{number:03}"
            self.assertEqual(self.client.command("receive", delivery(f"S-{number}", code)).status, 200)
            found = self.client.get(f"/api/v1/search?text=%C3%BC{number:03}")
            self.assertEqual([row["bears"] or row["code"] for row in found.json["rows"]], [code])
            self.assertEqual(str(found.json["entry"]), found.headers["Lotbook-Entry"])

    def test_a_question_with_many_lots_goes_into_a_body(self):
        opened = self.client.command("receive", delivery("T-1", "T1", "T2")).json["opened"]
        lots = [{"item": lot["item"], "lot": lot["lot"]} for lot in opened]
        answer = self.client.ask("POST", "/api/v1/trace_forward", {"lots": lots})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual({lot["lot"] for lot in answer.json["lots"]}, {lot["lot"] for lot in opened})
        answer = self.client.ask("POST", "/api/v1/trace_back", {"lots": [{"lot": "X"}]})
        self.assertEqual(answer.pointers, {"/lots/0/item": "missing"})

    def test_a_scan_says_what_a_code_means_and_writes_nothing(self):
        opened = self.client.command("receive", delivery("SC-1", "SCAN-ME")).json["opened"][0]
        answer = self.client.ask("POST", "/api/v1/scans", {"code": "SCAN-ME"})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual((answer.json["meaning"]["kind"], answer.json["meaning"]["code"]), ("lot", opened["lot"]))
        self.assertEqual(answer.json["candidates"], [])
        self.assertEqual(answer.json["entry"], self.client.get("/api/v1/head").json["entry"])
        nothing = self.client.ask("POST", "/api/v1/scans", {"code": "NEVER-SEEN"})
        self.assertEqual((nothing.status, nothing.json["meaning"]), (200, None))
        self.assertEqual(self.client.ask("POST", "/api/v1/scans", {}).pointers, {"/code": "missing"})

    def test_quantities_are_text(self):
        opened = self.client.command("receive", delivery("Q-1", "Q1")).json["opened"][0]
        lot = self.client.get(f"/api/v1/lot?item=FLOUR&lot={opened['lot']}").json
        self.assertEqual(lot["on_hand"], "25")


if __name__ == "__main__":
    unittest.main()
