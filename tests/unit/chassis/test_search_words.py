"""By which words things are found."""

import pytest

from chassis.persistence.search import search_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Region Jönköping County", ["county", "jonkoping", "region"]),
        ("Cincinnati Children’s Hospital", ["children", "cincinnati", "hospital", "s"]),
        ("Søren Łódź-Þór", ["lodz", "soren", "thor"]),
        ("STRASSE Straße", ["strasse"]),
        ("Ἀθῆναι", ["αθηναι"]),
        ("東京 大学", ["大学", "東京"]),
        ("Ａ１ & (B_2)", ["2", "a1", "b"]),
        ("!!", []),
    ],
)
def test_words_have_no_accents_no_case_and_no_punctuation(name: str, words: list[str]) -> None:
    assert search_words(name) == words


def test_a_composed_and_a_decomposed_name_have_the_same_words() -> None:
    assert search_words("M\u00fcller") == search_words("Mu\u0308ller") == ["muller"]
