#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Requests drawn from the server's own OpenAPI document, sound and broken: never a 5xx, always what is documented.

    fuzz_test.py LOTBOOK [--seconds N]

LOTBOOK_SEED repeats a run; the seed is printed. Values are mostly codes that the book knows, so that commands get far.
"""
import json
import os
import random
import re
import subprocess
import sys
import time
import urllib.parse
import uuid

SECONDS = 60.0
if "--seconds" in sys.argv:
    at = sys.argv.index("--seconds")
    SECONDS = float(sys.argv[at + 1])
    del sys.argv[at:at + 2]

from served import Served, delivery, set_up  # noqa: E402  it reads the program from the arguments

# What each field is likely to hold, by the end of its name. Answers of the server add to it.
WORDS = {
    "item": ["FLOUR", "CAKE", "UNIT", "FISH", "MILK"], "lot": ["L1", "L2", "C1", "C2"], "supplier": ["MILL"],
    "customer": ["CAFE"], "partner": ["MILL", "CAFE"], "address": ["CAFE-1"], "from": ["ST1", "ST2", "RAMP", "TANK"],
    "to": ["ST1", "ST2", "RAMP", "KEEP"], "place": ["PLANT", "ST1", "TANK"], "site": ["PLANT", "NORTH"], "vessel": ["TANK"],
    "order": ["SO-1", "SO-2"], "number": ["SO-1", "SO-2", "PO-1", "H1"], "document": ["D-1", "B-1", "B-2", "N-1"],
    "hold": ["H1"], "unit": ["KGM", "EA", "LTR", ""], "sscc": ["340063810000000018", "340063810000000025"],
    "serials": ["S1", "S2", "S3"], "serial": ["S1"], "zone": ["UTC", "Europe/Berlin"], "time_zone": ["UTC"],
    "handling_units": ["340063810000000018"], "noun": ["item"], "code": ["FLOUR", "NEW-1", "ST1"], "at": ["2026-01-05T08:00Z"],
}
ODD = ["", " ", "\u0000", "\u202e", "é" * 70, "x" * 5000, "-1", "1e9", "9" * 30, "0.0000001", "2026-02-30", "24:00", "null",
       "'; drop table entry; --", "../../etc/passwd", "\ud83c\udf5e", "L1\n", "true", "NaN", "2026-01-01T00:00:60Z"]
STATUSES = {200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 411, 413, 415, 421, 422, 428, 429, 431}


class Schemas:
    """Draws values that fit a schema of the document, and says why one does not."""

    def __init__(self, document, draw):
        self.document, self.draw = document, draw

    def resolved(self, schema):
        while "$ref" in schema:
            found = self.document
            for part in schema["$ref"][2:].split("/"):
                found = found[part]
            schema = found
        return schema

    def value(self, schema, name="", depth=0):
        schema, draw = self.resolved(schema), self.draw
        if draw.random() < 0.02:
            return self.wrong()
        if "enum" in schema:
            return draw.choice(schema["enum"])
        kinds = schema.get("type", "string")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        kind = draw.choice([k for k in kinds if k != "null"] or ["null"]) if draw.random() < 0.9 else draw.choice(kinds)
        if kind == "object":
            required = schema.get("required", [])
            body = {key: self.value(inner, key, depth + 1) for key, inner in schema.get("properties", {}).items()
                    if draw.random() < (0.97 if key in required else 0.25)}
            if draw.random() < 0.01:
                body["surprise"] = self.wrong()
            return body
        if kind == "array":
            most = min(schema.get("maxItems", 3), 3)
            return [self.value(schema["items"], name, depth + 1) for _ in range(draw.randint(schema.get("minItems", 0), max(most, schema.get("minItems", 0))))]
        if kind == "integer":
            low, high = schema.get("minimum", -5), schema.get("maximum", 1000)
            return draw.choice([low, high, draw.randint(low, min(high, low + 300))])
        if kind == "boolean":
            return draw.random() < 0.5
        if kind == "null":
            return None
        return self.text(schema, name)

    def text(self, schema, name):
        draw = self.draw
        if draw.random() < 0.03:
            return draw.choice(ODD)
        if schema.get("format") == "date":
            return f"2026-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        if "pattern" in schema:
            return str(draw.randint(0, 40)) if draw.random() < 0.8 else f"{draw.randint(0, 9)}.{draw.randint(0, 999)}"
        known = next((words for end, words in WORDS.items() if name == end), None) or next(
            (words for end, words in WORDS.items() if name.endswith("_" + end)), None)
        if known and draw.random() < 0.9:
            return draw.choice(known)
        if schema.get("examples") and draw.random() < 0.5:
            return draw.choice(schema["examples"])
        return "".join(draw.choice("ABCD-0123 ") for _ in range(draw.randint(1, min(schema.get("maxLength", 12), 12))))

    def wrong(self):
        return self.draw.choice([None, 0, -1, 1e300, True, [], {}, [[]], {"a": {"b": []}}, *ODD])

    def fault(self, schema, value, at=""):
        """Why a value of the server's does not fit what it documents; None when it does."""
        schema = self.resolved(schema)
        kinds = schema.get("type")
        if kinds:
            is_kind = {"object": lambda v: isinstance(v, dict), "array": lambda v: isinstance(v, list),
                       "string": lambda v: isinstance(v, str), "boolean": lambda v: isinstance(v, bool),
                       "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
                       "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
                       "null": lambda v: v is None}
            if not any(is_kind[kind](value) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return f"{at or '/'} is {value!r:.60}, not {kinds}"
        if "enum" in schema and value not in schema["enum"] and value is not None:
            return f"{at} is {value!r:.60}, none of the choices"
        if isinstance(value, dict):
            for key in schema.get("required", []):
                if key not in value:
                    return f"{at}/{key} is missing"
            for key, inner in value.items():
                known = schema.get("properties", {}).get(key)
                if known is None and schema.get("additionalProperties") is False:
                    return f"{at}/{key} is not documented"
                if known is not None and (fault := self.fault(known, inner, f"{at}/{key}")):
                    return fault
        if isinstance(value, list) and "items" in schema:
            for i, inner in enumerate(value):
                if fault := self.fault(schema["items"], inner, f"{at}/{i}"):
                    return fault
        if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
            return f"{at} is {value!r:.60}, against its pattern"
        return None


def plant(client):
    """A small book in which most commands have something to work on."""
    set_up(client)
    for name, body in [
        ("set_place", {"code": "NORTH", "name": "North", "kind": "site"}),
        ("set_place", {"code": "RAMP", "name": "Ramp", "kind": "staging", "parent": "PLANT"}),
        ("set_place", {"code": "KEEP", "name": "Retained", "kind": "samples", "parent": "PLANT"}),
        ("set_place", {"code": "TANK", "name": "Tank", "kind": "vessel", "parent": "PLANT", "mixing": "mixes"}),
        ("set_partner", {"code": "CAFE", "name": "Cafe", "roles": ["customer"]}),
        ("set_item", {"code": "CAKE", "name": "Cake", "unit": "EA", "shelf_life_days": 30}),
        ("set_item", {"code": "MILK", "name": "Milk", "unit": "LTR", "decimals": 2}),
        ("set_item", {"code": "FISH", "name": "Fish", "unit": "EA", "unit2": "KGM", "decimals2": 3}),
        ("set_item", {"code": "UNIT", "name": "Device", "unit": "EA", "tracking": "serial"}),
        ("receive", delivery("D-1", "L1", "L2")),
        ("receive", {"supplier": "MILL", "document": "D-2", "to": "ST1", "lines": [
            {"item": "UNIT", "lot": "U1", "serials": ["S1", "S2", "S3"]},
            {"item": "MILK", "lot": "M1", "quantity": "90"},
            {"item": "CAKE", "lot": "C1", "quantity": "40", "sscc": "340063810000000018"}]}),
        ("set_sales_order", {"number": "SO-1", "customer": "CAFE", "site": "PLANT",
                             "lines": [{"line": 1, "item": "CAKE", "quantity": "9"}]}),
    ]:
        client.command(name, body)


class Fuzzer:
    def __init__(self, served, document, draw):
        self.served, self.document, self.draw = served, document, draw
        self.schemas = Schemas(document, draw)
        self.client = served.client()
        self.counts = {}
        self.operations = [(method, path, operation) for path, methods in document["paths"].items()
                           for method, operation in methods.items()]

    def learn(self, answer):
        """Codes that the server made are asked about later."""
        if not isinstance(answer, dict):
            return
        for opened in answer.get("opened", []):
            WORDS["lot"].append(opened["lot"])
        for made, field in (("hold", "hold"), ("order", "document"), ("document", "document")):
            if isinstance(answer.get(made), str) and answer[made]:
                WORDS[field].append(answer[made])
        for words in WORDS.values():
            del words[:-40]

    def request(self):
        method, path, operation = self.draw.choice(self.operations)
        headers, body = {}, None
        if "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            body = json.dumps(self.schemas.value(schema))
            if self.draw.random() < 0.03:
                cut = self.draw.randrange(len(body) + 1)
                body = body[:cut] + self.draw.choice(["", "}", "{", '"', "\\", "\x00", ",", "[[[["]) + body[cut:]
        query = []
        for parameter in operation.get("parameters", []):
            parameter = self.schemas.resolved(parameter)
            if parameter["in"] == "header" and (parameter["name"] != "Idempotency-Key" or self.draw.random() < 0.97):
                headers[parameter["name"]] = str(uuid.UUID(int=self.draw.getrandbits(128)))
            elif parameter["in"] == "query" and self.draw.random() < (0.97 if parameter.get("required") else 0.3):
                value = self.schemas.value(parameter["schema"], parameter["name"])
                query.append((parameter["name"], value if isinstance(value, str) else json.dumps(value)))
            elif parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}",
                                    urllib.parse.quote(str(self.schemas.value(parameter["schema"], parameter["name"])).encode("utf-8", "replace"), safe=""))
        if query:
            path += "?" + urllib.parse.urlencode(query, errors="replace")
        return method.upper(), path, operation, headers, body

    def one(self):
        method, path, operation, headers, body = self.request()
        sent = f"{method} {path}\n{headers}\n{body}"
        answer = self.client.ask(method, path, body.encode("utf-8", "replace") if body is not None else None, headers)
        self.counts[answer.status] = self.counts.get(answer.status, 0) + 1
        told = f"{sent}\nanswered {answer.status}: {answer.text[:1500]}"
        assert answer.status in STATUSES, told
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", told
        if answer.status == 304 or answer.status == 204:
            return
        documented = operation["responses"].get(str(answer.status), operation["responses"].get("default"))
        assert documented, told
        content = self.schemas.resolved(documented).get("content", {})
        kind = answer.headers["Content-Type"].split(";")[0]
        assert kind in content, told
        if "json" in kind:
            fault = self.schemas.fault(content[kind]["schema"], answer.json)
            assert not fault, f"{fault}\n{told}"
            if answer.status == 200:
                self.learn(answer.json)


def main():
    seed = int(os.environ.get("LOTBOOK_SEED", random.SystemRandom().randrange(2**32)))
    print(f"LOTBOOK_SEED={seed}", flush=True)
    with Served() as served:
        plant(served.client())
        document = served.client().get("/api/v1/openapi.json").json
        fuzzer = Fuzzer(served, document, random.Random(seed))
        ends = time.monotonic() + SECONDS
        asked = 0
        while time.monotonic() < ends:
            fuzzer.one()
            asked += 1
        assert served.stop() == 0, served.logged()[-3000:]
        print(f"{asked} requests: " + ", ".join(f"{status} x {count}" for status, count in sorted(fuzzer.counts.items())))
        # A run in which nothing is done, or nothing is refused, has proved nothing.
        assert fuzzer.counts.get(200, 0) > asked / 20 and fuzzer.counts.get(422, 0) > asked / 20, fuzzer.counts
        verified = subprocess.run([sys.modules["served"].PROGRAM, "verify", "--book", served.book],
                                                capture_output=True, text=True, check=False)
        assert verified.returncode == 0, verified.stdout + verified.stderr


if __name__ == "__main__":
    main()
