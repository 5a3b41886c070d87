"""`cupola budget` and `cupola rates` on the command line: documented keys, what is printed, and errors with file and line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cupola.cli import app

ROOT = Path(__file__).parents[2]
RUN = CliRunner()


@pytest.fixture
def film(tmp_path) -> Path:
    return shutil.copytree(ROOT / "examples/the-challenge", tmp_path / "film")


def answered(*words: object, code: int = 0) -> dict:
    result = RUN.invoke(app, [*map(str, words), "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def said(*words: object, code: int = 0) -> str:
    result = RUN.invoke(app, [*map(str, words)])
    assert result.exit_code == code, result.output
    return result.stdout + result.stderr


def keys(value: object, at: str = "") -> set[str]:
    if isinstance(value, dict):
        return {f"{at}{key}" for key in value}.union(*(keys(inner, f"{at}{key}.") for key, inner in value.items()))
    if isinstance(value, list):
        return set().union(*(keys(inner, f"{at.removesuffix('.')}[].") for inner in value))
    return set()


def documented(head: str) -> set[str]:
    text = (ROOT / "docs/reference/json.md").read_text(encoding="utf-8")
    part = re.search(rf"^## {head}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert part
    return set(re.findall(r"^\| `([^`]+)` \|", part[1], re.MULTILINE))


def append(film: Path, text: str) -> None:
    file = film / "production.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def replaced(film: Path, old: str, new: str) -> None:
    file = film / "production.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_budget_prints_the_documented_keys(film) -> None:
    replaced(film, "[budget]\n", '[budget]\nactuals = "books.csv"\ncontingency_percent = 5\n')
    (film / "books.csv").write_text("date,account,kind,amount\n2022-06-06,2000,actual,100.50\n", encoding="utf-8")
    append(film, '[[credit]]\ntext = "Rebate"\npercent = 10\naccounts = "2000-2999"')
    replaced(film, 'unit = "slip"\n', 'unit = "slip"\ngroup = "risk"\n')
    found = answered("budget", film, "--board", "agreed", "--against", "agreed")
    assert keys(found) == documented("budget")
    assert found["total_cents"] == sum(line["cents"] for line in found["lines"]) + sum(
        e["total_cents"] for e in found["on_top"]
    )
    assert found["board_cents"] == sum(line["cents"] for line in found["lines"] if line["direct"])
    assert found["report"]["total"]["to_date_cents"] == 10_050


def test_rates_print_the_documented_keys(film) -> None:
    found = answered("rates", film)
    assert keys(found) == documented("rates")
    food = next(each for each in found["rates"] if each["price"] == "nasa-2021/food")
    assert (food["rate_cents"], food["quoted"]) == (14_500_000, "2,000 USD at 72.5 of 2021-10-05")
    assert all(each["line"] for each in found["rates"])
    assert len(answered("rates", film, "--pack", "nasa-2019")["packs"]) == 1


def test_the_price_lists_are_those_of_the_facts(film) -> None:
    # NASA's lists of June 2019 and of February and April 2021, as the press reported them
    packs = {each["name"]: {p["id"]: p["rate"] for p in each["prices"]} for each in answered("rates", film)["packs"]}
    assert (packs["nasa-2019"]["crew-hour"], packs["nasa-2021"]["crew-hour"]) == ("17500 USD", "130000 USD")
    assert (packs["nasa-2019"]["up-mass"], packs["nasa-2021"]["up-mass"]) == ("3000 USD", "20000 USD")
    assert (packs["nasa-2021"]["integration"], packs["seats"]["axiom-2022"]) == ("4.8 M USD", "55 M USD")
    for each in answered("rates", film)["packs"]:
        assert all(price["source"] and price["date"] for price in each["prices"])


def test_the_top_sheet_is_printed(film) -> None:
    text = said("budget", film, "--board", "agreed")
    for words in ("Total above the line", "Total orbit", "GRAND TOTAL", "dropping INNA"):
        assert words in text


def test_an_account_is_printed_with_what_made_it(film) -> None:
    assert "Inna, the surgeon, work" in said("budget", film, "--board", "agreed", "--account", "1400")
    assert "no lines on this account" in said("budget", film, "--board", "agreed", "--account", "4100", code=2)


def test_files_are_written(film, tmp_path) -> None:
    names = [tmp_path / name for name in ("b.xlsx", "b.csv", "b.pdf")]
    said("budget", film, "--board", "agreed", "--xlsx", names[0], "--csv", names[1], "--pdf", names[2])
    assert [name.read_bytes()[:2] for name in names] == [b"PK", b"ac", b"%P"]


WRONG = [
    ('rate = "72.5 RUB"', 'rate = "72.5 RBU"', "RUB"),
    ('rate = "72.5 RUB"', 'rate = "0 RUB"', "73.5 RUB"),
    ("[currency.USD]\n", "[currency.USS]\n", "did you mean"),
    ("[currency.USD]\n", "[currency.RUB]\n", "take the table out"),
    ('price = "nasa-2021/food"', 'price = "nasa-2021/foot"', 'did you mean "food"?'),
    ('price = "nasa-2021/food"', 'price = "nasa-2012/food"', 'did you mean "nasa-20'),
    ('amount = "film_crew_aboard * span_days.orbit"', 'amount = "film_crew_abroad * 2"', 'did you mean "film_crew_aboard"?'),
    ('amount = "film_crew_aboard * span_days.orbit"', 'amount = "crew_hours.main"', "did you mean"),
    ('accounts = ["1300-1499"]', 'accounts = ["1499-1300"]', "swap the two"),
    ('accounts = ["1300-1499"]', 'accounts = ["13"]', "13"),
    ('account = "3200"', 'account = "9200"', "1100 to 8999"),
    ('by = "4-day week"', 'by = "4-day weak"', 'did you mean "4-day week"?'),
    ('unit = "main"\nby', 'unit = "mian"\nby', 'did you mean "main"?'),
    ('high = "4 550 000 RUB"', 'low = "5 RUB"', "low, rate and high"),
    ("agency_percent = 10", "agency_percent = -1", "0"),
    ("agency_percent = 10", 'deal = "weekly"', "week ="),
    ("agency_percent = 10", 'overtime = "9 RUB"', "straight_h"),
    ("[budget]\n", '[budget]\nchart = "chart.toml"\n', "chart.toml"),
    ("[budget]\n", '[budget]\nactuals = "../books.csv"\n', "own folder"),
]


@pytest.mark.parametrize(("old", "new", "remedy"), WRONG)
def test_a_wrong_rate_is_told_with_file_line_and_remedy(film, old, new, remedy) -> None:
    replaced(film, old, new)
    text = said("budget", film, "--board", "agreed", code=2)
    assert re.search(r"production\.toml:\d+: ", text), text
    assert remedy in text.replace("\n", " "), text


BOOKS = [
    ("date,account,kind,amount\n2022-06-06,2000,paid,1\n", 2, "actual"),
    ("date,account,kind,amount\n\n2022-13-06,2000,actual,1\n", 3, "2022-06-06"),
    ("date,account,kind,amount\n2022-06-06,20,actual,1\n", 2, "chart"),
    ("date,account,kind,amount\n2022-06-06,2000,actual,1 USD\n", 2, "RUB"),
    ("date,account,amount\n", 1, "date,account,kind,amount,text"),
    ("", 1, "date,account,kind,amount,text"),
]


@pytest.mark.parametrize(("text", "line", "remedy"), BOOKS)
def test_wrong_books_are_told_with_file_line_and_remedy(film, text, line, remedy) -> None:
    replaced(film, "[budget]\n", '[budget]\nactuals = "books.csv"\n')
    (film / "books.csv").write_text(text, encoding="utf-8")
    told = said("budget", film, "--board", "agreed", code=2)
    assert f"books.csv:{line}: " in told
    assert remedy in told


def test_a_chart_of_ones_own_books_every_line(film) -> None:
    usual = answered("budget", film, "--board", "agreed")
    chart = (ROOT / "src/cupola/money/charts/film.toml").read_text(encoding="utf-8")
    (film / "ours.toml").write_text(chart.replace('work = "1400"', 'work = "1600"').replace("Bits and stunts", "Players"))
    replaced(film, "[budget]\n", '[budget]\nchart = "ours.toml"\n')
    found = answered("budget", film, "--board", "agreed")
    assert found["board_cents"] == usual["board_cents"]
    assert next(each for each in found["accounts"] if each["number"] == "1600")["title"] == "Players"
    assert {line["account"] for line in found["lines"] if line["kind"] == "work"} == {"1600"}


def test_a_wrong_chart_is_told_with_its_own_line(film) -> None:
    (film / "ours.toml").write_text('title = "Ours"\n[above]\n1100 = "Story"\n[kinds]\nwork = "7777"\n')
    replaced(film, "[budget]\n", '[budget]\nchart = "ours.toml"\n')
    assert "ours.toml:" in said("budget", film, "--board", "agreed", code=2)


def test_a_price_pack_of_ones_own_is_read_and_a_wrong_one_told(film) -> None:
    pack = 'title = "Hire"\ndate = 2022-05-01\nsource = "quote"\n[[price]]\nid = "crane"\ntext = "Crane"\nunit = "day"\n'
    (film / "hire.toml").write_text(f'{pack}account = "2500"\nrate = "90 000 RUB"\n')
    replaced(film, "[budget]\n", '[budget]\nprices = "hire.toml"\n')
    append(film, '[[charge]]\nprice = "hire/crane"\namount = 3')
    line = next(each for each in answered("budget", film, "--board", "agreed")["lines"] if each["text"] == "Crane")
    assert (line["cents"], line["source"], line["unit"]) == (27_000_000, "quote", "day")
    (film / "hire.toml").write_text(f'{pack}account = "2500"\nrate = "90 000 RUR"\n')
    assert "hire.toml:" in said("budget", film, "--board", "agreed", code=2)
