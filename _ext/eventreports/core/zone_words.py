"""Time zones as people write them: JST, 日本時間, GMT+9. Names of IANA are in :mod:`.dates`."""

import datetime as dt
import re
import unicodedata
import zoneinfo
from typing import Final, NamedTuple

from .key_words import same_value
from .names import as_seen, is_typo_of

#: What has one meaning, or several of the same time.
_CERTAIN: Final = {
    "Asia/Tokyo": "jst 日本時間 日本標準時 日本 東京 japan_standard_time tokyo_standard_time "
    "japan_time",
    "Asia/Seoul": "kst 韓国時間 韓国標準時 韓国 ソウル korea_standard_time",
    "Asia/Taipei": "台湾時間 台湾 台北 taipei_standard_time",
    "Asia/Shanghai": "中国時間 中国標準時 北京時間 北京 上海 china_standard_time",
    "Asia/Singapore": "sgt シンガポール時間 シンガポール singapore_standard_time",
    "Asia/Hong_Kong": "hkt 香港時間 香港",
    "Asia/Manila": "pht phst",
    "Asia/Jakarta": "wib",
    "Asia/Kolkata": "インド時間 インド標準時 india_standard_time",
    "Europe/London": "イギリス時間 英国時間 ロンドン ロンドン時間 british_summer_time "
    "gmt_standard_time",
    "Europe/Berlin": "ドイツ時間 ベルリン",
    "Europe/Paris": "フランス時間 パリ",
    "Europe/Moscow": "msk",
    "America/New_York": "et edt eastern_time eastern_standard_time us/eastern_time 東部時間 "
    "米国東部時間 ニューヨーク",
    "America/Chicago": "cdt central_standard_time 米国中部時間 シカゴ",
    "America/Denver": "mdt mountain_time mountain_standard_time 米国山岳部時間",
    "America/Los_Angeles": "pt pdt pacific_time pacific_standard_time 太平洋時間 米国太平洋時間 "
    "ロサンゼルス サンフランシスコ",
    "Pacific/Honolulu": "hst ハワイ時間 ハワイ標準時 ハワイ",
    "Pacific/Auckland": "nzt nzst nzdt",
    "UTC": "z zulu utc+0 utc±0 協定世界時 世界標準時 世界協定時",
    "GMT": "グリニッジ標準時",
}
#: What has several, the most usual first.
_AMBIGUOUS: Final = {
    "pst": "America/Los_Angeles Asia/Manila",
    "cst": "America/Chicago Asia/Shanghai America/Havana",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "ist": "Asia/Kolkata Asia/Jerusalem Europe/Dublin",
    "bst": "Europe/London Asia/Dhaka",
    "cest": "Europe/Berlin Europe/Paris Europe/Madrid",
    "eest": "Europe/Helsinki Europe/Athens Europe/Kyiv",
    "west": "Europe/Lisbon Atlantic/Canary",
    "aest": "Australia/Sydney Australia/Brisbane",
    "aedt": "Australia/Sydney Australia/Hobart",
    "acst": "Australia/Adelaide Australia/Darwin",
    "awst": "Australia/Perth",
    "brt": "America/Sao_Paulo",
    "gst": "Asia/Dubai Atlantic/South_Georgia",
    "ict": "Asia/Bangkok Asia/Ho_Chi_Minh",
    "ast": "America/Halifax Asia/Riyadh",
    "sast": "Africa/Johannesburg",
    "wat": "Africa/Lagos",
    "eat": "Africa/Nairobi",
    "pkt": "Asia/Karachi",
    "myt": "Asia/Kuala_Lumpur",
}
#: Of each offset the place that is meant most often; of two, the first.
_PLACES: Final = (
    "Asia/Tokyo Europe/Berlin America/New_York America/Los_Angeles Europe/London America/Chicago "
    "Asia/Kolkata Asia/Shanghai Australia/Sydney Europe/Helsinki Europe/Moscow America/Denver "
    "America/Sao_Paulo Asia/Bangkok Asia/Dubai Pacific/Auckland Asia/Karachi Asia/Dhaka "
    "Asia/Kathmandu Asia/Tehran Asia/Kabul Asia/Yangon Asia/Colombo Australia/Adelaide "
    "Australia/Darwin America/St_Johns Pacific/Honolulu America/Anchorage America/Halifax "
    "Australia/Brisbane Atlantic/Azores Atlantic/Cape_Verde Atlantic/South_Georgia "
    "Pacific/Noumea Pacific/Tongatapu Pacific/Kiritimati Pacific/Pago_Pago Pacific/Marquesas "
    "Australia/Eucla Australia/Lord_Howe Pacific/Chatham"
)
#: A day on which it is winter in the north: offsets without a day are those of the standard time.
_ANY_DAY: Final = dt.date(2020, 1, 15)


class Zone(NamedTuple):
    """What a text says of a time zone.

    ``names`` are the places that it may mean, the most usual first; ``read_as`` is the name of a
    zone that is right for sure, if there is one.
    """

    names: tuple[str, ...]
    read_as: str = ""


def read(text: str, day: dt.date | None = None) -> Zone | None:
    """Read a time zone that is no name of IANA.

    :param text: What an author wrote.
    :param day: The day of the event, on which a place must have an offset.
    :returns: What it means; nothing if that is not known.
    """
    plain = as_seen(unicodedata.normalize("NFKC", as_seen(text)))
    if parts := re.fullmatch(r"(.+?)\s*\([^()]+\)|\([^()]+\)\s*(.+)", plain):
        plain = parts[1] or parts[2]
    word = same_value(plain)
    for name, words in _CERTAIN.items():
        if word in words.split():
            return Zone((name,), name)
    if word in _AMBIGUOUS:
        return Zone(tuple(_AMBIGUOUS[word].split()))
    if offset := re.fullmatch(
        r"(?:utc|gmt|jst)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?", plain.casefold()
    ):
        minutes = (int(offset[2]) * 60 + int(offset[3] or 0)) * (-1 if offset[1] == "-" else 1)
        return _of_offset(minutes, day or _ANY_DAY)
    known = zoneinfo.available_timezones()
    named = [name for name in known if same_value(name) == word] or [
        name for name in known if same_value(name.rpartition("/")[2]) == word.rpartition("/")[2]
    ]
    named = named or [name for name in known if is_typo_of(plain, name)]
    return Zone((named[0],), named[0]) if len(named) == 1 else None


def _of_offset(minutes: int, day: dt.date) -> Zone | None:
    hours, rest = divmod(minutes, 60)
    noon = dt.datetime.combine(day, dt.time(12))
    offset = dt.timedelta(minutes=minutes)
    places = [
        name
        for name in _PLACES.split()
        if noon.replace(tzinfo=zoneinfo.ZoneInfo(name)).utcoffset() == offset
    ]
    # The names of these zones have the sign of POSIX, west of Greenwich being positive.
    fixed = f"Etc/GMT{-hours:+}" if hours else "UTC"
    exists = not rest and fixed in zoneinfo.available_timezones()
    if not places and not exists:
        return None
    return Zone(tuple(places) or (fixed,), fixed if exists else "")
