"""Reads a stored ZIP exactly as Vigil writes it: every record is built again and compared, so that no byte is free. Standard library only."""
import struct
import zlib

FAR = 0xFFFFFFFF


class ZipFault(Exception):
    pass


def _local(name, size, crc, streamed, zip64, time):
    small = FAR if zip64 else 0 if streamed else size
    extra = struct.pack("<HHQQ", 1, 16, *((0, 0) if streamed else (size, size))) if zip64 else b""
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 45 if zip64 else 20, 0x0800 | (8 if streamed else 0), 0, time[1], time[0], 0 if streamed else crc, small, small, len(name), len(extra)) + name + extra


def _central(name, size, crc, streamed, far, offset, time):
    extra = struct.pack("<HHQQQ", 1, 24, size, size, offset) if far else b""
    s, o = (FAR, FAR) if far else (size, offset)
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 0x031E, 45 if far else 20, 0x0800 | (8 if streamed else 0), 0, time[1], time[0], crc, s, s, len(name), len(extra), 0, 0, 0, 0o100644 << 16, o) + name + extra


def _end(count, offset, size, far):
    far = far or count >= 0xFFFF or offset >= FAR or size >= FAR
    out = b""
    if far:
        out = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 0x031E, 45, 0, 0, count, count, size, offset) + struct.pack("<IIQI", 0x07064B50, 0, offset + size, 1)
    c = 0xFFFF if far else count
    return out + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, c, c, FAR if far else size, FAR if far else offset, 0)


class StoredZip:
    """`names` in order; `read(name)` gives pieces and raises ZipFault when the content is not what the archive says."""

    def __init__(self, file):
        self.file = file
        file.seek(0, 2)
        self.size = file.tell()
        self.members, self.time = {}, (0, 0)
        offset, size, count = self._find_directory()
        directory = self._at(offset, size)
        at, far = 0, False
        while at < len(directory):
            at, member_far = self._take_central(directory, at)
            far = far or member_far
        end = _end(len(self.members), offset, size, far)
        if count != len(self.members) or count == 0 or offset + size + len(end) != self.size or self._at(offset + size, len(end)) != end:
            raise ZipFault("end")
        self._place(offset)

    def _at(self, offset, size):
        if offset < 0 or offset + size > self.size:
            raise ZipFault("short")
        self.file.seek(offset)
        return self.file.read(size)

    def _find_directory(self):
        end = self._at(self.size - 22, 22)
        if end[:4] != b"PK\x05\x06" or end[20:] != b"\0\0":
            raise ZipFault("no archive, or something behind its end")
        count, size, offset = struct.unpack("<HII", end[10:20])
        if self.size >= 98:
            locator, end64 = self._at(self.size - 42, 20), self._at(self.size - 98, 56)
            if locator[:4] == b"PK\x06\x07" and end64[:4] == b"PK\x06\x06":
                count, size, offset = struct.unpack("<QQQ", end64[32:56])
        if offset + size > self.size:
            raise ZipFault("directory")
        return offset, size, count

    def _take_central(self, directory, at):
        if at + 46 > len(directory) or directory[at:at + 4] != b"PK\x01\x02":
            raise ZipFault("directory")
        flags, method, time, date, crc, size = struct.unpack("<HHHHII", directory[at + 8:at + 24])
        name_length, extra_length = struct.unpack("<HH", directory[at + 28:at + 32])
        offset, = struct.unpack("<I", directory[at + 42:at + 46])
        raw = directory[at + 46:at + 46 + name_length]
        extra = directory[at + 46 + name_length:at + 46 + name_length + extra_length]
        far = offset == FAR and len(extra) >= 28
        if far:
            size, offset = struct.unpack("<QQ", extra[12:28])
        if method != 0:
            raise ZipFault("not stored, or encrypted")
        if not self.members:
            self.time = (date, time)
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise ZipFault("name") from None
        parts = name.split("/")
        if name.lower() in (known.lower() for known in self.members) or "" in parts or ".." in parts or "." in parts or "\\" in name or "\0" in name or ":" in name:
            raise ZipFault("name " + name)
        streamed = bool(flags & 8)
        expected = _central(raw, size, crc, streamed, far, offset, self.time)
        if directory[at:at + len(expected)] != expected:
            raise ZipFault("record of " + name)
        self.members[name] = {"raw": raw, "size": size, "crc": crc, "streamed": streamed, "far": far, "offset": offset}
        return at + len(expected), far

    def _place(self, directory_at):
        at = 0
        for name, m in self.members.items():
            if m["offset"] != at:
                raise ZipFault("place of " + name)
            for zip64 in ([True, False] if m["far"] else [False]):
                head = _local(m["raw"], m["size"], m["crc"], m["streamed"], zip64, self.time)
                if self.size >= at + len(head) and self._at(at, len(head)) == head:
                    break
            else:
                raise ZipFault("record of " + name)
            m["content"] = at + len(head)
            at = m["content"] + m["size"]
            if m["streamed"]:
                tail = struct.pack("<IIQQ" if zip64 else "<IIII", 0x08074B50, m["crc"], m["size"], m["size"])
                if self._at(at, len(tail)) != tail:
                    raise ZipFault("record of " + name)
                at += len(tail)
        if at != directory_at:
            raise ZipFault("place of the directory")

    @property
    def names(self):
        return list(self.members)

    def read(self, name, piece=1 << 22):
        m, crc, done = self.members[name], 0, 0
        while done < m["size"]:
            data = self._at(m["content"] + done, min(piece, m["size"] - done))
            crc = zlib.crc32(data, crc)
            done += len(data)
            yield data
        if crc != m["crc"]:
            raise ZipFault("content of " + name)
