"""Which network addresses are public: those of the internet, never this machine, its network or a tunnel into it."""

from ipaddress import IPv4Address, IPv6Network, ip_address, ip_network

# What the internet has given out of IPv6, without the ranges that carry another address within or are only examples.
_GIVEN_OUT = IPv6Network("2000::/3")
_NOT_PUBLIC = tuple(
    map(ip_network, ("2001::/23", "2002::/16", "2001:db8::/32", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24"))
)


def is_public(address: str) -> bool:
    """Whether a numeric address may be connected to. What cannot be understood may not.

    Addresses of IPv4 that are written within IPv6 (mapped, NAT64, 6to4, Teredo) are not public: they lead elsewhere
    than they seem to.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("10.1.2.3"), is_public("::ffff:93.184.215.14")
    (True, False, False, False)
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if not found.is_global or found.is_multicast or found.is_reserved or found.is_unspecified:
        return False
    if any(found in network for network in _NOT_PUBLIC):
        return False
    return isinstance(found, IPv4Address) or (found in _GIVEN_OUT and found.scope_id is None)
