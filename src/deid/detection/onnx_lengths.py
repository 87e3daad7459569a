"""Makes the LAC network heed the lengths of a padded batch.

The exported graph has an input `length` that reaches nothing: both GRU nodes leave their
optional fifth input, `sequence_lens`, empty, so padding leaks into the backward pass and
changes tags. Naming `length` there, and declaring it int32 as the operator wants, makes a
padded batch equal to single runs. The model file is edited as bytes at load time: the two
message kinds involved need no protobuf library.

Field numbers: onnx.proto3 (ModelProto.graph 7; GraphProto.node 1, input 11; NodeProto.input
1, op_type 4; ValueInfoProto.name 1, type 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

Field = tuple[int, int, bytes]
"""Field number, wire type, payload (for varints: their bytes)."""


def wire_lengths(model: bytes) -> bytes:
    """The model with `length` as `sequence_lens` of every GRU node."""
    return _rewrite(model, {7: lambda graph: _rewrite(graph, {1: _node, 11: _input})})


def _node(node: bytes) -> bytes:
    fields = list(_fields(node))
    if (4, 2, b"GRU") not in fields:
        return node
    inputs = [payload for number, _, payload in fields if number == 1]
    inputs += [b""] * (5 - len(inputs))
    inputs[4] = b"length"
    rest = [field for field in fields if field[0] != 1]
    return b"".join(_field(1, 2, name) for name in inputs) + b"".join(_field(*field) for field in rest)


def _input(value: bytes) -> bytes:
    if (1, 2, b"length") not in list(_fields(value)):
        return value
    int32 = _varint(6)
    return _rewrite(
        value, {2: lambda kind: _rewrite(kind, {1: lambda tensor: _rewrite(tensor, {1: lambda _: int32})})}
    )


def _rewrite(message: bytes, edits: dict[int, Callable[[bytes], bytes]]) -> bytes:
    parts = []
    for number, wire, payload in _fields(message):
        parts.append(_field(number, wire, edits[number](payload) if number in edits else payload))
    return b"".join(parts)


def _fields(message: bytes) -> Iterator[Field]:
    position = 0
    while position < len(message):
        key, position = _read_varint(message, position)
        number, wire = key >> 3, key & 7
        start = position
        if wire == 0:
            _, position = _read_varint(message, position)
        elif wire == 2:
            length, start = _read_varint(message, position)
            position = start + length
        else:
            position += {1: 8, 5: 4}[wire]
        yield number, wire, message[start:position]


def _field(number: int, wire: int, payload: bytes) -> bytes:
    length = _varint(len(payload)) if wire == 2 else b""
    return _varint(number << 3 | wire) + length + payload


def _read_varint(message: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)
