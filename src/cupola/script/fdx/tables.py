"""What Final Draft calls things, and what we call them: paragraphs, breakdown categories, the colours of revised pages."""

from __future__ import annotations

import re

CATEGORY_IDS: dict[str, str] = {
    "01fc9642-84ff-4366-b37c-a3068dee57e8": "cast",
    "028a4e2b-b507-4d09-88ab-90e3edae9071": "background",
    "0377dbe6-77a3-41af-bda8-86eb2468fdbf": "stunt",
    "04721a56-f54b-49c8-80ad-d53887d6b851": "vehicle",
    "05c556eb-6bc1-4a3a-b09f-f8b5ba1b6afa": "prop",
    "47b02ff1-5161-4137-b736-f36eebba7643": "camera",
    "069e18b8-2109-4f3d-94e7-d802027a60a8": "sfx",
    "0726fa85-1e65-4ab8-87de-bf21d09b01f0": "wardrobe",
    "08ae1eef-32ce-415f-9a9b-0982d2453ec4": "makeup",
    "09cb0d1c-ce01-4f22-bb64-b5f2e6c491c6": "animal",
    "0ae40617-cc7c-48e6-ae2b-5aaecc09986f": "wrangler",
    "0b0b44c9-aa4b-4c40-88b1-d94472ad7a26": "music",
    "0ce7d308-096d-4603-8fe8-349f72cd89ff": "sound",
    "c86eae40-3b01-41c3-a7de-6859e6ec971d": "art",
    "4a84b619-62f9-4c04-8e46-bf2cd0b7f582": "art",
    "0debb71b-5743-4c53-80cc-e17e841ce645": "set dressing",
    "0e7a8fc5-5441-4bad-a9bf-5ddd3fe51c69": "greenery",
    "0ff5cda4-4d43-4cfe-940f-91380c46fdad": "special equipment",
    "109d0eaa-0334-4823-ac0c-b44d3f209dc4": "security",
    "1179a4b1-70ee-4011-b4a2-809a0af09e92": "labour",
    "12ab0932-e3b9-4b4a-bcd0-3da1b4e61d5e": "vfx",
    "135cc9d1-c4d5-4d00-83d9-571f584ea9cd": "mechanical",
    "ce04f547-f7ee-40c9-ab66-d95a0c98034e": "misc",
    "148267ae-50ae-4746-8202-659fb7447b55": "misc",
    "15b6f4fd-4e74-4ad8-9971-b239d88c2997": "note",
    "216f33fd-fc42-4269-be01-b05b18f815a0": "comment",
    "8e5e75c2-713b-47df-a75f-f12648b98ded": "synopsis",
    "63c140da-ef2b-491a-b416-b46f461abb89": "script day",
    "849f1ebf-5507-4f33-bff6-3a5b4d73be14": "unit",
    "70877d87-30ef-45b6-be46-c6fa94b83a71": "sequence",
    "c5e89e4d-f83e-4c28-950c-92a63f1b5f26": "location",
}
"""The identifiers of Final Draft's own categories, the same in every file; the first of a word is the one we write."""

CATEGORY_NAMES: dict[str, str] = {
    "cast": "Cast Members",
    "background": "Background Actors",
    "stunt": "Stunts",
    "vehicle": "Vehicles",
    "prop": "Props",
    "camera": "Camera",
    "sfx": "Special Effects",
    "wardrobe": "Wardrobe",
    "makeup": "Makeup/Hair",
    "animal": "Animals",
    "wrangler": "Animal Wrangler",
    "music": "Music",
    "sound": "Sound",
    "art": "Art Department",
    "set dressing": "Set Dressing",
    "greenery": "Greenery",
    "special equipment": "Special Equipment",
    "security": "Security",
    "labour": "Additional Labor",
    "vfx": "Visual Effects",
    "mechanical": "Mechanical Effects",
    "misc": "Miscellaneous",
    "note": "Notes",
    "comment": "Comments",
    "synopsis": "Synopsis",
    "script day": "Script Day",
    "unit": "Unit",
    "sequence": "Sequence",
    "location": "Location",
    "set": "Set",
    "int/ext": "INT/EXT",
    "day/night": "Day/Night",
    "grip": "Grip",
    "electric": "Electric",
    "other": "Other",
}
"""What the categories are called in Final Draft; the last five are not among its own."""

_WORDS: dict[str, str] = {name.casefold(): word for word, name in CATEGORY_NAMES.items()} | {"cast": "cast"}

PAPERS: dict[str, str] = {
    "White": "#FFFFFFFFFFFF",
    "Blue": "#C6C6EDEDFEFE",
    "Pink": "#FDFDCCCCD4D4",
    "Yellow": "#FDFDFFFFABAB",
    "Green": "#D1D1FEFED0D0",
    "Goldenrod": "#FAFACDCD3939",
    "Buff": "#FCFCEDED9D9D",
    "Salmon": "#F8F8AEAE8E8E",
    "Cherry": "#FBFBA4A4B4B4",
    "Tan": "#FDFDF1F1C7C7",
}
"""The colours of revised pages in their order, and how Final Draft 12 tints them: red, green, blue, four digits each."""

INKS: dict[str, str] = {
    "White": "#000000000000",
    "Blue": "#00000000FFFF",
    "Pink": "#FFFF0000FFFF",
    "Yellow": "#A0A0A0A00000",
    "Green": "#000080800000",
    "Goldenrod": "#CCCC7F7F3232",
    "Buff": "#8E8E6B6B2323",
    "Salmon": "#A7A742424242",
    "Cherry": "#D5D523236B6B",
    "Tan": "#DBDB93937070",
}
"""The colours in which Final Draft 12 shows the words of each set."""

_TIMES = {"double": "Double ", "2nd": "Double ", "second": "Double ", "triple": "Triple ", "3rd": "Triple ", "third": "Triple "}
_PAPER = re.compile(rf"(?:({'|'.join(_TIMES)})\s+)?({'|'.join(PAPERS)})\b", re.IGNORECASE)
_TINT = re.compile(r"#([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})")
_NEAR = 0x2800


def category_word(identifier: str, name: str) -> str:
    """Return our word for a category: by its identifier, else by the name Final Draft gives it, else that name; never empty."""
    known = CATEGORY_IDS.get(identifier.strip().strip("{}").casefold())
    tidy = " ".join(name.split())
    return known or _WORDS.get(tidy.casefold()) or tidy or "other"


def paper_of(name: str, tint: str) -> str:
    """Return the colour of the paper of a revision set: what its name says, else the nearest to its tint; empty for none.

    >>> paper_of("2nd Blue Rev. (3/14/26)", "#C6C6EDEDFEFE"), paper_of("Second Revision", "#FDFDCCCCD4D4")
    ('Double Blue', 'Pink')
    """
    said = _PAPER.match(name.strip())
    if said:
        return _TIMES.get((said.group(1) or "").casefold(), "") + said.group(2).capitalize()
    found = _TINT.fullmatch(tint.strip())
    if not found:
        return ""
    wanted = [int(part, 16) for part in found.groups()]
    distance, paper = min((_distance(wanted, tint), paper) for paper, tint in PAPERS.items())
    return paper if distance <= _NEAR else ""


def _distance(wanted: list[int], tint: str) -> int:
    return max(abs(one - int(tint[at : at + 4], 16)) for one, at in zip(wanted, (1, 5, 9), strict=True))


def tint_of(colour: str, tints: dict[str, str]) -> str:
    """Return the tint of a colour, that of Blue for Double Blue too; White for a colour nobody knows."""
    return tints.get(colour.rpartition(" ")[2].capitalize(), tints["White"])
