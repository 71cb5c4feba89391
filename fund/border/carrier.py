"""Handing mail to a server, over SMTP. What went wrong is told by a code: what servers say names addresses.

`smtp://` is encrypted by STARTTLS before anything is said, or nothing is sent; only to this machine itself a mail may go in clear.
`smtps://` is encrypted from the first byte. The certificate must be one that the machine trusts (`SSL_CERT_FILE` names others).
"""

import re
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

SECONDS = 20.0
PORTS = {"smtp": 587, "smtps": 465}
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
ENHANCED = re.compile(rb"\b[45]\.\d{1,3}\.\d{1,3}\b")
UNKNOWN = re.compile(r"smtp 5\d\d 5\.1\.(?!7$|8$)\d+|smtp 55[013]")
"""Codes that speak of the reader's address: 5.1.x but for the sender's (RFC 3463), and of servers that give no such code 550, 551, 553.
Any other refusal, such as of a relay, says what a server was told to take, and that may be mended."""


class NotTaken(Exception):
    """This mail was not taken. `for_good`: and never will be, as it is. `reason`: a code without any address."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class OutOfReach(Exception):
    """No mail can be sent now. `reason` as above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Server(NamedTuple):
    """Where mail is handed over."""

    scheme: str
    host: str
    port: int
    user: str
    password: str


def parsed(url: str) -> Server:
    """`smtp://user:password@host:587`, `smtps://…`. ValueError for anything else, which never quotes the address."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("smtp://[user:password@]host[:port] or smtps://…; write signs such as % / @ in a password as %25 %2F %40")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise ValueError("the port is a number up to 65535") from None
    return Server(parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))


class Carrier:
    """One connection, opened with the first mail and kept until `rest`. For one thread."""

    def __init__(self, url: str, own_name: str, seconds: float = SECONDS) -> None:
        self._server = parsed(url)
        self._own_name = own_name
        self._seconds = seconds
        self._open: smtplib.SMTP | None = None

    def send(self, mail: EmailMessage) -> None:
        """Raises NotTaken, OutOfReach. Once it returns the server answers for the mail."""
        connection = self._connected()
        try:
            connection.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            self._after_refusal()
            raise _not_taken(*next(iter(refused.recipients.values()))) from None
        except smtplib.SMTPNotSupportedError:
            self._after_refusal()
            raise NotTaken("smtp address not supported", for_good=True) from None
        except smtplib.SMTPDataError as refused:
            self._after_refusal()
            raise _not_taken(refused.smtp_code, refused.smtp_error) from None
        except (smtplib.SMTPException, OSError) as error:
            self._open = None
            raise OutOfReach(_told(error)) from None

    def check(self) -> None:
        """Raises OutOfReach unless the server answers and takes us for who we are."""
        self._connected()
        self.rest()

    def rest(self) -> None:
        """Say goodbye."""
        if self._open:
            with suppress(smtplib.SMTPException, OSError):
                self._open.quit()
            self._open = None

    def _after_refusal(self) -> None:
        assert self._open, "a connection that refused is open"
        with suppress(smtplib.SMTPException, OSError):
            self._open.rset()

    def _connected(self) -> smtplib.SMTP:
        if self._open is None:
            try:
                self._open = self._connect()
            except (smtplib.SMTPException, OSError) as error:
                raise OutOfReach(_told(error)) from None
        return self._open

    def _connect(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        if server.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, self._own_name, timeout=self._seconds, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, self._own_name, timeout=self._seconds)
        try:
            self._prepare(connection, context)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server = self._server
        connection.ehlo()
        if server.scheme == "smtp" and connection.has_extn("starttls"):
            connection.starttls(context=context)
            connection.ehlo()
        elif server.scheme == "smtp" and server.host not in THIS_MACHINE:
            raise OutOfReach("smtp server offers no encryption")
        if server.user:
            connection.login(server.user, server.password)


def _not_taken(code: int, said: bytes | str) -> NotTaken:
    reason = _code(code, said)
    return NotTaken(reason, for_good=UNKNOWN.fullmatch(reason) is not None)


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _code(error.smtp_code, error.smtp_error)
    return f"smtp {type(error).__name__}"


def _code(code: int, said: bytes | str) -> str:
    more = ENHANCED.search(said.encode() if isinstance(said, str) else said)
    return f"smtp {code}" + (f" {more[0].decode()}" if more else "")
