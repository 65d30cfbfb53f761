"""The network: one request to somebody else's server, or to the one that this site is published on.

No files, no credentials; and no private hosts, where it was not the operator who named them.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import urllib.error
import urllib.request
from typing import IO, Any
from urllib.parse import quote, urlsplit, urlunsplit

from aboveboard import __version__

TIMEOUT = 10
# Enough for the sums of half a million files.
MOST = 64 << 20
AGENT = f"aboveboard/{__version__} (checks the links of a working blog; one request a second)"


class Refused(OSError):
    """An address that is not asked, whoever leads there."""


def ask(url: str, method: str) -> int | str:
    """Return the status that an address answers with, redirects followed, or why it gave none.

    Only http and https, and only hosts that anybody can reach. Nothing of the answer's body is read.
    """
    try:
        request = urllib.request.Request(_encoded(url), method=method, headers={"User-Agent": AGENT})
        with _opener().open(request, timeout=TIMEOUT) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _why(error)


def fetch(url: str, most: int = MOST) -> bytes | str | None:
    """Return what lies at an address of one's own site, None where nothing does, or in words why nobody can tell.

    At most `most` bytes. Its host may be private: the operator named it.
    """
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    try:
        request = urllib.request.Request(_encoded(url), headers={"User-Agent": f"aboveboard/{__version__}"})
        with opener.open(request, timeout=TIMEOUT) as answer:
            found: bytes = answer.read(most + 1)
    except urllib.error.HTTPError as error:
        error.close()
        return None if error.code in (404, 410) else f"answers with an error ({error.code})"
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _why(error)
    return found if len(found) <= most else "is too large to be what is looked for"


def _encoded(url: str) -> str:
    """Return an address as it is sent: http or https, its host in ASCII, other letters as percent signs."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("is not an address of the web")
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    host = host if host.isascii() else host.encode("idna").decode()
    host = f"{host}:{parts.port}" if parts.port else host
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme, host, path, quote(parts.query, safe="/%:@!$&'()*+,;=~-._?"), ""))


def _why(error: Exception) -> str:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, Refused):
        return str(reason)
    if isinstance(reason, TimeoutError):
        return f"does not answer within {TIMEOUT} seconds"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"has a certificate that is not valid ({reason.verify_message})"
    if isinstance(reason, socket.gaierror):
        return "names a host that does not exist"
    if isinstance(reason, ConnectionError):
        return "refuses the connection"
    if isinstance(reason, (UnicodeError, http.client.InvalidURL)):
        return "is not an address of the web"
    return "cannot be reached"


def connect_public(host: str, port: int, timeout: float | None) -> socket.socket:
    """Connect to a host that is not private; raise Refused where it is, whatever its name says.

    What was looked up is what is connected to, so a name cannot change its answer in between.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for _, _, _, _, address in found:
        if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
            raise Refused("leads to a private network")
    failed: OSError = Refused("cannot be reached")
    for family, kind, protocol, _, address in found:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(timeout)
            connection.connect(address)
            return connection
        except OSError as error:
            connection.close()
            failed = error
    raise failed


class _Public(http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = connect_public(self.host, self.port, self.timeout)


class _PublicSecure(http.client.HTTPSConnection):
    def connect(self) -> None:
        plain = connect_public(self.host, self.port, self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


class _Plain(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Public, req)


class _Secure(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_PublicSecure, req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Follow with the method that was asked with, and nowhere that would not have been asked at first."""
        _refuse_private_name(newurl)
        made = super().redirect_request(req, fp, code, msg, headers, _encoded(newurl))
        if made is not None and req.get_method() == "HEAD":
            made.method = "HEAD"
        return made


def _refuse_private_name(url: str) -> None:
    host = urlsplit(url).hostname or ""
    try:
        private = not ipaddress.ip_address(host).is_global
    except ValueError:
        private = host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    if private:
        raise Refused("leads to a private network")


def _opener() -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()
    proxies = urllib.request.getproxies()
    handlers: list[urllib.request.BaseHandler] = [
        _Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ]
    if "http" in proxies or "https" in proxies:
        # Behind a proxy it is the proxy that looks up names; ours may know no other host.
        handlers += [
            urllib.request.ProxyHandler(proxies),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
        ]
    else:
        handlers += [_Plain(), _Secure()]
    for handler in handlers:
        opener.add_handler(handler)
    return opener
