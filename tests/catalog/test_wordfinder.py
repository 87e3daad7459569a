from __future__ import annotations

import random
import tracemalloc

import pytest

from deid.catalog import WordFinder, WordIndex

CHARACTERS = "王李张伟敏静0123456789A𠮷"


def plainly(words, text):
    """What is to be found, looked for word by word."""
    first = {}
    for word, value in words:
        first.setdefault(word, value)
    found = [
        (start, start + len(word), value)
        for word, value in first.items()
        for start in range(len(text))
        if text.startswith(word, start)
    ]
    return sorted(found, key=lambda one: (one[1], one[0]))


def drawn(draw, count, longest):
    return ["".join(draw.choices(CHARACTERS, k=draw.randint(2, longest))) for _ in range(count)]


@pytest.mark.parametrize("most", [1, 2, 5, 40, 10_000])
@pytest.mark.parametrize("seed", range(12))
def test_all_words_are_found_however_few_beginnings_there_may_be(seed, most):
    draw = random.Random(seed)
    words = [(word, draw.choice("abc")) for word in drawn(draw, 120, 7)]
    text = "".join(drawn(draw, 60, 7) + draw.choices([word for word, _ in words], k=60))

    finder = WordFinder(words, most=most)

    assert list(finder.find_all(text)) == plainly(words, text)


@pytest.mark.parametrize("most", [1, 2, 10_000])
def test_words_inside_others_are_found_in_order_of_their_ends_with_their_first_value(most):
    words = [
        ("王建", "a"),
        ("王建国", "b"),
        ("建国", "c"),
        ("13800138000", "d"),
        ("138", "e"),
        ("王建国", "f"),
    ]
    text = "王建国13800138000，建国138"

    finder = WordFinder(words, most=most)

    assert list(finder.find_all(text)) == list(WordIndex(dict(reversed(words))).find_all(text))


@pytest.mark.parametrize("most", [2, 10_000])
@pytest.mark.parametrize("text", ["", "1", "1380013800", "x1380013800", "13800138000"])
def test_the_beginning_of_a_word_at_the_end_of_a_text_is_no_word(text, most):
    words = [("13800138000", "d"), ("13900139000", "d"), ("13900139001", "d")]

    assert list(WordFinder(words, most=most).find_all(text)) == plainly(words, text)


def test_nothing_is_found_of_no_words():
    assert list(WordFinder([]).find_all("王建国")) == []


def test_very_many_words_take_few_bytes_each():
    numbers = [f"13{number * 7919 % 10**9:09}" for number in range(100_000)]
    WordFinder(((number, "PHONE_NUMBER") for number in numbers[:100]), most=10)  # what it imports stays
    tracemalloc.start()
    try:
        finder = WordFinder(((number, "PHONE_NUMBER") for number in numbers), most=1000)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    automaton = len(finder._all.serialize())
    assert kept + automaton < 20 * len(numbers)
    assert [(start, end) for start, end, _ in finder.find_all(f"电话{numbers[1]}。")] == [(2, 13)]


def test_long_words_are_told_by_how_they_end_and_take_few_bytes():
    draw = random.Random(1)
    head = "".join(draw.choices(CHARACTERS, k=100))  # as all pictures of one program begin
    words = [(head + "".join(draw.choices(CHARACTERS, k=2000 + n % 7)), "x") for n in range(100)]
    text = "前".join([words[3][0], words[0][0][:-1] + "尾", head, words[50][0] + "后", words[7][0][:1500]])

    finder = WordFinder(words)

    assert list(finder.find_all(text)) == plainly(words, text)
    assert len(finder._all.serialize()) < 1_000_000  # 200,000 characters would be three million bytes
