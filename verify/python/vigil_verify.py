"""Verifies an evidence package of Vigil with nothing but Python's standard library: a second opinion, written apart from the first.

    python3 vigil_verify.py PACKAGE.zip [--key FINGERPRINT] [--anchor FILE] [--json]

Exit code 0 intact, 1 altered or incomplete, 2 wrong use. It shares no code with verify/bundle; both read the same golden vectors.
"""
import argparse
import base64
import datetime
import hashlib
import json
import re
import struct
import sys

import ed25519
from stored_zip import StoredZip, ZipFault

ENVELOPE, TAGS, FACTS, FILM = "proof/export.dsse.json", "tagmanifest-sha256.txt", "proof/facts/", "data/video/"
SHAPE = re.compile(r'\{"payload":"([A-Za-z0-9+/]*={0,2})","payloadType":"application/vnd\.in-toto\+json","signatures":\[\{"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/]*={0,2})"\}\]\}\n')


def sha(data):
    return hashlib.sha256(data).digest()


def strict_base64(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64")
    return data


def strict_json(text):
    """Canonical JSON (RFC 8785) of whole numbers, text, lists and objects with plain keys; anything else is refused."""
    def pairs(items):
        if len({key for key, _ in items}) != len(items):
            raise ValueError("a key twice")
        return dict(items)
    value = json.loads(text, object_pairs_hook=pairs)
    if json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) != text:
        raise ValueError("not canonical")
    return value


# ── the ledger: signed notes and Merkle trees (RFC 6962, C2SP tlog-checkpoint and tlog-proof)

def key_id(name, kind, key):
    return sha(name.encode() + b"\n" + bytes([kind]) + key)[:4]


def parse_key(text):
    name, ident, encoded = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+(.+)", text).groups()
    material = strict_base64(encoded)
    if len(material) != 33 or material[0] != 1 or key_id(name, 1, material[1:]).hex() != ident:
        raise ValueError("key")
    return name, material[1:]


def split_note(note):
    text, _, tail = note.rpartition("\n\n")
    if not _ or not note.endswith("\n"):
        raise ValueError("no note")
    signatures = []
    for line in tail[:-1].split("\n"):
        if not line.startswith("\u2014 ") or line.count(" ") != 2:
            raise ValueError("signature line")
        name, encoded = line[2:].split(" ")
        data = strict_base64(encoded)
        signatures.append((name, data[:4], data[4:]))
    return text + "\n", signatures


def open_checkpoint(note, origin, key):
    """(size, root), or None when this key did not sign it in both forms."""
    text, signatures = split_note(note)
    lines = text[:-1].split("\n")
    if len(lines) < 3 or lines[0] != origin or not re.fullmatch(r"0|[1-9]\d{0,15}", lines[1]):
        raise ValueError("checkpoint")
    root = strict_base64(lines[2])
    by = {kind: next((s for n, i, s in signatures if n == origin and i == key_id(origin, kind, key)), None) for kind in (1, 4)}
    plain, timed = by[1], by[4]
    if plain is None or timed is None or len(timed) != 72 or len(root) != 32:
        return None
    seconds = struct.unpack(">Q", timed[:8])[0]
    if not ed25519.verify(key, text.encode(), plain) or not ed25519.verify(key, b"cosignature/v1\ntime %d\n" % seconds + text.encode(), timed[8:]):
        return None
    return int(lines[1]), root


def node(left, right):
    return sha(b"\1" + left + right)


def inclusion_holds(index, size, leaf, path, root):
    if index >= size:
        return False
    fn, sn, value = index, size - 1, leaf
    for sibling in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            value = node(sibling, value)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            value = node(value, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and value == root


def consistency_holds(size1, root1, size2, root2, path):
    if size1 == size2:
        return not path and root1 == root2
    if not 0 < size1 < size2:
        return False
    fn, sn, path = size1 - 1, size2 - 1, list(path)
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    if fn == 0:
        path.insert(0, root1)
    if not path:
        return False
    older = newer = path.pop(0)
    for value in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            older, newer = node(value, older), node(value, newer)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            newer = node(newer, value)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and older == root1 and newer == root2


# ── a clip: the cut taken back, fragment by fragment

class Clip:
    """Takes a clip's bytes as they come; every segment that is in it whole is hashed as it was recorded."""

    def __init__(self, stated, ends, size):
        self.cuts, self.ends, self.at, self.buffer, self.left = stated["segments"], ends, 0, b"", 0
        self.stated, self.current, self.hash, self.recomputed, self.wrong = stated, -1, None, 0, []
        at = stated["headBytes"]
        for cut in self.cuts:
            span, source = cut["clip"], cut["source"]
            if span["from"] != at or span["until"] - at != source["until"] - source["from"] or span["until"] <= at:
                self.wrong.append("ranges")
            at = span["until"]
        if at != stated["indexAt"] or at >= size:
            self.wrong.append("ranges")

    def push(self, data):
        while data and not self.wrong:
            until = self.stated["headBytes"] if self.current < 0 else self.cuts[self.current]["clip"]["until"] if self.current < len(self.cuts) else None
            part = data if until is None else data[:until - self.at]
            data, self.at = data[len(part):], self.at + len(part)
            if 0 <= self.current < len(self.cuts):
                self._fragments(part)
            if until is not None and self.at == until:
                self._boundary()

    def _boundary(self):
        if 0 <= self.current < len(self.cuts):
            cut = self.cuts[self.current]
            if self.left or self.buffer:
                self.wrong.append("fragment")
            if self.hash is not None:
                self.hash.update(self.ends[cut["segmentId"]][1])
                if self.hash.hexdigest() == cut["sha256"]:
                    self.recomputed += 1
                else:
                    self.wrong.append("segment " + cut["segmentId"])
        self.current += 1
        self.hash = None
        if self.current < len(self.cuts) and self.cuts[self.current]["whole"]:
            cut = self.cuts[self.current]
            if cut["segmentId"] not in self.ends:
                self.wrong.append("segment " + cut["segmentId"])
                return
            self.hash = hashlib.sha256(self.ends[cut["segmentId"]][0])

    def _out(self, data):
        if self.hash is not None:
            self.hash.update(data)

    def _fragments(self, data):
        shift = self.cuts[self.current]["shift"]
        while data:
            if self.left:
                part = data[:self.left]
                self._out(part)
                self.left -= len(part)
                data = data[len(part):]
                continue
            self.buffer, data = self.buffer + data, b""
            if len(self.buffer) < 40:
                return
            prft = 32 if self.buffer[4:8] == b"prft" else 0
            moof = struct.unpack(">I", self.buffer[prft:prft + 4])[0]
            need = prft + moof + 8
            if self.buffer[prft + 4:prft + 8] != b"moof" or need > 1 << 20:
                self.wrong.append("fragment")
                return
            if len(self.buffer) < need:
                return
            head, data, self.buffer = bytearray(self.buffer[:need]), self.buffer[need:], b""
            traf = prft + 24
            tfdt = traf + 8 + struct.unpack(">I", head[traf + 8:traf + 12])[0]
            if head[prft + 12:prft + 16] != b"mfhd" or head[tfdt + 4:tfdt + 8] != b"tfdt" or head[need - 4:need] != b"mdat":
                self.wrong.append("fragment")
                return
            sequence, ticks = struct.unpack(">I", head[prft + 20:prft + 24])[0] - shift["sequence"], struct.unpack(">Q", head[tfdt + 12:tfdt + 20])[0] - shift["ticks"]
            if sequence < 0 or ticks < 0:
                self.wrong.append("timeline")
                return
            head[prft + 20:prft + 24] = struct.pack(">I", sequence)
            head[tfdt + 12:tfdt + 20] = struct.pack(">Q", ticks)
            if prft:
                head[24:32] = struct.pack(">Q", ticks)
            self._out(bytes(head))
            self.left = struct.unpack(">I", head[need - 8:need - 4])[0] - 8

    def end(self):
        if not self.wrong and self.current != len(self.cuts):
            self.wrong.append("short")


class Package:
    def __init__(self, archive):
        self.archive, self.findings, self.texts, self.digests = archive, [], {}, {}
        self.base = archive.names[0].split("/")[0]
        self.number = self.fingerprint = None
        self.anchored = False
        self.recomputed = self.segments = 0

    def fault(self, what, place=""):
        self.findings.append({"what": what, "place": place})

    def run(self, trusted, anchors):
        for name in self.archive.names:
            path = name[len(self.base) + 1:]
            if not name.startswith(self.base + "/"):
                self.fault("outside the folder", name)
            elif not path.startswith(FILM):
                self._read(name, path, None)
        statement, key = self._signed(trusted)
        clips = {clip["file"]: clip for clip in statement["predicate"]["clips"] if clip["file"]} if statement else {}
        ends = self._ends()
        for name in self.archive.names:
            path = name[len(self.base) + 1:]
            if path.startswith(FILM):
                stated = clips.get(path)
                self._read(name, path, Clip(stated, ends, self.archive.members[name]["size"]) if stated else None)
        if statement:
            self._lists(statement, key)
            self._ledger(statement, key, anchors)

    def _read(self, name, path, clip):
        digest, kept = hashlib.sha256(), []
        try:
            for data in self.archive.read(name):
                digest.update(data)
                if clip:
                    clip.push(data)
                elif not path.startswith(FILM):
                    kept.append(data)
        except ZipFault as fault:
            self.fault("altered", path)
            return
        self.digests[path] = digest.hexdigest()
        if not path.startswith(FILM):
            self.texts[path] = b"".join(kept)
        if clip:
            clip.end()
            self.recomputed += clip.recomputed
            for wrong in clip.wrong:
                self.fault("clip: " + wrong, path)

    def _text(self, path):
        try:
            return self.texts.get(path, b"").decode("utf-8")
        except UnicodeDecodeError:
            return ""

    def _ends(self):
        ends = {}
        for line in self._text("proof/segment-ends.jsonl").split("\n")[:-1]:
            try:
                value = strict_json(line)
                ends[value["segmentId"]] = (strict_base64(value["head"]), strict_base64(value["tail"]))
            except (ValueError, KeyError, TypeError):
                self.fault("unreadable", "proof/segment-ends.jsonl")
        return ends

    def _signed(self, trusted):
        found = SHAPE.fullmatch(self._text(ENVELOPE))
        try:
            payload, keyid, signature = strict_base64(found[1]), found[2], strict_base64(found[3])
            statement = strict_json(payload.decode("utf-8"))
            predicate = statement["predicate"]
            origin, key = parse_key(predicate["key"])
            if statement["_type"] != "https://in-toto.io/Statement/v1" or statement["predicateType"] != "urn:vigil:evidence-export:1" or set(statement) != {"_type", "predicateType", "subject", "predicate"}:
                raise ValueError("statement")
        except (TypeError, ValueError, KeyError, AttributeError):
            self.fault("no signed statement", ENVELOPE)
            return None, None
        pae = b"DSSEv1 28 application/vnd.in-toto+json %d " % len(payload) + payload
        if origin != predicate["origin"] or keyid != sha(key).hex() or not ed25519.verify(key, pae, signature):
            self.fault("signature", ENVELOPE)
        self.number, self.fingerprint = predicate["number"], " ".join(re.findall("....", sha(key).hex()))
        if trusted and sha(key).hex() not in [re.sub("[^0-9a-f]", "", one.lower()) for one in trusted]:
            self.fault("key not trusted", self.fingerprint)
        if self.number != self.base:
            self.fault("folder is not named by the number", self.base)
        return statement, key

    def _lists(self, statement, key):
        predicate = statement["predicate"]
        signed = {one["name"]: one["digest"]["sha256"] for one in statement["subject"]}
        paths = [name[len(self.base) + 1:] for name in self.archive.names]
        for path, digest in signed.items():
            if path not in paths:
                self.fault("missing", path)
            elif self.digests.get(path, digest) != digest:
                self.fault("altered", path)
        for path in paths:
            if path not in signed and path not in (ENVELOPE, TAGS):
                self.fault("added", path)
        if TAGS not in paths:
            self.fault("missing", TAGS)
        listed = lambda wanted: "".join(f"{digest}  {path}\n" for path, digest in sorted(wanted.items(), key=lambda item: item[0].encode("utf-16-be")))
        tags = {path: digest for path, digest in signed.items() if not path.startswith("data/")}
        payload = [path for path in paths if path.startswith("data/")]
        size = sum(self.archive.members[f"{self.base}/{path}"]["size"] for path in payload)
        der = base64.b64encode(bytes.fromhex("302a300506032b6570032100") + key).decode()
        derived = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "manifest-sha256.txt": listed({path: digest for path, digest in signed.items() if path.startswith("data/")}),
            TAGS: listed({**tags, ENVELOPE: self.digests.get(ENVELOPE, "")}),
            "proof/policy.txt": f"log {predicate['key']}\nquorum none\n",
            "proof/room-key.pem": f"-----BEGIN PUBLIC KEY-----\n{der}\n-----END PUBLIC KEY-----\n",
        }
        for path, text in derived.items():
            if path in self.texts and self._text(path) != text:
                self.fault("contradicts the statement", path)
        if f"Payload-Oxum: {size}.{len(payload)}\n" not in self._text("bag-info.txt"):
            self.fault("contradicts the statement", "bag-info.txt")
        if signed.get("verify.html") != predicate["verifierSha256"]:
            self.fault("contradicts the statement", "verify.html")
        self._time(predicate)

    def _time(self, predicate):
        local = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=predicate["exportedAt"], minutes=predicate["utcOffsetMinutes"])
        if self.archive.time != ((local.year - 1980) << 9 | local.month << 5 | local.day, local.hour << 11 | local.minute << 5 | local.second >> 1):
            self.fault("times in the ZIP")

    def _fact(self, path, checkpoint, size, root, listed):
        seq = int(path[len(FACTS):-len(".json")])
        canonical = self._text(path)
        fact = strict_json(canonical)
        proof = self._text(path[:-len(".json")] + ".tlog-proof")
        head, _, note = proof.partition("\n\n")
        lines = head.split("\n")
        index = int(lines[1][len("index "):])
        path_hashes = [strict_base64(line) for line in lines[2:]]
        leaf = sha(b"\0" + canonical.encode("utf-8"))
        if lines[0] != "c2sp.org/tlog-proof@v1" or note != checkpoint or fact["seq"] != seq or index != seq - 1 or not inclusion_holds(index, size, leaf, path_hashes, root):
            raise ValueError("proof")
        for one in fact["body"].get("segments", []) if fact["kind"] == "video.segments_recorded" else []:
            listed[(seq, one["segmentId"])] = [one["cameraId"], one["from"], one["until"], one["sizeBytes"], one["sha256"]]

    def _ledger(self, statement, key, anchors):
        predicate = statement["predicate"]
        origin, checkpoint, listed = predicate["origin"], self._text("proof/checkpoint"), {}
        try:
            head = open_checkpoint(checkpoint, origin, key)
        except (ValueError, IndexError):
            head = None
        if head is None:
            self.fault("checkpoint", "proof/checkpoint")
            return
        for path in [one for one in self.texts if one.startswith(FACTS) and one.endswith(".json")]:
            try:
                self._fact(path, checkpoint, *head, listed)
            except (ValueError, KeyError, IndexError, TypeError):
                self.fault("fact", path)
        newest = 0
        for clip in predicate["clips"]:
            for cut in clip["segments"]:
                self.segments += 1
                newest = max(newest, cut["factSeq"])
                if listed.get((cut["factSeq"], cut["segmentId"])) != [clip["cameraId"], cut["from"], cut["until"], cut["sizeBytes"], cut["sha256"]]:
                    self.fault("segment is not in the ledger as stated", cut["segmentId"])
        self._anchors(origin, key, head, anchors, newest)

    def _anchors(self, origin, key, head, anchors, newest):
        known = [head]
        for line in self._text("proof/anchors.jsonl").split("\n")[:-1]:
            try:
                value = strict_json(line)
                older = open_checkpoint(value["checkpoint"], origin, key)
                if older is None or not consistency_holds(*older, *head, [strict_base64(one) for one in value["consistency"]]):
                    raise ValueError("consistency")
                known.append(older)
            except (ValueError, KeyError, TypeError, IndexError):
                self.fault("older checkpoint", "proof/anchors.jsonl")
        for note in anchors:
            try:
                mine = open_checkpoint(note, origin, key)
            except (ValueError, IndexError):
                continue
            same = [one for one in known if mine and one[0] == mine[0]]
            if same and mine not in same:
                self.fault("an anchor contradicts the ledger", str(mine[0]))
            elif same and mine[0] >= newest:
                self.anchored = True

    def report(self):
        verdict = "altered_or_incomplete" if self.findings or self.number is None else "intact_and_anchored" if self.anchored else "intact_not_anchored"
        return {"verdict": verdict, "number": self.number, "fingerprint": self.fingerprint, "segments": self.segments, "segmentsRecomputed": self.recomputed, "findings": self.findings}


def verify(path, trusted=(), anchors=()):
    with open(path, "rb") as file:
        try:
            package = Package(StoredZip(file))
        except ZipFault as fault:
            return {"verdict": "altered_or_incomplete", "number": None, "fingerprint": None, "segments": 0, "segmentsRecomputed": 0, "findings": [{"what": "container", "place": str(fault)}]}
        package.run(trusted, anchors)
        return package.report()


def main():
    parser = argparse.ArgumentParser(description="Verifies an evidence package of Vigil.")
    parser.add_argument("packages", nargs="+")
    parser.add_argument("--key", action="append", default=[], help="fingerprint that came by another way")
    parser.add_argument("--anchor", action="append", default=[], help="file that holds one checkpoint")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    anchors = []
    for name in asked.anchor:
        with open(name, encoding="utf-8") as file:
            anchors.append(file.read())
    worst = 0
    for path in asked.packages:
        report = verify(path, asked.key, anchors)
        worst = max(worst, report["verdict"] == "altered_or_incomplete")
        if asked.json:
            print(json.dumps(report, ensure_ascii=False))
            continue
        print(f"{report['number'] or path}: {report['verdict']}\n  key fingerprint {report['fingerprint']}\n  segments {report['segments']}, hash found again {report['segmentsRecomputed']}")
        for one in report["findings"]:
            print(f"  fault: {one['what']} {one['place']}")
        print("  not checked: whether the pictures are true; whether the key is the room's (compare the fingerprint); texts of records; holes; the printed sheet")
    return int(worst)


if __name__ == "__main__":
    sys.exit(main())
