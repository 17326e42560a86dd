"""A bank profile 银行格式: how one bank's program wants its file. Data, one TOML file each; see contract.toml."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemes.texts import LocalText

DAYS = {"YYYYMMDD": "%Y%m%d", "YYYY-MM-DD": "%Y-%m-%d", "YYYY/MM/DD": "%Y/%m/%d"}
LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
# Without these nobody can be paid.
NEEDED = ("account", "name", "amount")

What = Literal[
    "line", "batch", "scheme", "application", "name", "id_number", "account", "bank", "amount", "period", "division",
    "note", "sealed_on",
]  # fmt: skip


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Data):
    """A column: its heading, and what of a line stands in it, or a text that is the same in every line."""

    heading: str = Field(min_length=1, max_length=40)
    field: What | None = None
    fixed: str | None = Field(default=None, max_length=40)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.field is None) == (self.fixed is None):
            raise ValueError("a column has either `field` or `fixed`; give one of them")
        return self


class Profile(_Data):
    """A bank profile; `code` is the name of its file.

    `cells`: "program" leaves every value as it is and refuses what would break the line; "spreadsheet" neutralises
    formulas and quotes, for files people open. `rows_per_file`: more rows go into further, numbered files; 0 for no
    limit. `since` and `until` (both included): the days on which a batch may be sealed with it.
    """

    code: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)
    title: LocalText
    encoding: Literal["utf-8-sig", "gb18030", "gbk"]
    cells: Literal["program", "spreadsheet"]
    delimiter: Literal[",", ";", "|", "\t"]
    line_end: Literal["crlf", "lf"]
    header: bool
    amount: Literal["yuan", "fen"]
    day: Literal["YYYYMMDD", "YYYY-MM-DD", "YYYY/MM/DD"]
    extension: Literal["csv", "txt"]
    rows_per_file: int = Field(ge=0, le=1_000_000)
    since: date | None = None
    until: date | None = None
    columns: tuple[Column, ...] = Field(min_length=1, max_length=40)

    @model_validator(mode="after")
    def _can_be_written(self) -> Self:
        fields = {column.field for column in self.columns}
        for name in NEEDED:
            if name not in fields:
                raise ValueError(f"columns: none has the field {name!r}; add one, or nobody can be paid with the file")
        for column in self.columns:
            self._check_fixed(column)
        if self.since and self.until and self.until < self.since:
            raise ValueError("until: lies before since; correct the later of the two days")
        return self

    def _check_fixed(self, column: Column) -> None:
        for text in (column.heading, column.fixed or ""):
            if not text.isprintable() or (self.cells == "program" and self.delimiter in text):
                raise ValueError(f"columns: {text!r} holds the delimiter or a control character; write it without")
            try:
                text.encode(self.codec)
            except UnicodeEncodeError as error:
                raise ValueError(
                    f"columns: {text!r} cannot be written in {self.encoding}; choose other words"
                ) from error

    @property
    def codec(self) -> str:
        """The encoding of a line; the byte order mark stands before the first."""
        return self.encoding.removesuffix("-sig")

    def in_force(self, on: date) -> bool:
        """Whether a batch may be sealed with it on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)
