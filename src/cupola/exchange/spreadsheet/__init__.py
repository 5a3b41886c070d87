"""Schedules that people keep in spreadsheets, CSV and Excel, in and out, by columns that a mapping names."""

from cupola.exchange.spreadsheet.mapping import ColumnMap
from cupola.exchange.spreadsheet.read import parse_spreadsheet
from cupola.exchange.spreadsheet.write import to_csv, to_xlsx

__all__ = ["ColumnMap", "parse_spreadsheet", "to_csv", "to_xlsx"]
