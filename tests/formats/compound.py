"""Compound files (MS-CFB) of streams in folders, made for tests: sectors of 512 bytes, everything in a chain of its own."""

from __future__ import annotations

import struct

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MINI = 4096


def compound(streams):
    """`{"folder/name": bytes}` as a file."""
    entries = [["Root Entry", 5, b"", []]]
    for path, data in streams.items():
        place = 0
        *folders, name = path.split("/")
        for folder in folders:
            known = [child for child in entries[place][3] if entries[child][0] == folder]
            if not known:
                entries.append([folder, 1, b"", []])
                entries[place][3].append(len(entries) - 1)
                known = [len(entries) - 1]
            place = known[0]
        entries.append([name, 2, data.ljust(_MINI, b"\0") if len(data) < _MINI else data, []])
        entries[place][3].append(len(entries) - 1)
    fat, sectors, starts = [], [], []
    for entry in entries:
        starts.append(_chain(entry[2], sectors, fat) if entry[2] else _END)
    directory = b""
    for number, (name, kind, data, children) in enumerate(entries):
        sibling = next(
            (
                _next(entries, parent, number)
                for parent in range(len(entries))
                if number in entries[parent][3]
            ),
            _FREE,
        )
        raw = name.encode("utf-16-le") + b"\0\0"
        directory += raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
        directory += struct.pack("<III", _FREE, sibling, children[0] if children else _FREE) + bytes(36)
        directory += struct.pack("<IQ", starts[number] if kind == 2 else _END, len(data))
    directory_start = _chain(directory, sectors, fat)
    count = 1
    while (len(fat) + count) * 4 > count * 512:
        count += 1
    places = range(len(sectors), len(sectors) + count)
    fat += [_FAT] * count
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(count * 512, b"\xff")
    sectors += [table[index * 512 : index * 512 + 512] for index in range(count)]
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    head += struct.pack("<IIIIIIIII", 0, count, directory_start, 0, _MINI, _END, 0, _END, 0)
    head += struct.pack("<109I", *places, *[_FREE] * (109 - count))
    return head + b"".join(sectors)


def _next(entries, parent, number):
    children = entries[parent][3]
    index = children.index(number) + 1
    return children[index] if index < len(children) else _FREE


def _chain(data, sectors, fat):
    start = len(sectors)
    count = (len(data) + 511) // 512
    for index in range(count):
        sectors.append(data[index * 512 : index * 512 + 512].ljust(512, b"\0"))
        fat.append(start + index + 1 if index + 1 < count else _END)
    return start
