"""Internet address, versions 4 and 6 (RFC 791, RFC 4291).

>>> is_valid("192.168.1.100"), is_valid("2001:db8::1")
(True, True)
>>> is_valid("192.168.1.300")
False
>>> format("2001:0DB8:0:0::1")
'2001:db8::1'
"""

from __future__ import annotations

import ipaddress


def compact(value: str) -> str:
    return value.strip()


def is_valid(value: str) -> bool:
    try:
        ipaddress.ip_address(compact(value))
    except ValueError:
        return False
    return True


def format(value: str) -> str:
    """The canonical form; what is no address comes back as it is."""
    return str(ipaddress.ip_address(compact(value))) if is_valid(value) else compact(value)
