#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks an extract of a ledger (`lotbook export --ledger`) without Lotbook: the bytes, the chain, the checkpoints and, if
given, checkpoints that were kept elsewhere. Then makes stock and a forward trace again from nothing but the entries.
docs/ledger-format.md says what is read here. Exit 0: all is well; 1: what is printed is wrong; 2: this is no extract."""
import argparse
import csv
import hashlib
import json
import sys
from collections import defaultdict

CUSTOMER, PROCESS, CONVERSION, IN_TRANSIT = 2, 3, 4, 9  # ends of movements; from 9 on places hold stock
GIVE_BACK, YIELD, PRODUCE, VOID_DISPATCH, UNDO = 9, 10, 12, 18, 36  # kinds of entries
RECORD_SET, LOT_CHANGED, ASSIGNED, ASSUMED, JOINED, KEY_CHANGED = 0, 1, 10, 11, 12, 39  # facts
ITEM, PARTNER, PLACE, CODE, UNTRACKED = 0, 1, 3, 0, 5  # choices
class Wrong(Exception):
    """What is wrong, as a sentence."""

def read(data, at=0, depth=0):
    """One item of deterministic CBOR from there on, as little of it as entries use, and where it ends."""
    major, low = data[at] >> 5, data[at] & 31
    if data[at] in (0xf4, 0xf5, 0xf6):
        return {0xf4: False, 0xf5: True, 0xf6: None}[data[at]], at + 1
    size = 0 if low < 24 else 1 << (low - 24) if low < 28 else 99
    value = int.from_bytes(data[at + 1:at + 1 + size], "big") if size else low
    at += 1 + size
    if major > 4 or depth > 8 or at > len(data) or (size and value < (24 if size == 1 else 1 << (4 * size))):
        raise Wrong("its bytes are not in the one form that entries have")
    if value >> 63 if major < 2 else value > len(data) - at:
        raise Wrong("it holds a number beyond 64 bits" if major < 2 else "its bytes end early")
    if major < 2:
        return value if major == 0 else ~value, at
    if major < 4:
        return data[at:at + value] if major == 2 else data[at:at + value].decode("utf-8"), at + value
    items = []
    for _ in range(value):
        item, at = read(data, at, depth + 1)
        items.append(item)
    return items, at

def decimal(value):
    """Millionths of a decimal number: mantissa·8 + decimals, or both in an array where that leaves 64 bits."""
    mantissa, decimals = value if isinstance(value, list) else (value >> 3, value & 7)
    is_short = -1 << 63 <= mantissa * 8 + decimals < 1 << 63
    if decimals > 6 or (decimals and mantissa % 10 == 0) or is_short == isinstance(value, list):
        raise Wrong("it holds a decimal number that is not in its one form")
    return mantissa * 10 ** (6 - decimals)

def text(millionths):
    whole, part = divmod(abs(millionths), 10 ** 6)
    return ("-" if millionths < 0 else "") + f"{whole}.{part:06}".rstrip("0").rstrip(".")

class Entry:
    def __init__(self, seq, body):
        fields, end = read(body)
        self.seq, self.kind, self.partner, self.run = seq, fields[1], fields[10], fields[12]
        self.reverses, self.reinstates, self.opened, self.lines, self.facts = fields[14:]
        if end != len(body) or fields[0] != 1 or {len(o) for o in self.opened} - {11} or {len(o) for o in self.lines} - {4, 7}:
            raise Wrong("it is no entry of this format")
        for i, line in enumerate(self.lines):  # lot, from, to, quantity, second quantity, in millionths
            self.lines[i] = (*line[:3], decimal(line[3]), decimal(line[4]) if len(line) == 7 else 0)
        self.is_undo = self.kind in (UNDO, VOID_DISPATCH)

# Signatures: Ed25519 as RFC 8032 describes it.
P, ORDER = 2 ** 255 - 19, 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def point_add(a, b):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    m, n, o, q = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P, 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = n - m, q - o, q + o, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P

def point_times(scalar, point):
    total = (0, 1, 1, 0)
    while scalar:
        total = point_add(total, point) if scalar & 1 else total
        point, scalar = point_add(point, point), scalar >> 1
    return total

def point_from(data):
    y = int.from_bytes(data, "little") & (1 << 255) - 1
    squared = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(squared, (P + 3) // 8, P)
    if (x * x - squared) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    x = x if x & 1 == data[31] >> 7 else P - x
    return None if y >= P or (x * x - squared) % P or x == P else (x, y, 1, x * y % P)
BASE = point_from((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def is_signed(key, message, signature):
    public, nonce, scalar = point_from(key), point_from(signature[:32]), int.from_bytes(signature[32:], "little")
    if public is None or nonce is None or scalar >= ORDER or len(key) != 32 or len(signature) != 64:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    (x1, y1, z1, _), (x2, y2, z2, _) = point_times(scalar, BASE), point_add(nonce, point_times(challenge, public))
    return (x1 * z2 - x2 * z1) % P == 0 and (y1 * z2 - y2 * z1) % P == 0

def checkpoint_text(c):
    lines = [f"{name} {c[name]}\n" for name in ("number", "entry", "hash", "previous", "made_at", "key")]
    return ("lotbook checkpoint 1\n" + "".join(lines)).encode()

def replaced(entry, among):
    return any(entry.seq in other.reverses and not other.is_undo for other in among)

def holds_stock(place):
    return place >= IN_TRANSIT

class Ledger:
    def __init__(self):
        self.entries, self.hashes, self.checkpoints = [], [bytes(32)], []
        self.stock, self.codes, self.lots, self.taken = defaultdict(lambda: [0, 0]), {}, {}, {}

    def read(self, lines):
        header, end, personal = None, None, 0
        for line in lines:
            (name, row), *others = json.loads(line).items()
            if (header is None) != (name == "ledger") or end is not None:
                raise Wrong("the extract holds a line that does not belong where it is")
            header = row if name == "ledger" else header
            end = row if name == "end" else None
            if name == "entry":
                self.add(row, **dict(others))
            elif name == "checkpoint":
                self.checkpoints.append(row)
            elif name == "personal" and (personal := personal + 1) and hashlib.sha256(bytes.fromhex(row["salt"]) + row.get("value", "").encode()).hexdigest() != row["hash"]:
                raise Wrong("a personal value is not the one whose hash the ledger holds")
        held = {"entries": len(self.entries), "checkpoints": len(self.checkpoints), "personal": personal}
        if end != held or (header["entries"], header["hash"]) != (held["entries"], self.hashes[-1].hex()):
            raise Wrong("the extract does not hold what its first and last line say")
        return header

    def add(self, number, body, hash, says):
        seq = len(self.entries) + 1
        try:
            if number != seq:
                raise Wrong(f"expected entry {seq} here")
            self.hashes.append(hashlib.sha256(self.hashes[-1] + bytes.fromhex(body)).digest())
            if self.hashes[-1].hex() != hash:
                raise Wrong("its hash does not cover its bytes and the entry before it")
            self.entries.append(Entry(seq, bytes.fromhex(body)))
            self.apply(self.entries[-1])
        except (Wrong, ValueError, TypeError, LookupError) as error:
            raise Wrong(f"entry {number}: {error}") from error

    def apply(self, entry):
        if any(not 0 < seq < entry.seq for seq in entry.reverses + entry.reinstates):
            raise Wrong("it takes back or brings back what is not before it")
        back, again = ([self.entries[seq - 1] for seq in seqs] for seqs in (entry.reverses, entry.reinstates))
        for earlier in back:
            self.move(earlier, -1)
            self.taken[earlier.seq] = entry.seq
            if entry.is_undo and not replaced(earlier, again):
                self.change(earlier, False)
        for earlier in again:
            self.move(earlier, 1)
            del self.taken[earlier.seq]
            if not replaced(earlier, back):
                self.change(earlier, True)
        for lot in entry.opened:
            self.lots[lot[0]] = {"item": lot[1], "code": lot[2], "issued": lot[4], "origin": lot[5] >> 2 & 15}
        self.change(entry, True)
        self.move(entry, 1)
        for lot, place in {(line[0], place) for e in (*back, *again, entry) for line in e.lines for place in line[1:3]}:
            if min(self.stock[lot, place]) < 0 and holds_stock(place):
                raise Wrong(f"lot {lot} falls below zero in place {place}")

    def move(self, entry, sign):
        for lot, source, target, *both in entry.lines:
            for place, plus, k in ((source, -sign, 0), (target, sign, 0), (source, -sign, 1), (target, sign, 1)):
                self.stock[lot, place][k] += plus * both[k]

    def change(self, entry, forwards):
        for fact in entry.facts if forwards else reversed(entry.facts):
            if fact[0] == RECORD_SET:
                self.codes[fact[1], fact[2]] = fact[3]
            elif fact[0] == LOT_CHANGED and fact[2] == CODE:
                self.lots[fact[1]]["code"] = fact[4] if forwards else fact[3]

    def check_checkpoint(self, c, whose):
        true = is_signed(bytes.fromhex(c["key"]), checkpoint_text(c), bytes.fromhex(c["signature"]))
        why = "its signature does not belong to it" if not true else \
            f"the end was cut: it names entry {c['entry']}, which is not there" if c["entry"] > len(self.entries) else \
            f"entry {c['entry']}, or something before it, was written anew" if self.hashes[c["entry"]].hex() != c["hash"] else ""
        if why:
            raise Wrong(f"{whose} {c['number']}: {why}")

    def check_checkpoints(self, header, kept, key):
        named = [(e.seq, fact[1]) for e in self.entries for fact in e.facts if fact[0] == KEY_CHANGED]
        previous = "0" * 64
        for number, c in enumerate(self.checkpoints, 1):
            key = key or c["key"]
            while named and named[0][0] <= c["entry"]:
                key = named.pop(0)[1]
            if (c["number"], c["previous"], c["key"]) != (number, previous, key):
                raise Wrong(f"checkpoint {c['number']}: it does not follow the one before it, or its key was never named")
            self.check_checkpoint(c, "checkpoint")
            previous = hashlib.sha256(checkpoint_text(c)).hexdigest()
        if self.checkpoints and header.get("key") != (named[-1][1] if named else key):
            raise Wrong("the first line names another key than the checkpoints have")
        for c in kept:
            self.check_checkpoint(c, "kept checkpoint")
            if c["number"] > len(self.checkpoints) or self.checkpoints[c["number"] - 1] != c:
                raise Wrong(f"kept checkpoint {c['number']}: the extract has another one, or none")

    def name(self, lot):
        return self.codes[ITEM, self.lots[lot]["item"]], self.lots[lot]["code"]

    def stock_rows(self):
        for (lot, place), both in self.stock.items():
            if any(both) and holds_stock(place):
                yield *self.name(lot), "in_transit" if place == IN_TRANSIT else self.codes[PLACE, place], *map(text, both)

    def says_beside_lines(self, entry):
        by = self.taken.get(entry.seq)
        return by is None or not self.entries[by - 1].is_undo or replaced(
            entry, [self.entries[seq - 1] for seq in self.entries[by - 1].reinstates])

    def gives_back(self, entry):
        earlier = [] if entry.kind in (YIELD, PRODUCE) else entry.reverses
        return entry.kind == GIVE_BACK or any(self.gives_back(self.entries[seq - 1]) for seq in earlier)

    def links(self):
        """By run: what of each lot went in, by the outputs it is assigned to; and what came out. And lots that are one."""
        inputs, outputs, joined = defaultdict(lambda: defaultdict(lambda: [0, 0])), defaultdict(set), defaultdict(set)
        for entry in self.entries:
            for fact in entry.facts:
                if fact[0] == JOINED and self.says_beside_lines(entry):
                    joined[fact[1]].add(fact[2]), joined[fact[2]].add(fact[1])
                if fact[0] == ASSUMED and entry.seq not in self.taken:
                    run = ("run", fact[1]) if fact[1] else ("entry", entry.seq)
                    inputs[run][fact[2], frozenset([fact[3]] if fact[3] else [])] = [1 << 80, 0]  # no giving back ends it
                    outputs["unknown", run].add(fact[3])
            for i, (lot, source, target, *both) in enumerate(entry.lines if entry.seq not in self.taken else []):
                run = ("run", entry.run) if entry.run else ("entry", entry.seq)
                into = frozenset(fact[2] for fact in entry.facts if fact[0] == ASSIGNED and fact[1] == i)
                comes_out = source in (PROCESS, CONVERSION)
                if comes_out and not self.gives_back(entry):
                    outputs[run].add(lot)
                elif comes_out or (target in (PROCESS, CONVERSION) and holds_stock(source)):
                    for k in (0, 1):
                        inputs[run][lot, into][k] += -both[k] if comes_out else both[k]
        return inputs, outputs, joined

    def forward(self, seeds):
        inputs, outputs, joined = self.links()
        went_into = defaultdict(list)
        for run, (lot, into), net in ((run, key, net) for run, nets in inputs.items() for key, net in nets.items()):
            if max(net) > 0:
                went_into[lot].append(outputs[run] if not into else (outputs[run] | outputs["unknown", run]) & into)
        reached, waiting = set(), list(seeds)
        while waiting:
            lot = waiting.pop()
            if lot not in reached and self.lots[lot]["origin"] != UNTRACKED:
                reached.add(lot)
                waiting += joined[lot].union(*went_into[lot])
        customers = defaultdict(lambda: [0, 0])  # dispatched, returned
        for entry in self.entries:
            for lot, source, target, quantity, _ in entry.lines if entry.seq not in self.taken else []:
                if lot in reached and CUSTOMER in (source, target):
                    customers[self.codes.get((PARTNER, entry.partner), ""), self.name(lot)[0]][source == CUSTOMER] += quantity
        return {"lots": sorted(map(self.name, reached)),
                "customers": sorted([*who, *map(text, both)] for who, both in customers.items())}

def kept_checkpoints(content):
    rows = [json.loads(line) for line in content.splitlines()] if content.startswith('{"checkpoint"') else [json.loads(content)]
    return [c for row in rows for c in row.get("checkpoints", [row.get("checkpoint")])]

def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("extract")
    parser.add_argument("--checkpoints", help="file of checkpoints that were kept elsewhere")
    parser.add_argument("--key", help="public key that the first checkpoint must be signed with, noted elsewhere")
    parser.add_argument("--stock", action="store_true", help="print what lies where, as CSV")
    parser.add_argument("--forward", metavar="LOT", action="append", default=[], help="print where the lots of this own or issuer's code went, as JSON")
    parser.add_argument("--item", help="item of these lots")
    asked, ledger = parser.parse_args(), Ledger()
    try:
        with open(asked.extract, encoding="utf-8") as lines:
            header = ledger.read(lines)
        kept = kept_checkpoints(open(asked.checkpoints, encoding="utf-8").read()) if asked.checkpoints else []
        ledger.check_checkpoints(header, kept, asked.key)
    except (Wrong, OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        print(error if isinstance(error, Wrong) else f"this cannot be read: {error}")
        return 1 if isinstance(error, Wrong) else 2
    if asked.stock:
        csv.writer(sys.stdout, lineterminator="\n").writerows(
            [["item", "lot", "place", "quantity", "quantity2"], *sorted(ledger.stock_rows())])
    for code in asked.forward:
        seeds = [lot for lot in ledger.lots if code in (ledger.name(lot)[1], ledger.lots[lot]["issued"]) and asked.item in (None, ledger.name(lot)[0])]
        print(json.dumps(ledger.forward(seeds)) if seeds else f"there is no lot {code}")
    print(f"{len(ledger.entries)} entries and {len(ledger.checkpoints)} checkpoints read, all is well; "
          f"head {len(ledger.entries)}:{ledger.hashes[-1].hex()}", file=sys.stderr)
    return 0

if __name__ == "__main__":
    sys.exit(main())
