"""Settings: one frozen object, read once in main, from `casefile.toml` in the data folder and `CASEFILE_*` in the environment.

The environment wins over the file. No module reads settings at import. An unknown name in the file is an error, so that a spelling
mistake is not silently ignored.
"""

import os
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from domain.errors import Misconfigured

OFFICE = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"


class Intake(BaseModel):
    """When a file counts as finished, in seconds, and how much room must stay."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    quiet: float = Field(2.0, gt=0, description="no change of size or time for this long before a file is taken")
    give_up: float = Field(600.0, gt=0, description="a file not whole after being quiet for this long is set apart as incomplete")
    batch_quiet: float = Field(30.0, gt=0, description="a folder closes after this long without a new file")
    rejoin: float = Field(86400.0, ge=0, description="a late file joins the batch of its folder within this time")
    grace: float = Field(10.0, ge=0, description="wait before removing a file where open writers cannot be asked (network mounts)")
    poll: float = Field(1.0, gt=0, description="how often the folders are looked through")
    reserve_bytes: int = Field(256 << 20, ge=0, description="nothing is taken that would leave the disk less room than this")


class Limits(BaseModel):
    """What is refused from a file's headers, before anything is decoded."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    file_bytes: int = Field(500_000_000, gt=0)
    pages: int = Field(2000, gt=0)
    page_pixels: int = Field(200_000_000, gt=0, le=200_000_000, description="what the steps behind are built for")
    expansion: float = Field(200.0, gt=1)
    media_box_inches: float = Field(200.0, gt=0)
    nesting: int = Field(100, gt=0, le=100, description="qpdf itself follows a page tree no deeper")
    encrypted: bool = Field(False, description="take PDFs that are encrypted but open without a password, and flag them")


class Reading(BaseModel):
    """How pages are read."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    engine: str = Field("rapidocr", pattern="^(rapidocr|tesseract)$")
    renderer: str = Field("pdfium", pattern="^(pdfium|poppler)$")
    layers: bool = Field(True, description="archive grey and colour pages in layers where that is smaller; off: always as scanned")
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, gt=0, description="child processes that compute")
    page_seconds: float = Field(30.0, gt=0, description="a page that must be computed for longer is set apart")
    child_bytes: int = Field(4 << 30, gt=0, description="address space of a child process")
    child_memory: int = Field(1_400_000_000, ge=600_000_000, description="memory a child process, and what it starts, may hold")


class Search(BaseModel):
    """Where search is."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    url: str = Field("", description="an Elasticsearch, or several nodes of one with commas between; empty: the embedded index")
    alias: str = Field("casefile-pages", pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")


class Work(BaseModel):
    """How several processes share the work, on PostgreSQL."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    lease_seconds: float = Field(15.0, ge=2, le=40, description="a worker that shows no sign of life for this long has its work taken up")


class Database(BaseModel):
    """Where the working database is."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    url: SecretStr = Field(SecretStr(""), description="a PostgreSQL, postgresql://user@host/name; empty: SQLite in the data folder")
    password_file: Path | None = Field(None, description="a file whose first line is the password")

    @field_validator("url")
    @classmethod
    def _is_postgresql(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value() and not re.match(r"postgresql(\+psycopg)?://", url.get_secret_value()):
            raise ValueError("it begins with postgresql://, or is empty")
        return url


class Fixity(BaseModel):
    """How what is kept is read again."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    days: float = Field(90.0, gt=0, description="every byte of the store is read again within this many days")
    rate: float = Field(20.0, gt=0, description="megabytes a second, at most")
    copy_from: str = Field("", description="a backup from which what is damaged is put back; empty: nothing is put back by itself")


class Witness(BaseModel):
    """Who keeps checkpoints of the ledger outside this data folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    url: str = Field("", description="unix:/PATH or http://HOST:PORT of `casefile witness`; empty: nobody")
    key: str = Field("", description="its public key; older ones may follow, parted by spaces")
    minutes: float = Field(10.0, gt=0, description="how often the ledger is shown to it")
    restored: int = Field(0, ge=0, description="how often the ledger was, by decision, put back older than witnessed")


class Settings(BaseSettings):
    """Everything that can be set. `CASEFILE_SEARCH_URL` sets `search.url`, and so on."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="CASEFILE_", env_nested_delimiter="_", env_nested_max_split=1, extra="forbid")
    office: str = Field("main", pattern=OFFICE, description="the office whose windows these are")
    intake: Intake = Intake()
    limits: Limits = Limits()
    reading: Reading = Reading()
    search: Search = Search()
    database: Database = Database()
    work: Work = Work()
    fixity: Fixity = Fixity()
    witness: Witness = Witness()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file."""
        return (env_settings, init_settings)


def load(data: Path) -> Settings:
    """The settings of data folder `data`.

    Raises:
        Misconfigured: names the setting and what is allowed.
    """
    values: dict[str, Any] = {}
    file = data / "casefile.toml"
    if file.exists():
        try:
            values = TomlConfigSettingsSource(Settings, file)()
        except ValueError as error:
            raise Misconfigured(f"{file} cannot be read as TOML: {error}") from error
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise Misconfigured(f"setting {name}: {first['msg']}; set it in {file} or as CASEFILE_{name.replace('.', '_').upper()}") from error
