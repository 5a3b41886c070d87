"""Boards on paper: values first (call sheet, one-liner, day out of days, costs), then PDF, HTML and CSV."""

from cupola.paper.callsheet import CallSheet, CastCall, call_sheet, call_sheets
from cupola.paper.callsheet_pdf import call_sheet_pdf, call_sheets_pdf
from cupola.paper.colours import STRIP_COLOURS, StripColour, strip_colour
from cupola.paper.costs import CostTable, cost_table
from cupola.paper.dood import DayOutOfDays, DoodRow, UnitDays, day_out_of_days
from cupola.paper.html import report_html
from cupola.paper.oneliner import OneLiner, OneLinerDay, one_liner
from cupola.paper.orbit_day import OrbitDay, orbit_day
from cupola.paper.pdf_boards import one_liner_pdf
from cupola.paper.strips import StripLine, strip_lines
from cupola.paper.tables import costs_csv, dood_csv, stripboard_csv, windows_csv
from cupola.paper.wording import light_line, money_text

__all__ = [
    "STRIP_COLOURS",
    "CallSheet",
    "CastCall",
    "CostTable",
    "DayOutOfDays",
    "DoodRow",
    "OneLiner",
    "OneLinerDay",
    "OrbitDay",
    "StripColour",
    "StripLine",
    "UnitDays",
    "call_sheet",
    "call_sheet_pdf",
    "call_sheets",
    "call_sheets_pdf",
    "cost_table",
    "costs_csv",
    "day_out_of_days",
    "dood_csv",
    "light_line",
    "money_text",
    "one_liner",
    "one_liner_pdf",
    "orbit_day",
    "report_html",
    "strip_colour",
    "strip_lines",
    "stripboard_csv",
    "windows_csv",
]
