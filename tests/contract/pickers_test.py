#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# proves: R28, R51, R52, R53
"""256 pickers on four lots at once: some ask twice, some hang up. Together they get exactly what is there, nothing is
booked twice, and every refusal was true at the entry that it names.

pickers_test.py PROGRAM [--units N] [--pickers N] [--seed N] [--two-servers]     N: units in each lot

With --two-servers the book lies in a PostgreSQL of its own, half of the pickers ask another server than the rest, and
somebody ends connections to the database all the time, kills a server, and crashes the database.
"""
import argparse
import asyncio
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter

arguments = argparse.ArgumentParser()
arguments.add_argument("program", nargs="?", default="build/dev/lotbook")
arguments.add_argument("--units", type=int, default=1500)
arguments.add_argument("--pickers", type=int, default=256)
arguments.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
arguments.add_argument("--two-servers", action="store_true")
GIVEN = arguments.parse_args()
sys.argv[1:] = [GIVEN.program]
DATABASE = None
if GIVEN.two_servers:
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "postgresql"))
    from server import Server
    PLACE = tempfile.TemporaryDirectory(prefix="lotbook-pickers-", dir="/tmp")
    os.chmod(PLACE.name, 0o755)
    DATABASE = Server(pathlib.Path(PLACE.name, "postgresql"))
    DATABASE.create()
    pathlib.Path(PLACE.name, "url").write_text(DATABASE.url())
    os.environ["LOTBOOK_TEST_POSTGRESQL"] = str(pathlib.Path(PLACE.name, "url"))

from served import Served, set_up  # noqa: E402  (it takes the program from the arguments)

LOTS = ["L1", "L2", "L3", "L4"]  # in the order in which they are to go
DUPLICATED, BROKEN_OFF, TOO_EAGER = 15, 4, 5  # in a hundred requests


def expect(truth, what):
    if not truth:
        raise AssertionError(f"seed {GIVEN.seed}: {what}")


class Picker:
    """One person with one order, a connection of her own, and never more than one request on the way."""

    def __init__(self, served, number, share):
        self.served = served
        self.token, self.order = served.tokens["all"], f"SO-{number:04}"
        self.random = random.Random(f"{GIVEN.seed} {number}")
        self.open, self.lot, self.asked = share, LOTS[0], 0
        self.pipe = None
        self.applied, self.refusals, self.again, self.hung_up, self.unsure = {}, [], 0, 0, 0  # applied: key -> (entry, lot, quantity)

    async def send(self, body, key, hang_up=False):
        """The answer, or None when the line is gone."""
        address = urllib.parse.urlsplit(self.served.url)
        if self.pipe is None:
            self.pipe = await asyncio.open_connection(address.hostname, address.port)
        reader, writer = self.pipe
        text = json.dumps(body).encode()
        writer.write((f"POST /api/v1/pick HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
                      f"Authorization: Bearer {self.token}\r\nIdempotency-Key: {key}\r\n"
                      f"Content-Length: {len(text)}\r\n\r\n").encode() + text)
        if hang_up:
            await writer.drain()
            writer.close()
            self.pipe, self.hung_up = None, self.hung_up + 1
            return None
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        answer = json.loads(await reader.readexactly(int(headers["content-length"])))
        return int(head[0].split()[1]), int(headers.get("lotbook-entry", 0)), answer

    async def certain(self, body, key, hang_up=False):
        """The same, and when nobody can say whether it is done, again under the same key."""
        for _ in range(3000):
            try:
                answer = await self.send(body, key, hang_up)
                if answer is None or answer[0] not in (500, 503):
                    return answer
                expect(answer[0] == 503 and DATABASE, f"{key} was answered {answer}")
                self.unsure += 1
            except (OSError, asyncio.IncompleteReadError):
                expect(DATABASE, f"{key}: the server hung up")
                self.pipe = None
            await asyncio.sleep(0.02)
        expect(False, f"{key} never got an answer")

    async def pick(self, quantity):
        """The code of the refusal, or None."""
        self.asked += 1
        key = f"{self.order}-{self.asked}"
        body = {"order": self.order, "to": "STAGE",
                "lines": [{"line": 1, "lot": self.lot, "quantity": str(quantity), "from": "ST1"}]}
        answer = await self.certain(body, key, hang_up=self.random.randrange(100) < BROKEN_OFF)
        answer = answer or await self.certain(body, key)  # whoever hung up asks again under the same key
        status, entry, said = answer
        if self.random.randrange(100) < DUPLICATED:
            again = await self.certain(body, key)
            self.again += 1
            if status == 200:
                expect(again == answer, f"{key} was answered differently: {answer}, then {again}")
            else:
                status, entry, said = again  # what was refused may be judged anew
        if status == 200:
            self.applied[key] = (entry, self.lot, quantity)
            self.open -= quantity
            return None
        error = said["errors"][0]
        self.refusals.append((entry, self.lot, quantity, error["code"], error["pointer"]))
        if error["code"] == "not_first_to_go":
            self.lot = next(fact["value"] for fact in error["facts"] if fact["name"] == "lot")
        return error["code"]

    async def work(self):
        while self.open > 0:
            quantity = min(self.open, self.random.randint(1, 3))
            if self.random.randrange(100) < TOO_EAGER:
                self.lot = self.random.choice(LOTS[LOTS.index(self.lot):])
            refused = await self.pick(quantity)
            while refused not in (None, "not_first_to_go"):
                if refused == "reserved_for_others" or refused == "not_enough":
                    if quantity > 1:
                        quantity = 1
                    elif refused == "not_enough" and self.lot != LOTS[-1]:
                        self.lot = LOTS[LOTS.index(self.lot) + 1]
                    else:
                        return  # nothing is left for this order
                else:
                    raise AssertionError(f"seed {GIVEN.seed}: {self.order} was refused as {refused}")
                refused = await self.pick(quantity)


def prepare(client, shares):
    set_up(client)
    bodies = [
        ("set_place", {"code": "STAGE", "name": "Staging", "kind": "staging", "parent": "PLANT"}),
        ("set_partner", {"code": "SHOP", "name": "Shop", "roles": ["customer"]}),
        ("set_item", {"code": "TART", "name": "Tart", "unit": "EA", "decimals": 0}),
        ("open_stock", {"document": "GO-LIVE", "lines": [
            {"item": "TART", "lot": lot, "quantity": str(GIVEN.units), "to": "ST1", "expires_on": f"2099-01-0{i + 1}"}
            for i, lot in enumerate(LOTS)]}),
    ] + [("set_sales_order", {"number": f"SO-{i:04}", "customer": "SHOP", "site": "PLANT",
                              "lines": [{"item": "TART", "quantity": str(share)}]}) for i, share in enumerate(shares)]
    for name, body in bodies:
        answer = client.command(name, body)
        expect(answer.status == 200, f"{name}: {answer.text}")


def entries(client):
    after = 0
    while True:
        page = client.get(f"/api/v1/entries?after={after}&limit=1000").json
        yield from page["entries"]
        if not page["entries"] or not page.get("next"):
            return
        after = page["next"]


def judge(client, pickers, shares, first):
    """Goes through the ledger and compares it with what the pickers were told."""
    told = {}  # entry -> what was picked by it, as a picker was told
    refusals = {}  # entry -> refusals that name it
    for picker in pickers:
        for key, (entry, lot, quantity) in picker.applied.items():
            expect(entry not in told, f"entry {entry} was given to two keys")
            told[entry] = (picker.order, lot, quantity, key)
        for entry, *refusal in picker.refusals:
            refusals.setdefault(entry, []).append((picker.order, *refusal))
    left = {lot: GIVEN.units for lot in LOTS}
    still = {f"SO-{i:04}": share for i, share in enumerate(shares)}  # in the order in which they were made
    kinds = Counter()

    def check_refusals(at):
        for order, lot, quantity, code, _ in refusals.pop(at, ()):
            kinds[code] += 1
            before = sum(much for other, much in still.items() if other < order)
            is_true = {"not_enough": left[lot] < quantity,
                       "not_first_to_go": any(left[other] > 0 for other in LOTS[:LOTS.index(lot)]),
                       "reserved_for_others": sum(left.values()) - before < quantity}
            expect(is_true.get(code), f"at entry {at}, {order} was refused {quantity} of {lot} as {code}: "
                                      f"left {left}, {before} for orders before")

    check_refusals(first)
    for row in entries(client):
        if row["entry"] <= first:
            continue
        expect(row["kind"] == "pick", f"entry {row['entry']} is a {row['kind']}")
        expect(row["entry"] in told, f"nobody was told of entry {row['entry']}")
        order, lot, quantity, _ = told.pop(row["entry"])
        expect((row["document"], row["lines"][0]["lot"], int(row["lines"][0]["quantity"])) == (order, lot, quantity),
               f"entry {row['entry']} is not what was asked for")
        expect(not any(left[other] for other in LOTS[:LOTS.index(lot)]), f"entry {row['entry']} passed a lot over")
        left[lot] -= quantity
        still[order] -= quantity
        expect(left[lot] >= 0 and still[order] >= 0, f"more was picked than there was, at entry {row['entry']}")
        check_refusals(row["entry"])
    expect(not told, f"acknowledged, and not in the book: {told}")
    expect(not refusals, f"refusals name entries that are not there: {sorted(refusals)[:5]}")
    return sum(shares) - sum(still.values()), kinds


class Trouble(threading.Thread):
    """Ends connections of the servers to the database; once kills the second server, and once crashes the database."""

    def __init__(self, second):
        super().__init__(daemon=True)
        self.second, self.random, self.is_over, self.ended = second, random.Random(GIVEN.seed), threading.Event(), 0

    def run(self):
        deeds = {3: self.kill_server, 6: self.crash_database}
        turn = 0
        while not self.is_over.wait(self.random.uniform(0.05, 0.5)):
            turn += 1
            deeds.get(turn, self.end_connections)()

    def end_connections(self):
        done = subprocess.run(["psql", "-qtA", DATABASE.url(), "-c",
                               "select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity where "
                               "application_name = 'lotbook' order by random() limit 3) as few"], capture_output=True, text=True)
        self.ended += int(done.stdout or 0)

    def kill_server(self):
        self.second.process.kill()
        self.second.process.wait()
        self.second.process.stdout.close()
        self.second.start()

    def crash_database(self):
        DATABASE.stop("immediate")
        DATABASE.start()


async def everybody(pickers):
    await asyncio.gather(*(picker.work() for picker in pickers))


def main():
    there = GIVEN.units * len(LOTS)
    # Together they ask for a fifth more than there is.
    shares = [there * 6 // 5 // GIVEN.pickers + i % 3 for i in range(GIVEN.pickers)]
    with Served() as served:
        client = served.client()
        prepare(client, shares)
        first = client.get("/api/v1/head").json["entry"]
        servers, trouble = [served], None
        if DATABASE:
            servers.append(served.another())
            trouble = Trouble(servers[1])
            trouble.start()
        pickers = [Picker(servers[i % len(servers)], i, share) for i, share in enumerate(shares)]
        began = time.monotonic()
        asyncio.run(everybody(pickers))
        spent = time.monotonic() - began
        if trouble:
            trouble.is_over.set()
            trouble.join()
            expect(servers[1].stop() == 0, "the second server did not end well")
            client.close()
            subprocess.run([GIVEN.program, "verify", "--book", served.book], check=True)
            print(f"{trouble.ended} connections ended, {sum(p.unsure for p in pickers)} answers unsure")
        got, kinds = judge(client, pickers, shares, first)
        expect(got == min(sum(shares), there), f"they got {got}, of {there} there and {sum(shares)} asked for")
        asked = sum(p.asked + p.again + p.hung_up for p in pickers)
        print(f"seed {GIVEN.seed}: {len(pickers)} pickers got {got} of {sum(shares)} in {spent:.1f} s by {asked} "
              f"requests, {sum(p.again for p in pickers)} asked twice, {sum(p.hung_up for p in pickers)} broken off; "
              f"refused: {dict(kinds)}")


try:
    main()
finally:
    if DATABASE:
        DATABASE.stop()
