"""A written Parquet file read again: every value, every name, what the footer says of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deid.errors import UnreadableDocument
from deid.formats.files import bytes_of


def strings_of(path: str) -> Iterator[str]:
    """Raises UnreadableDocument when it cannot be read."""
    import pyarrow as pa
    from pyarrow import parquet

    data = bytes_of(path)
    size = int.from_bytes(data[-8:-4], "little")
    footer = data[-8 - size :]
    yield footer.decode("utf-8", "ignore")
    yield footer.decode("utf-16-le", "ignore")
    try:
        file = parquet.ParquetFile(pa.BufferReader(data))
        yield file.metadata.created_by or ""
        for column in range(len(file.schema)):
            yield file.schema.column(column).path  # its types are words: field, optional, binary
        for group in range(file.metadata.num_row_groups):
            for values in file.read_row_group(group).columns:
                for value in values.to_pylist():
                    yield from _strings(value)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableDocument(
            f"the written Parquet file cannot be read ({type(error).__name__})"
        ) from None


def _strings(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, (list, tuple)):
            waiting += one
        elif isinstance(one, bytes):
            from deid.formats.proofreading.members import strings_of_member

            yield from strings_of_member(one)
            yield one.decode("utf-8", "ignore")
        elif one is not None:
            yield str(one)
            if isinstance(one, float) and one == one and abs(one) < 1e18 and one == int(one):
                yield str(int(one))
