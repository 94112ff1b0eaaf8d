"""The map of where partners are: a grid of continents that is read in black and white, and heard."""

from xml.etree import ElementTree

from services.partners.charts.continents import Country, continent_grid, described

SVG = "{http://www.w3.org/2000/svg}"
THIRTEEN = [
    Country(name="United States", continent="north_america", partners=7),
    Country(name="Canada", continent="north_america", partners=1),
    Country(name="Sweden", continent="europe", partners=1),
    Country(name="United Kingdom", continent="europe", partners=2),
    Country(name="Qatar", continent="asia", partners=1),
    Country(name="Brazil", continent="south_america", partners=1),
]


def drawn(countries: list[Country]) -> ElementTree.Element:
    return ElementTree.fromstring(continent_grid(title="Where <they> are", countries=countries))


def boxes(picture: ElementTree.Element) -> dict[str, list[str]]:
    """What is written in each box, by its heading."""
    written = [[text.text or "" for text in box.iter(f"{SVG}text")] for box in picture.iter(f"{SVG}g")]
    return {heading: below for heading, *below in written}


def test_each_continent_has_its_countries_those_with_most_partners_first() -> None:
    shown = boxes(drawn(THIRTEEN))

    assert shown["North America"] == ["8 partners", "United States", "7", "Canada", "1"]
    assert shown["Europe"] == ["3 partners", "United Kingdom", "2", "Sweden", "1"]
    assert shown["Africa"] == ["no partners"]


def test_antarctica_is_there_only_when_a_partner_is() -> None:
    assert "Antarctica" not in boxes(drawn(THIRTEEN))
    assert (
        boxes(drawn([Country(name="Antarctica", continent="antarctica", partners=1)]))["Antarctica"][0] == "1 partner"
    )


def test_the_map_is_heard_as_it_is_seen() -> None:
    picture = drawn(THIRTEEN)

    assert picture.get("aria-labelledby") == "title desc"
    assert picture.findtext(f"{SVG}title") == "Where <they> are"
    assert picture.findtext(f"{SVG}desc") == described(THIRTEEN)
    assert described(THIRTEEN).startswith("North America: 8 partners (United States 7, Canada 1). ")
    assert described([]) == "There is no partner."


def test_the_map_is_read_in_black_and_white() -> None:
    picture = drawn(THIRTEEN)
    colours = {each.get(paint) for each in picture.iter() for paint in ("fill", "stroke")} - {None, "none"}
    frames = {box.find(f"{SVG}text").text: box.find(f"{SVG}rect") for box in picture.iter(f"{SVG}g")}  # type: ignore[union-attr]

    assert colours == {"#000000", "#ffffff"}
    assert frames["Africa"].get("stroke-dasharray")  # type: ignore[union-attr]
    assert not frames["Europe"].get("stroke-dasharray")  # type: ignore[union-attr]


def test_nothing_that_is_drawn_is_beside_the_page() -> None:
    picture = drawn([Country(name=f"Country {at}", continent="africa", partners=at) for at in range(1, 54)])
    height = float(picture.get("height", 0))

    assert all(0 < float(text.get("y", 0)) < height for text in picture.iter(f"{SVG}text"))
    bottoms = [float(box.get("y", 0)) + float(box.get("height", 0)) for box in picture.iter(f"{SVG}rect")]
    assert max(bottoms) <= height
