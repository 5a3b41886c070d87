"""Scene headings taken apart into INT/EXT, hub, set and time of day, as a breakdown sheet has them."""

import pytest

from cupola.script.headings import Place, split_heading


@pytest.mark.parametrize(
    ("text", "int_ext", "hub", "where", "time_of_day"),
    [
        ("INT. WILL'S BEDROOM - NIGHT", "INT", "WILL'S BEDROOM", "WILL'S BEDROOM", "NIGHT"),
        ("INT. ISS - CUPOLA - ORBITAL SUNRISE", "INT", "ISS", "CUPOLA", "ORBITAL SUNRISE"),
        ("INT. ISS - NAUKA - AIRLOCK - DAY", "INT", "ISS", "NAUKA - AIRLOCK", "DAY"),
        ("int. iss - cupola - day", "INT", "ISS", "CUPOLA", "DAY"),
        ("INT. HOUSE - KITCHEN", "INT", "HOUSE", "KITCHEN", ""),
        ("INT. HOUSE", "INT", "HOUSE", "HOUSE", ""),
        ("EXT. HOUSE - NIGHT - RAIN", "EXT", "HOUSE", "HOUSE", "NIGHT"),
        ("EXT. HOUSE - DAY (1953)", "EXT", "HOUSE", "HOUSE", "DAY"),
        ("EXT. HOUSE – DAY", "EXT", "HOUSE", "HOUSE", "DAY"),
        ("EXT. HOUSE — GARDEN -- DAY", "EXT", "HOUSE", "GARDEN", "DAY"),
        ("EXT. HOUSE-NIGHT", "EXT", "HOUSE", "HOUSE", "NIGHT"),
        ("EXT. BIG-TOP - NIGHT", "EXT", "BIG-TOP", "BIG-TOP", "NIGHT"),
        ("INT. HOUSE. KITCHEN. DAY", "INT", "HOUSE", "KITCHEN", "DAY"),
        ("EXT. HOUSE, DAY", "EXT", "HOUSE", "HOUSE", "DAY"),
        ("INT. HOUSE - TEN P.M.", "INT", "HOUSE", "HOUSE", "TEN P.M."),
        ("INT. HOUSE - 3:30", "INT", "HOUSE", "HOUSE", "3:30"),
        ("INT. HOUSE - NIHGT", "INT", "HOUSE", "HOUSE", "NIHGT"),
        ("INT. HOTEL - DAY ROOM - NIGHT", "INT", "HOTEL", "DAY ROOM", "NIGHT"),
        ("INT./EXT. CAR - DAY", "INT/EXT", "CAR", "CAR", "DAY"),
        ("INT/EXT CAR - DAY", "INT/EXT", "CAR", "CAR", "DAY"),
        ("EXT/INT. CAR - DAY", "INT/EXT", "CAR", "CAR", "DAY"),
        ("I/E. CAR - CONTINUOUS", "INT/EXT", "CAR", "CAR", "CONTINUOUS"),
        ("EST. TOWN - DAWN", "EST", "TOWN", "TOWN", "DAWN"),
        ("SNIPER SCOPE", "", "SNIPER SCOPE", "SNIPER SCOPE", ""),
        ("ИНТ. МКС - КУПОЛ - ОРБИТАЛЬНЫЙ ЗАКАТ", "INT", "МКС", "КУПОЛ", "ОРБИТАЛЬНЫЙ ЗАКАТ"),
        ("НАТ. СТЕПЬ – РЕЖИМ", "EXT", "СТЕПЬ", "СТЕПЬ", "РЕЖИМ"),
        ("ИНТ. КВАРТИРА. КУХНЯ. ДЕНЬ", "INT", "КВАРТИРА", "КУХНЯ", "ДЕНЬ"),
        ("ИНТ./НАТ. ПОЕЗД - НОЧЬ", "INT/EXT", "ПОЕЗД", "ПОЕЗД", "НОЧЬ"),
        ("ЭКСТ. УЛИЦА - ВЕЧЕР", "EXT", "УЛИЦА", "УЛИЦА", "ВЕЧЕР"),
        ("INT.", "INT", "", "", ""),
    ],
)
def test_a_heading_is_taken_apart(text: str, int_ext: str, hub: str, where: str, time_of_day: str) -> None:
    assert split_heading(text) == Place(int_ext=int_ext, hub=hub, set=where, time_of_day=time_of_day)


@pytest.mark.parametrize("text", ["EXT. MARCH HOUSE. DAY. 1868.", "EXT. MARCH HOUSE, DAY, 1860s", "EXT. MARCH HOUSE. DAY"])
def test_a_year_behind_the_time_of_day_is_no_part_of_the_place(text):
    assert split_heading(text) == Place(int_ext="EXT", hub="MARCH HOUSE", set="MARCH HOUSE", time_of_day="DAY")
