"""Mail of Outlook (msg, MS-OXMSG): read as the mail that it was, and written as eml, which every mail program opens.

Headers, recipients, both bodies and attachments, mail within mail. Other properties of Outlook are left out and counted.
"""

from __future__ import annotations

import re
from dataclasses import replace

import olefile

from deid.errors import UnreadableDocument, UnsupportedDocument
from deid.formats.files import Held, opened
from deid.formats.msg.converting import Converter
from deid.formats.options import Options
from deid.types import Document

_OTHERS = re.compile(r"IPM\.(?:Contact|Appointment|Task|Activity|DistList|AbchPerson)", re.IGNORECASE)
"""What is no mail: all that it says is in properties of its own."""
_DAMAGED = (OSError, ValueError, IndexError, LookupError, UnicodeError, OverflowError)


def read(path: str, ref: str, options: Options) -> Document:
    """The mail; `details["removed"]` says that it is another format, and what is left out.

    Raises UnreadableDocument when encrypted or damaged.
    """
    from deid import formats

    try:
        with opened(path) as handle, olefile.OleFileIO(handle) as ole:
            converter = Converter(ole)
            if _OTHERS.match(converter.kind):
                raise UnsupportedDocument(
                    f"{ref}: a contact, appointment or task of Outlook", hint="export it as vcf or ics"
                )
            content = converter.converted()
    except _DAMAGED:
        raise UnreadableDocument(f"{ref}: corrupt: the mail of Outlook is damaged") from None
    document = formats.read(Held(content, ".eml"), ref=ref, options=options)
    removed = {**document.details.get("removed", {}), **converter.removed, "msg format": 1}
    return replace(document, details={**document.details, "removed": removed})
