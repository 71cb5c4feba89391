"""A real SMTP server on this machine, which keeps what it takes and can be told what to refuse."""

import datetime
import email
import ipaddress
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

USER, PASSWORD = "fund", "p@ss/word%"


class Taken:
    """One mail that the server answers for."""

    def __init__(self, envelope: Envelope) -> None:
        self.to: list[str] = envelope.rcpt_tos
        self.sender: str = envelope.mail_from or ""
        parsed = email.message_from_bytes(envelope.content or b"", policy=default)
        assert isinstance(parsed, EmailMessage)
        self.mail = parsed

    @property
    def id(self) -> str:
        return str(self.mail["Message-ID"])

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"])

    def part(self, kind: str) -> str:
        body = self.mail.get_body((kind,))
        assert body
        return str(body.get_content())


class Postbox:
    """What aiosmtpd asks. `refused`: address -> answer. `before_answer`: called once a mail is kept, before the server says so."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.refused: dict[str, str] = {}
        self.encrypted: list[bool] = []
        self.users: list[bytes] = []
        self.before_answer: Callable[[], None] = lambda: None
        self.from_the_first_byte = False

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if answer := self.refused.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken.append(Taken(envelope))
        self.encrypted.append(self.from_the_first_byte or session.ssl is not None)
        self.before_answer()
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword) -> AuthResult:
        self.users.append(given.login)
        return AuthResult(success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    def to(self, address: str) -> list[Taken]:
        return [one for one in self.taken if one.to == [address]]


class Anywhere(Controller):
    """On whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # it is started
        super()._trigger_server()


@contextmanager
def mail_server(*, starttls: ssl.SSLContext | None = None, smtps: ssl.SSLContext | None = None) -> Iterator[tuple[Postbox, str]]:
    """The postbox and the address of the server, without scheme."""
    box = Postbox()
    box.from_the_first_byte = smtps is not None
    secure = starttls or smtps
    more = (
        {"authenticator": box.authenticate, "auth_required": starttls is not None, "auth_require_tls": starttls is not None}
        if secure
        else {}
    )
    controller = Anywhere(box, "127.0.0.1", 0, ssl_context=smtps, tls_context=starttls, require_starttls=starttls is not None, **more)
    controller.start()
    try:
        yield box, f"127.0.0.1:{controller.port}"
    finally:
        controller.stop(no_assert=True)


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context for 127.0.0.1, and the file of those who trust it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
                data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    trusted, private = folder / "mail.pem", folder / "mail.key"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, private)
    return context, trusted
