"""Bytes to text tables, whatever the encoding, separator, padding, comment lines or footer: pure."""

from loaders.files.bundle import Bundle, Head, read_path
from loaders.files.numbers import bare_title, base_name, decimal_sign, last_title, parse_number, upper_name
from loaders.files.problems import Problem, Severity
from loaders.files.records import read_records
from loaders.files.text import TextTable, decode, read_header, read_table

__all__ = [
    "Bundle",
    "Head",
    "Problem",
    "Severity",
    "TextTable",
    "bare_title",
    "base_name",
    "decimal_sign",
    "decode",
    "last_title",
    "parse_number",
    "read_header",
    "read_path",
    "read_records",
    "read_table",
    "upper_name",
]
