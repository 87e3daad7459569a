"""The persons of one invented document, and values that agree with each other.

A subject is a role and perhaps a number: `patient`, `doctor2`, `row7`. It is the same person
wherever it stands: name, sex, birth date, age, identity number and address belong together, and
relatives (`father`, `daughter`, `spouse`) fit the person the document is about, the principal.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final, NamedTuple

from deid.surrogates import addresses, dates, names
from deid.surrogates.addresses import Place
from deid.surrogates.names import Name
from deid.surrogates.words import chance, weighted
from deid.validators.resident_id import Sex


class Role(NamedTuple):
    """Whom a role is given to: percent of women, youngest and oldest age in years."""

    women: int
    youngest: int
    oldest: int


ROLES: Final[Mapping[str, Role]] = {
    "patient": Role(50, 18, 88),
    "child": Role(48, 2, 13),
    "infant": Role(48, 0, 1),
    "newborn": Role(48, 0, 0),
    "teen": Role(52, 13, 17),
    "elder": Role(50, 62, 95),
    "woman": Role(100, 21, 44),
    "man": Role(0, 20, 80),
    "client": Role(60, 18, 60),
    "doctor": Role(42, 27, 63),
    "nurse": Role(94, 22, 55),
    "counselor": Role(70, 28, 60),
    "staff": Role(50, 22, 58),
    "contact": Role(50, 20, 75),
    "row": Role(50, 1, 90),
    "adult": Role(50, 18, 78),
    "worker": Role(30, 20, 58),
    "foreigner": Role(50, 20, 75),
    "japanese": Role(50, 20, 75),
}
PRINCIPALS: Final = (
    *(
        "patient",
        "child",
        "infant",
        "newborn",
        "teen",
        "elder",
        "woman",
        "man",
        "client",
        "foreigner",
        "japanese",
    ),
)


class Kin(NamedTuple):
    """A relative: sex (or the other one), years added to the principal's age, who shares the surname, words."""

    sex: Sex | None
    least: int
    most: int
    shares: bool
    words: tuple[str, ...]


KIN: Final[Mapping[str, Kin]] = {
    "father": Kin("male", 22, 36, True, ("父亲", "爸爸", "父")),
    "mother": Kin("female", 21, 35, False, ("母亲", "妈妈", "母")),
    "grandma": Kin("female", 46, 64, False, ("外婆", "姥姥", "奶奶", "外祖母")),
    "grandpa": Kin("male", 46, 64, False, ("外公", "姥爷", "爷爷")),
    "son": Kin("male", -34, -22, True, ("儿子", "长子", "次子", "小儿子")),
    "daughter": Kin("female", -34, -22, True, ("女儿", "长女", "大女儿", "小女儿")),
    "daughterinlaw": Kin("female", -34, -24, False, ("儿媳", "媳妇", "儿媳妇")),
    "soninlaw": Kin("male", -34, -22, False, ("女婿",)),
    "spouse": Kin(None, -5, 5, False, ()),
    "brother": Kin("male", -8, 8, True, ("弟弟", "哥哥", "胞弟", "大哥")),
    "sister": Kin("female", -8, 8, True, ("姐姐", "妹妹", "胞妹", "大姐")),
    "nephew": Kin("male", -34, -18, True, ("侄子", "侄儿")),
}
_SPOUSE_WORDS: Final[Mapping[Sex, tuple[str, ...]]] = {
    "male": ("丈夫", "老公", "爱人", "配偶"), "female": ("妻子", "爱人", "老伴", "配偶"),
}  # fmt: skip
_KINDS_OF_FAMILIES: Final = ("minority", "transliterated", "roman", "japanese")
_OLD_KIN: Final = ("son", "son", "daughter", "daughter", "spouse", "daughterinlaw", "soninlaw", "nephew")
_YOUNG_KIN: Final = ("father", "mother", "spouse", "sister", "brother", "spouse")
_CHILD_KIN: Final = ("father", "mother", "mother", "grandma", "grandpa")

TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "doctor": (
        "医生",
        "医生",
        "主任",
        "主任",
        "大夫",
        "教授",
        "医师",
        "主治医师",
        "副主任医师",
        "主任医师",
        "院长",
        "副主任",
    ),
    "nurse": ("护士", "护士长", "护士", "护师", "主管护师"),
    "counselor": ("老师", "咨询师", "心理师", "老师", "医生"),
    "staff": ("经理", "主管", "主任", "老师", "总", "科长", "工", "处长"),
}


@dataclass(eq=False)
class Person:
    """Somebody invented. `facts` holds what else has been said: entity type → value."""

    role: str
    name: Name
    sex: Sex
    born: datetime.date
    place: Place
    words: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


@dataclass
class Cast:
    """Who and what occurs in one document; whoever is asked for comes to be."""

    random: Random
    visit: datetime.date
    place: Place
    date_form: str
    persons: dict[str, Person] = field(default_factory=dict)
    shared: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def new(cls, random: Random) -> Cast:
        """A day of the years from 2018 on, a place and a favourite way to write dates."""
        visit = datetime.date(2018, 1, 2) + datetime.timedelta(days=random.randrange(2900))
        return cls(random, visit, addresses.place(random), dates.date_form(random, "full"))

    def person(self, subject: str) -> Person:
        found = self.persons.get(subject)
        if found is None:
            found = self.persons[subject] = (
                self._kin(subject) if self._is_kin(subject) else self._new(subject)
            )
        return found

    @property
    def principal(self) -> Person:
        """The person the document is about: the first patient, child, client… that occurs."""
        for subject, person in self.persons.items():
            if person.role in PRINCIPALS and subject:
                return person
        return self.person("patient")

    def kin_word(self, subject: str) -> str:
        """What the relative is to the principal: 儿子, 妻子."""
        return self.random.choice(self.person(subject).words or ("家属", "亲属"))

    def written_name(self, subject: str, form: str) -> str:
        """The name in a form of `names`, or by a custom: form (printed), casual, hidden, any."""
        person = self.person(subject)
        return names.written(person.name, self._name_form(person, form or "full"))

    def age(self, subject: str, form: str = "") -> str:
        """n is the number alone, plain 58岁, sure a form that says by itself that it is an age."""
        person = self.person(subject)
        years = dates.years_between(person.born, self.visit)
        if form == "n" and years >= 2:
            return str(years)
        example = dates.age_form(self.random, person.born, self.visit)
        if form == "plain" and years >= 2:
            example = "58岁"
        elif form == "sure" and years < 2 and dates.months_between(person.born, self.visit):
            example = "8月龄"
        return dates.write_age(person.born, self.visit, example)

    def title(self, subject: str) -> str:
        """A word after the surname that fits the role."""
        person = self.person(subject)
        if person.role in TITLES:
            return self.random.choice(TITLES[person.role])
        years = dates.years_between(person.born, self.visit)
        if person.sex == "male":
            return self.random.choice(
                ("先生", "先生", "师傅", "大爷") if years > 58 else ("先生", "先生", "师傅")
            )
        return self.random.choice(("女士", "阿姨", "大妈") if years > 58 else ("女士", "女士", "小姐"))

    def _name_form(self, person: Person, form: str) -> str:
        random = self.random
        years = dates.years_between(person.born, self.visit)
        young, old = years < 40, years > 44
        short = "given" if len(person.name.given) > 1 else "full"
        if form == "form":
            return weighted(random, ((88, "full"), (6, "spaced"), (6, "wide")))
        if form == "hidden":
            return weighted(random, ((4, "mou"), (4, "moumou"), (4, "star"), (1, "x")))
        if form == "casual":
            return random.choice(
                ("full", short, "xiao" if young else "lao" if old else short, "a" if years < 60 else short)
            )
        if form == "any":
            return weighted(
                random, ((80, "full"), (10, "xiao" if young else "lao" if old else "full"), (10, short))
            )
        if form == "lao" and young:
            return "xiao"
        return short if form == "given" else form

    def _is_kin(self, subject: str) -> bool:
        return subject.rstrip("0123456789") in (*KIN, "relative")

    def _new(self, subject: str) -> Person:
        """A person by the role; whoever has no known role is an adult."""
        random, role = self.random, subject.rstrip("0123456789_") or "adult"
        limits = ROLES.get(role, ROLES["adult"])
        sex: Sex = "female" if chance(random, limits.women) else "male"
        if role == "newborn":
            born = dates.day_before(random, self.visit, least=1, most=27)
        elif role == "infant":
            born = dates.day_before(random, self.visit, least=35, most=710)
        else:
            born = dates.born(random, self.visit, least=limits.youngest, most=limits.oldest)
        kind: names.Kind | None = None
        if role == "foreigner":
            kind = "roman" if chance(random, 50) else "transliterated"
        elif role == "japanese":
            kind = "japanese"
        return self._named(role, sex, born, kind=kind)

    def _kin(self, subject: str) -> Person:
        random, role, principal = self.random, subject.rstrip("0123456789"), self.principal
        years = dates.years_between(principal.born, self.visit)
        if role == "relative":
            role = random.choice(_OLD_KIN if years > 45 else _YOUNG_KIN if years > 22 else _CHILD_KIN)
        kin = KIN[role]
        sex: Sex = kin.sex or ("male" if principal.sex == "female" else "female")
        age = min(max(years + random.randint(kin.least, kin.most), 19 if role == "spouse" else 1), 97)
        born = dates.born(random, self.visit, least=age, most=age)
        upward = role == "father" or (role in ("son", "daughter", "nephew") and principal.sex == "male")
        shares = (
            kin.shares and (upward or role in ("brother", "sister")) and principal.name.kind != "minority"
        )
        family = principal.name.surname if shares and chance(random, 95) else ""
        words = kin.words or _SPOUSE_WORDS[sex]
        kind = principal.name.kind if principal.name.kind in _KINDS_OF_FAMILIES else "han"
        return self._named(
            role, sex, born, kind=kind if chance(random, 90) else None, family=family, words=words
        )

    def _named(
        self,
        role: str,
        sex: Sex,
        born: datetime.date,
        *,
        kind: names.Kind | None = None,
        family: str = "",
        words: tuple[str, ...] = (),
    ) -> Person:
        """A person whose name no other of the document bears."""
        taken = [person.name.full for person in self.persons.values()]
        while True:
            name = names.person(self.random, sex=sex, year=born.year, kind="han" if family else kind)
            if family:
                name = Name(family, name.given)
            if name.full not in taken:
                return Person(role, name, sex, born, self.place, words)
