"""Settings, from the environment (prefix `FUND_`)."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import AwareDatetime, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from fund.border.carrier import parsed
from fund.border.mail import Sender, check_address, host_of


def is_portal(url: str) -> bool:
    try:
        parts = urlsplit(url)
        check_address(f"fund@{host_of(url)}")
        plain = url.isascii() and url.isprintable() and not set(url) & set(" %@?#")
        return plain and url.startswith(("http://", "https://")) and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


class Settings(BaseSettings):
    """What an operator decides. `fund doctor` prints the effective values, secrets masked."""

    model_config = SettingsConfigDict(env_prefix="FUND_", extra="ignore")

    data: Path = Field(default=Path("var"), description="Folder for everything that is stored on this machine.")
    database_url: str = Field(default="", description="sqlite:///path or postgresql://…; empty: fund.db in the data folder.")
    blobs_url: str = Field(default="", description="Folder for letters and attachments; empty: blobs in the data folder.")
    kek: Path | None = Field(default=None, description="Key file that wraps all other keys, mode 0600; empty: kek in the data folder.")
    programme: Path | None = Field(default=None, description="Programme folder; empty: the bundled one.")
    earlier_programmes: str = Field(
        default="", description="Folders of versions adopted earlier, separated as in PATH: files in flight are judged under them."
    )
    base_url: str = Field(default="http://localhost:8000", description="Where people reach the portal.")
    smtp_url: str = Field(
        default="", description="smtp://user:password@host:587 or smtps://…: where messages are sent; empty: they stay in the outbox."
    )
    mail_from: str = Field(default="", description="Address that messages are sent from; empty: fund@ the host of the portal.")
    now: AwareDatetime | None = Field(default=None, description="A fixed clock, for tests and the demo only.")

    @field_validator("base_url")
    @classmethod
    def _is_where_people_come(cls, url: str) -> str:
        """It stands in links, in cookies, and as the name by which mail is sent: in each of them a host is ASCII."""
        if not is_portal(url):
            raise ValueError("http://host[:port] or https://…; write a name of other letters as xn--…, an IPv6 address in brackets")
        return url

    @field_validator("smtp_url")
    @classmethod
    def _is_a_server(cls, url: str) -> str:
        if url:
            parsed(url)
        return url

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, address: str) -> str:
        if address:
            check_address(address)
        return address

    @property
    def sender(self) -> Sender:
        return Sender(address=self.mail_from or f"fund@{host_of(self.base_url)}", base_url=self.base_url)

    @property
    def ledger_url(self) -> str:
        return self.database_url or f"sqlite:///{self.data.absolute() / 'fund.db'}"

    @property
    def is_sqlite(self) -> bool:
        return self.ledger_url.startswith("sqlite")

    @property
    def kek_file(self) -> Path:
        return self.kek or self.data / "kek"

    @property
    def blobs_folder(self) -> Path:
        return Path(self.blobs_url.removeprefix("file://")) if self.blobs_url else self.data / "blobs"

    def fixed_now(self) -> datetime | None:
        return self.now
