"""Genres in many languages and separators, with the category that a person would name."""

import pytest

from core.training.data import genre_words
from core.training.data.genres import GENRE_CATEGORIES, _id3_names, _terms, _words, map_genre_to_category

NAMES = {number: name for name, number in GENRE_CATEGORIES.items()}

MEANT = {
    "rock": "Rock; Heavy Metal; Progressive Death Metal; Punkrock; Deutschrock; Krautrock; Metalcore; Indie Rock; "
    "Alternative; Grunge; Rock & Roll; Rock 'n' Roll; Blues-Rock; Acoustic Rock; Celtic Rock; Rock progresivo; Рок; "
    "Русский рок; Метал; ロック; ハードロック; Alternative & Punk; Post-Punk",
    "pop": "Pop; Synthpop; Synth-Pop; New Wave; Disco; Dance; J-Pop; Schlager; Indie Pop; Chanson française; Поп; "
    "Эстрада; ポップス; Variété française; Neue Deutsche Welle; Disco polo; Top 40",
    "electronic": "Electronic; Techno; House; Trance; EDM; Dubstep; Drum & Bass; Drum and Bass; Drum'n'Bass; DnB; "
    "Ambient; Elektronik; Électronique; Música electrónica; Elettronica; Muzyka elektroniczna; Электронная; テクノ",
    "hiphop": "Hip-Hop; Hip Hop; HipHop; Rap; R&B; R'n'B; RnB; Rhythm & Blues; Trap; "
    "Deutschrap; Рэп; Хип-хоп; ヒップホップ; 힙합",
    "jazz": "Jazz; Bebop; Swing; Acid Jazz; Latin Jazz; Vocal Jazz; Jazz Fusion; Big Band; Джаз; ジャズ; ＪＡＺＺ",
    "blues": "Blues; Delta Blues; Soul; Funk; Motown; Gospel; Acoustic Blues; Блюз; ソウル",
    "classical": "Classical; Klassik; Klassische Musik; Musique classique; Música clásica; Classica; Klassiek; Oper; "
    "Opéra; Muzyka poważna; Классическая музыка; クラシック; Baroque; Symphony; Kammermusik",
    "country": "Country; Bluegrass; Folk; Americana; Singer-Songwriter; Volksmusik; Liedermacher; Народная; フォーク",
    "latin": "Latin; Salsa; Reggaetón; Bossa Nova; Samba; Tango; Música Popular Brasileira; Forró; サルサ",
    "reggae": "Reggae; Ska; Dub; Dancehall; Roots Reggae; Регги; レゲエ",
    "world": "World; World Music; Weltmusik; Musique du monde; African; Celtic; Indian Classical; Ethnic; "
    "Этническая; 民族音楽",
    "soundtrack": "Soundtrack; Score; Film Score; Filmmusik; Colonna sonora; Banda Sonora; Muzyka filmowa; Game; "
    "Video Game Music; Original Soundtrack; Musical; Саундтрек; サウンドトラック; アニメ",
    "instrumental": "Instrumental; Acoustic; New Age; Akustik; Инструментальная; ニューエイジ",
}


@pytest.mark.parametrize(("genre", "name"), [(genre, name) for name, text in MEANT.items() for genre in _terms(text)])
def test_a_genre_is_understood(genre: str, name: str) -> None:
    assert NAMES.get(map_genre_to_category(genre)) == name


@pytest.mark.parametrize("form", ["{}", "  {} ", "({})"])
def test_case_and_surroundings_do_not_matter(form: str) -> None:
    for name, text in MEANT.items():
        for genre in _terms(text):
            changed = form.format(genre.upper()), form.format(genre.lower())
            assert [NAMES.get(map_genre_to_category(each)) for each in changed] == [name, name], genre


@pytest.mark.parametrize(
    ("genre", "name"),
    [
        ("Rock; Hip-Hop, Soul/Funk", "rock"),
        ("Jazz/Rock", "jazz"),
        ("Jazz, Rock", "jazz"),
        ("Jazz|Rock", "jazz"),
        ("Jazz\0Rock", "jazz"),
        ("Jazz、ロック", "jazz"),
        ("Jazz & Blues", "jazz"),
        ("Jazz + Rock", "jazz"),
        ("Jazz und Rock", "jazz"),
        ("Jazz - Rock", "jazz"),
        ("R&B/Soul", "hiphop"),
        ("Folk, World, & Country", "country"),
        ("Unheard of; Jazz", "jazz"),
        ("Unheard of & Jazz", "jazz"),
    ],
)
def test_the_first_part_that_is_recognised_counts(genre: str, name: str) -> None:
    assert NAMES.get(map_genre_to_category(genre)) == name


@pytest.mark.parametrize(
    ("genre", "name"),
    [
        ("(17)", "rock"),
        ("17", "rock"),
        ("(4)Eurodisco", "pop"),
        ("(8)(17)", "jazz"),
        ("(127)", "electronic"),
        ("24", "soundtrack"),
        ("(RX)Jazz", "jazz"),
    ],
)
def test_numbers_are_those_of_id3(genre: str, name: str) -> None:
    assert NAMES.get(map_genre_to_category(genre)) == name


@pytest.mark.parametrize(
    "genre",
    [
        *(
            "",
            "  ",
            ";",
            "&",
            "Other",
            "Unknown",
            "misc",
            "(12)",
            "(255)",
            "999",
            "80s",
            "Polska",
            "Weihnachten",
            "Music",
        ),
        *("Hörspiel", "Audiobook", "Audio Book", "Podcast", "Spoken Word", "Hörbuch", "Livre audio", "Аудиокнига"),
        *("(101)", "Podcast; Rock"),
    ],
)
def test_the_unknown_and_the_spoken_have_no_category(genre: str) -> None:
    assert map_genre_to_category(genre) is None


def test_the_table_of_id3_is_whole() -> None:
    names = _id3_names()
    assert len(names) == 192
    assert (names[0], names[17], names[79], names[125], names[147], names[191]) == (
        "Blues", "Rock", "Hard Rock", "Dance Hall", "Synthpop", "Psybient",
    )  # fmt: skip


def test_no_term_of_the_table_has_two_categories() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for table in (genre_words.STRONG, genre_words.WEAK):
        for name, text in table.items():
            for term in _terms(text):
                assert seen.setdefault(tuple(_words(term)), name) == name, term
                assert 1 <= len(_words(term)) <= 4, term


def test_there_are_the_thirteen_categories_of_the_plan() -> None:
    assert list(GENRE_CATEGORIES.values()) == list(range(13))
    assert set(genre_words.STRONG) == set(GENRE_CATEGORIES)
