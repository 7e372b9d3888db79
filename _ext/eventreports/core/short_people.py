"""People in the short form, as programmes and web pages write them: “Name (Affiliation)”.

What is read is clearly meant: a bracket is a reading where its sounds fit the name's characters, a
job title where its last word is one. Anything else stays in the name, and :func:`alternatives` has
what may be meant.
"""

import difflib
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from .names import is_company_form

#: Longer texts are no names.
_LONGEST: Final = 300
_LONGEST_LIST: Final = 3_000
_MOST_SEPARATORS: Final = 6
#: Keys of a person, and their values.
Keys = dict[str, str | list[str]]

# Words

#: What companies and schools are called, and no person.
_COMPANY: Final = re.compile(
    r"(株式|有限|合同)会社|(社団|財団|学校|独立行政)法人|\((株|有|同)\)|大学|研究[所室会科]|銀行|総研$"
    r"|\b(inc|ltd|llc|corp|co|gmbh|plc|k\.?k|b\.?v)\.?$"
    r"|\b(incorporated|limited|corporation|company|university|institute|foundation|labs?|group)$",
    re.IGNORECASE,
)
_JOB: Final = re.compile(
    r"(.*\b)?(engineer|developer|programmer|architect|manager|director|evangelist|advocate"
    r"|consultant|researcher|scientist|professor|lecturer|designer|analyst|founder|president"
    r"|officer|administrator|maintainer|student|editor|leader|specialist|intern|tech lead|team lead"
    r"|research fellow|vp|ceo|cto|cio|coo|cfo|cpo|ciso|sre|devrel)(\s+(of|for)\s.+)?|head of .+"
    r"|.*(エンジニア|アーキテクト|マネージャー?|ディレクター?|部長|課長|係長|主任|室長|社長|会長"
    r"|取締役|執行役員|役員|顧問|教授|助教|講師|研究員|デザイナー?|リーダー?|エバンジェリスト"
    r"|アドボケート|コンサルタント|フェロー|開発者|学生|技術者|理事長?|局長|所長|編集長"
    r"|プログラマー?|代表|責任者)",
    re.IGNORECASE,
)
#: Titles behind which a comma stands before what one directs: “VP, Engineering”.
_RANK: Final = re.compile(r"(senior |vice )?(vp|president|director|manager|leader)", re.IGNORECASE)
_ROLE: Final = re.compile(
    r"moderator|host|mc|chair|panell?ist|facilitator|interviewer|keynote"
    r"|司会|進行|モデレーター?|ファシリテーター?|聞き手|パネリスト|パネラー|座長",
    re.IGNORECASE,
)
_ROLE_BEFORE: Final = re.compile(
    rf"(?P<role>{_ROLE.pattern})\s*[:：]\s*(?P<name>\S.*)", re.IGNORECASE
)
_PRONOUNS: Final = re.compile(r"(he|she|they|him|her|them|ze)([/ ,]+\w+){1,2}", re.IGNORECASE)
#: What follows a name after a comma and is a part of it.
_SUFFIX: Final = re.compile(
    r"(jr|sr|ii|iii|iv|ph\.? ?d|m\.?d|mba|msc|bsc|esq|et al)\.?", re.IGNORECASE
)
_HANDLE: Final = re.compile(r"[@＠][\w.-]+")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)

# Scripts

# By what they are not: Python takes milliseconds to compile a class of all kanji.

_ALPHABETS: Final = r"\W\d_a-zA-Z\u00aa-\u058f"
_KANA: Final = r"\u3041-\u30ff"
#: A letter of Chinese, Japanese or Korean; one that is no kana.
_CJK: Final = f"[^{_ALPHABETS}]"
_KANJI: Final = f"[^{_ALPHABETS}{_KANA}]"
_IS_KANA: Final = re.compile(rf"[{_KANA} \u3000]+")
_IS_CJK: Final = re.compile(rf"(?:{_CJK}|[・ \u3000])+")
_HAS_KANJI: Final = re.compile(_KANJI)
_IS_LATIN: Final = re.compile(r"[a-zA-Z\u00c0-\u024f][a-zA-Z\u00c0-\u024f ,.'’-]*")
#: Kana of Japanese names, which have no long vowels and nothing that is borrowed.
_KANA_OF_NAMES: Final = re.compile("[か-ろわをんあいうえおゃゅょっ]+")
#: A word in Hepburn's romanisation, or an initial.
_ROMAJI: Final = re.compile(
    r"[a-z]\.|((cch|tch|ssh|tts|[kgsztdnhbpmr]y|sh|ch|ts|kk|ss|tt|pp|[kgsztdnhbpmrjfyw])?"
    r"[aiueoāīūēōâîûêô]+(h(?![aiueoy]))?|n(?![aiueo])['’]?|m(?=[bmp]))+",
    re.IGNORECASE,
)
_CHINESE: Final = re.compile("[^aeiouyü]{0,3}[aeiouyü]{1,4}(ng?|h|r)?", re.IGNORECASE)
_KOREAN: Final = re.compile("[^aeiouyü]{0,3}[aeiouyü]{1,4}(ng?|[hrmklpt]|ck)?", re.IGNORECASE)
#: A person's name in kanji: of two words, or with an end that given names have.
_NAME_IN_KANJI: Final = re.compile(
    rf"{_KANJI}{{1,4}}[ \u3000]{_CJK}{{1,4}}"
    rf"|{_KANJI}{{2,4}}[郎朗子美恵江夫男雄介輔之也樹哉一二三平太仁彦弘宏浩裕祐誠賢哲孝貴茂豊清悟翔斗輝香奈"
    r"花華里莉希乃佳咲]"
)

# Forms

_NOTE: Final = re.compile(
    r"(?P<name>.*\S)\s*([(（](?P<round>[^()（）]+)[)）]|[\[［【](?P<square>[^\[\]［］【】]+)[\]］】])"
)
_IN_BRACKETS: Final = re.compile(r"[(（\[［【][^()（）\[\]［］【】]*[)）\]］】]")
_BETWEEN_NAMES: Final = re.compile(r"[、，;；\n]|,\s|\s[/／|｜]\s")
_BETWEEN_PEOPLE: Final = re.compile(r"[、，;；\n]")
#: Behind a bracket, which :func:`_outside_brackets` shows as NUL.
_BEHIND_BRACKET: Final = re.compile(r"(?<=\0)\s*(?:[,/／&＆]|and\s|と)")
_MAYBE_BETWEEN_PEOPLE: Final = re.compile(rf"\s(?:and|\+|と)\s|[&＆]|(?<={_KANJI})・(?={_KANJI})")
_ANY_BETWEEN: Final = re.compile(rf"{_MAYBE_BETWEEN_PEOPLE.pattern}|{_BETWEEN_PEOPLE.pattern}|,\s")
_MAYBE_BEHIND_NAME: Final = re.compile(r"[/／|｜、，;；]|\s[-–—]\s|,\s")
_BEHIND_NAME: Final = re.compile(rf"{_MAYBE_BEHIND_NAME.pattern}|[@＠]|\s(?:at|from)\s(?![a-z])")
_WORK_BEFORE: Final = re.compile(
    r"(?P<work>((株式|有限|合同)会社[ \u3000]+)?\S[^,、，;；]*?)[ \u3000]+"
    rf"(?P<name>{_CJK}{{1,6}}[ \u3000]{_CJK}{{1,6}}|{_KANJI}{{3,6}})"
)
_JOB_BEHIND: Final = re.compile(rf"(?P<name>(?:{_CJK}|[・ \u3000])+)[ \u3000]+(?P<job>[^ \u3000]+)")
_TITLE: Final = "(?:氏|さん|様)"
_HONORIFIC: Final = re.compile(
    rf"(?P<name>.*\S)[ \u3000]+{_TITLE}|(?P<bracket>.*[)）])\s*{_TITLE}"
    rf"|(?P<kanji>{_KANJI}(?:{_KANJI}|[ \u3000])+){_TITLE}"
)


def split_people(text: str) -> list[str]:
    """Return the people of a text in which “、”, “;” or a new line stands between people.

    A text with a company or a job title between them is one person's; so is what is in brackets.
    Commas stand between people whose affiliations are in brackets.

    :param text: One or several people in the short form.
    :returns: Each of them.
    """
    if len(text) > _LONGEST_LIST:
        return [text]
    parts = _split(_BETWEEN_PEOPLE, text.strip())
    if len(parts) == 1:
        behind = _split(_BEHIND_BRACKET, text.strip())
        parts = behind if all(map(_NOTE.fullmatch, behind)) else parts
    if len(parts) == 1 or not all(map(_is_person, parts)):
        return [text]
    return [one for part in parts for one in split_people(part)]


def split_names(text: str) -> list[str]:
    """Return the names that may be meant by a text with commas and other signs between some.

    :param text: Names of any kind.
    :returns: Each of them; “Example, Inc.” is one.
    """
    parts: list[str] = []
    for part in _split(_BETWEEN_NAMES, text.strip()):
        if parts and is_company_form(part):
            parts[-1] += f", {part}"
        elif part:
            parts.append(part)
    return parts


@lru_cache(maxsize=4096)
def read_person(text: str) -> Mapping[str, str | list[str]]:
    """Return the keys of a person in the short form; the same people speak again and again.

    :param text: One person.
    :returns: The name, and what else is clearly meant.
    """
    name, found = text.strip(), Keys()
    if len(name) > _LONGEST:
        return {"name": name}
    while (read := _in_brackets(name) or _beside(name)) and found.keys().isdisjoint(read.keys):
        name, found = read.name, found | read.keys
    # Of what may be several people nobody knows whose the rest is.
    return {"name": name, **found} if alternatives(name) is None else {"name": text.strip()}


def is_company_or_job(text: str) -> bool:
    """Return whether a text is clearly no person's name."""
    return _is_company(text) or _is_job(text)


def is_name_in_kanji(text: str) -> bool:
    """Return whether a text has the form of a person's name in kanji: 山田 太郎, 佐藤花子."""
    return bool(_NAME_IN_KANJI.fullmatch(text))


class Alternatives(NamedTuple):
    """What a name in the short form may say: several people, or also where one works."""

    people: str
    affiliation: str


@lru_cache(maxsize=4096)
def alternatives(name: str) -> Alternatives | None:
    """Return what may be meant by a name that :func:`read_person` has left as it is.

    :param name: The name.
    :returns: Each alternative in the short form, or an empty text; ``None`` if the name says one
        thing.
    """
    if len(name) > _LONGEST:
        return None
    if _MAYBE_BETWEEN_PEOPLE.search(name) and _are_names(parts := _split(_ANY_BETWEEN, name)):
        return Alternatives(_joined(parts), "")
    parts = _split(_MAYBE_BEHIND_NAME, name)
    # “Chu, Hua-Rong” is one name, with the family's first.
    is_family_first = re.fullmatch(r"[^\W\d_]+, [^,/|]+", name) and not _IS_CJK.fullmatch(parts[0])
    if not _are_names(parts) or is_family_first:
        return None
    people, affiliation = _joined(parts), f"{parts[0]} ({', '.join(parts[1:])})"
    return Alternatives(
        people if split_people(people) == parts else "",
        affiliation if not _IN_BRACKETS.search(name) else "",
    )


def _joined(people: list[str]) -> str:
    """Return several people in one text, as :func:`split_people` parts them."""
    return ("、" if _IS_CJK.fullmatch("".join(people)) else "; ").join(people)


def _are_names(parts: list[str]) -> bool:
    are_words = all(re.search(r"[^\W\d_]{2}", part) for part in parts)
    return len(parts) > 1 and are_words and not any(map(_SUFFIX.fullmatch, parts))


def _split(separator: re.Pattern[str], text: str) -> list[str]:
    found = list(_outside_brackets(separator, text))
    starts = [0, *(match.end() for match in found)]
    ends = [*(match.start() for match in found), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _outside_brackets(separator: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return separator.finditer(_IN_BRACKETS.sub(lambda match: "\0" * len(match[0]), text))


class _Read(NamedTuple):
    """The name without what was read beside it."""

    name: str
    keys: Keys


def _in_brackets(text: str) -> _Read | None:
    """Read the bracket at the end of a text."""
    match = _NOTE.fullmatch(text)
    if match is None:
        return None
    name, note = match["name"], (match["round"] or match["square"]).strip()
    if _PRONOUNS.fullmatch(note):
        return None
    pieces = re.split(
        r"\s+/\s+|\s*[／、|｜]\s*|,\s+(?!(?:inc|ltd|llc|co|corp)\b)", note, flags=re.IGNORECASE
    )
    keys = {_key_of(name, piece): piece for piece in pieces}
    is_rank = bool(_RANK.fullmatch(keys.get("job_title", "")))
    if len(keys) < len(pieces) or "" in pieces or is_rank:
        keys = {_key_of(name, note): note}
    affiliation = keys.pop("affiliation", "")
    aliases = {"aliases": [keys.pop("aliases")]} if "aliases" in keys else {}
    return _Read(name, {**(_work(affiliation) if affiliation else {}), **keys, **aliases})


def _key_of(name: str, note: str) -> str:
    """Return the key of what stands in brackets behind a name."""
    if _HANDLE.fullmatch(note):
        return "aliases"
    if _ROLE.fullmatch(note):
        return "role"
    if _is_job(note):
        return "job_title"
    if is_reading(name, note):
        return "reading"
    return "aliases" if _is_original_of(name, note) else "affiliation"


def _beside(text: str) -> _Read | None:
    """Read what stands behind a name, or before it, without brackets."""
    if match := _ROLE_BEFORE.fullmatch(text):
        return _Read(match["name"], {"role": match["role"]})
    if match := re.fullmatch(r"(.*\S)\s+([@＠][a-z0-9_]+)", text):
        return _Read(match[1], {"aliases": [match[2]]})
    for name, sign, rest in _divisions(_BEHIND_NAME, text):
        is_part = _SUFFIX.fullmatch(rest) or _MAIL.fullmatch(text)
        if not is_part and _is_name(name) and (read := _after(name, sign, rest)):
            return read
    if (match := _WORK_BEFORE.fullmatch(text)) and _is_company(match["work"]):
        return _Read(match["name"], _work(match["work"]))
    if (match := _JOB_BEHIND.fullmatch(text)) and _is_job(match["job"]):
        return _Read(match["name"], {"job_title": match["job"]})
    if match := _HONORIFIC.fullmatch(text):
        return _Read((match["name"] or match["bracket"] or match["kanji"]).strip(), {})
    # “山田 太郎 Taro Yamada”
    match = re.fullmatch(rf"(.*{_CJK})\s+([A-Za-z].*)", text)
    if match and is_reading(match[1], match[2]):
        return _Read(match[1], {"reading": match[2]})
    return None


def _after(name: str, sign: str, rest: str) -> _Read | None:
    """Read what stands behind a name and a sign, if it is clear."""
    first, slash, more = rest.partition(" / ")
    if slash and is_reading(name, first):
        return _Read(f"{name} / {more}", {"reading": first})
    if _is_job(rest):
        return _Read(name, {"job_title": rest})
    # “Paul '@pjf' Fenwick” has a handle within.
    is_place = re.fullmatch(r"[@＠]|at|from", sign) and not re.search(r"['\"]$", name)
    if is_place or _is_company(rest) or _job_and_affiliation(rest):
        return None if re.search(r"[@＠\":]", rest) else _Read(name, _work(rest))
    if sign in ("/", "／") and is_reading(name, rest):
        return _Read(name, {"reading": rest})
    if sign in ("/", "／") and _is_original_of(name, rest):
        return _Read(name, {"aliases": [rest]})
    return None


def _work(text: str) -> Keys:
    """Return the affiliation, and the job title if one stands beside it."""
    job, affiliation = _job_and_affiliation(text) or ("", text)
    return {"affiliation": affiliation, "job_title": job} if job else {"affiliation": affiliation}


def _job_and_affiliation(text: str) -> tuple[str, str] | None:
    """Return both parts of “CTO at Example”, “SRE, Example Inc.” and “株式会社例 SRE”."""
    for before, sign, after in _divisions(re.compile(r"\s(?:at|from|/)\s|[,、，／@＠]"), text):
        if _is_job(before) != _is_job(after):
            job, affiliation = (before, after) if _is_job(before) else (after, before)
            is_clear = sign != "," or not _RANK.fullmatch(job) or _is_company(affiliation)
            return (job, affiliation) if is_clear else None
    # Where in “Example Data Engineer” a company's name ends, nobody knows.
    for before, _, after in _divisions(re.compile(r"\s"), text):
        if _is_company(before) and _is_job(after):
            return after, before
    return None


def _divisions(separator: re.Pattern[str], text: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is before, what is at, and what is behind each of the first separators."""
    for match in itertools.islice(_outside_brackets(separator, text), _MOST_SEPARATORS):
        before, after = text[: match.start()].strip(), text[match.end() :].strip()
        if before and after:
            yield before, match[0].strip(), after


def _is_person(text: str) -> bool:
    return _is_name(str(read_person(text)["name"]))


def _is_name(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", text)) and not is_company_or_job(text)


def _is_company(text: str) -> bool:
    # NFKC has ㈱ in brackets.
    return bool(_COMPANY.search(unicodedata.normalize("NFKC", text).strip()))


def _is_job(text: str) -> bool:
    parts = re.search(r"[,、，／@＠]|\s(at|from|/)\s", text)
    return bool(_JOB.fullmatch(text)) and not parts and not _is_company(text)


# Readings


def is_reading(name: str, text: str) -> bool:
    """Return whether a text is a name in kanji, Hangul or kana again, in kana or Latin letters.

    How kanji are read stands in no table here. What fits is known by its form: two words of kana,
    or of the syllables that Japanese, Chinese or Korean is romanised with.

    :param name: The name.
    :param text: What stands beside it.
    :returns: Whether it is the name's reading; “はてな” and “Red Hat” are none.
    """
    if _is_company(name) or _is_company(text):
        return False
    if _IS_KANA.fullmatch(name):
        are_as_many = len(re.split(r"[ \u3000・＝]", name)) == len(text.split())
        return are_as_many and bool(_IS_LATIN.fullmatch(text)) and _sounds_like(name, text)
    if _IS_KANA.fullmatch(text) and _IS_LATIN.fullmatch(name):
        return len(text.split()) == len(name.split()) > 1 and _sounds_like(text, name)
    if _IS_KANA.fullmatch(text):
        return bool(_IS_CJK.fullmatch(name)) and _is_kana_of(name, text)
    words = re.split(r",?\s+", text)
    is_romaji = 2 <= len(words) <= 3 and all(map(_ROMAJI.fullmatch, words))
    # Each kanji of a name has a vowel at least.
    is_long = len(re.findall("[aiueoāīūēōâîûêô]", text.lower())) >= len("".join(name.split())) > 1
    is_japanese = is_romaji and is_long and bool(_HAS_KANJI.search(name))
    return is_japanese or _has_syllables(name, text)


def _is_original_of(name: str, text: str) -> bool:
    """Return whether a text behind a name in Latin letters is somebody's in kanji, no company."""
    if not _IS_LATIN.fullmatch(name) or _is_company(text):
        return False
    return bool(_NAME_IN_KANJI.fullmatch(text)) or _has_syllables(text, name)


def _is_kana_of(name: str, text: str) -> bool:
    parts = [_hiragana(part) for part in text.split()]
    characters = len("".join(name.split()))
    # “ぐるなび” and “サイボウズ” are companies.
    is_long = len(text) >= max(5, characters + 2) and characters > 2 and text == _hiragana(text)
    return all(map(_KANA_OF_NAMES.fullmatch, parts)) and (len(parts) == 2 or is_long)


def _hiragana(text: str) -> str:
    return "".join(chr(ord(char) - 0x60) if "\u30a1" <= char <= "\u30f6" else char for char in text)


def _has_syllables(name: str, text: str) -> bool:
    """Return whether a text has a syllable of Chinese or Korean for each character of a name."""
    syllables = re.split(r"[-\s,]+", text)
    syllable = _KOREAN if "\uac00" <= name[:1] <= "\ud7a3" else _CHINESE
    is_alike = len(syllables) == len("".join(name.split())) > 1 and _HAS_KANJI.search(name)
    return bool(is_alike) and all(map(syllable.fullmatch, syllables))


def _sounds_like(kana: str, latin: str) -> bool:
    """Return whether Latin letters may be read as kana: ジョン・スミス, John Smith."""
    # The Unicode name of a kana ends with its sound: HIRAGANA LETTER SMALL YO.
    sounds = (
        unicodedata.name(char, "").split()[-1] for char in kana if char.isalpha() and char != "ー"
    )
    words = re.findall("[A-Z]+", unicodedata.normalize("NFD", latin.upper().replace("J", "Z")))
    heard = "".join(sounds)
    # The family's name comes first or last.
    spelt = ("".join(words), "".join(reversed(words)))
    return any(difflib.SequenceMatcher(None, heard, one).ratio() >= 0.5 for one in spelt)
