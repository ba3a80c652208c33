import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date

import app
from app.domain.dates import (
    ago,
    clock_names,
    date_time,
    day_in_digits,
    file_size,
    full_date,
    long_date,
    month_heading,
    month_in_digits,
    number,
)
from app.domain.languages import LANGUAGES
from app.domain.segments import Tag

ALMATY = ZoneInfo("Asia/Almaty")
NARROW = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("tag", "full"),
    [
        ("en", "Saturday, 21 March 2026"),
        ("ru", f"суббота, 21 марта 2026{NARROW}г."),
        ("kk", f"2026{NARROW}ж. 21 наурыз, сенбі"),
        ("ky", "2026-жылдын 21-марты, ишемби"),
        ("tg", "шанбе, 21 марти соли 2026"),
        ("tk", "21 mart 2026 şenbe"),
        ("uz", "2026-yil 21-mart, shanba"),
        ("uz-Cyrl", "2026 йил 21 март, шанба"),
        ("az", "21 mart 2026, şənbə"),
        ("de", "Samstag, 21. März 2026"),
        ("fa", "شنبه 21 مارس 2026"),
        ("zh-Hant", "2026年3月21日 星期六"),
        ("th", "วันเสาร์ที่ 21 มีนาคม ค.ศ. 2026"),
        ("ru-KZ", f"суббота, 21 марта 2026{NARROW}г."),
        ("uz-Latn-UZ", "2026-yil 21-mart, shanba"),
        ("en-US", "Saturday, March 21, 2026"),
    ],
)
def test_a_full_date_is_what_a_native_newsroom_prints(tag: str, full: str) -> None:
    assert full_date(date(2026, 3, 21), Tag(tag)) == full


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "8 March 2026, 09:05"),
        ("ru", f"8 марта 2026{NARROW}г., 09:05"),
        ("kk", f"2026{NARROW}ж. 8 наурыз, 09:05"),
        ("ky", "2026-жылдын 8-марты, 09:05"),
        ("tg", "8 марти соли 2026, 09:05"),
        ("tk", "8 mart 2026, 09:05"),
        ("uz", "2026-yil 8-mart, 09:05"),
        ("uz-Cyrl", "2026 йил 8 март, 09:05"),
        ("az", "8 mart 2026, 09:05"),
        ("fi", "8. maaliskuuta 2026 09.05"),
    ],
)
def test_date_and_time_have_24_hours_and_no_weekday(tag: str, written: str) -> None:
    assert date_time(datetime(2026, 3, 8, 4, 5, tzinfo=UTC), Tag(tag), ALMATY) == written
    assert long_date(date(2026, 3, 8), Tag(tag)) == written[:-5].rstrip(" ,")


WEEK = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
    "ky": "дүйшөмбү шейшемби шаршемби бейшемби жума ишемби жекшемби",
    "tg": "душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе",
    "tk": "duşenbe sişenbe çarşenbe penşenbe anna şenbe ýekşenbe",
    "uz": "dushanba seshanba chorshanba payshanba juma shanba yakshanba",
    "uz-Cyrl": "душанба сешанба чоршанба пайшанба жума шанба якшанба",
}
MONTHS_IN_DATES = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ky": "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры",
    "tg": "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри",
    "tk": "ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "uz-Cyrl": "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
}


@pytest.mark.parametrize(("tag", "names"), WEEK.items())
def test_weekdays_in_a_date_are_spelled_as_in_mid_sentence(tag: str, names: str) -> None:
    assert clock_names(Tag(tag)).weekdays == tuple(names.split())


@pytest.mark.parametrize(("tag", "names"), MONTHS_IN_DATES.items())
def test_months_in_a_date_have_the_form_that_the_date_asks_for(tag: str, names: str) -> None:
    assert clock_names(Tag(tag)).months == tuple(names.split())


HEADINGS = {
    "en": ("January 2026", "March 2026", "June 2026"),
    "ru": (f"Январь 2026{NARROW}г.", f"Март 2026{NARROW}г.", f"Июнь 2026{NARROW}г."),
    "kk": (f"2026{NARROW}ж. қаңтар", f"2026{NARROW}ж. наурыз", f"2026{NARROW}ж. маусым"),
    "ky": ("2026-жыл, январь", "2026-жыл, март", "2026-жыл, июнь"),
    "tg": ("Январи соли 2026", "Марти соли 2026", "Июни соли 2026"),
    "tk": ("Ýanwar 2026", "Mart 2026", "Iýun 2026"),
    "uz": ("2026-yil, yanvar", "2026-yil, mart", "2026-yil, iyun"),
    "uz-Cyrl": ("2026 йил, январ", "2026 йил, март", "2026 йил, июн"),
    "az": ("Yanvar 2026", "Mart 2026", "İyun 2026"),
    "pl": ("Styczeń 2026", "Marzec 2026", "Czerwiec 2026"),
    "zh": ("2026年1月", "2026年3月", "2026年6月"),
}


@pytest.mark.parametrize(("tag", "headings"), HEADINGS.items())
def test_a_month_over_a_list_stands_alone(tag: str, headings: tuple[str, str, str]) -> None:
    assert tuple(month_heading(2026, month, Tag(tag)) for month in (1, 3, 6)) == headings


def test_months_do_not_depend_on_which_language_was_asked_for_before() -> None:
    assert month_heading(2026, 1, Tag("az")) == "Yanvar 2026"
    assert month_heading(2026, 1, Tag("de")) == "Januar 2026"
    assert month_heading(2026, 1, Tag("tk")) == "Ýanwar 2026"
    assert month_heading(2026, 1, Tag("fr")) == "Janvier 2026"


def days(first: int, last: int) -> list[date]:
    start = date(first, 1, 1)
    return [start + timedelta(days=number) for number in range((date(last + 1, 1, 1) - start).days)]


@pytest.mark.parametrize("tag", [*LANGUAGES, "de", "fa", "zh-Hant", "ka", "fi", "th"])
def test_the_pages_script_writes_every_day_as_the_server_does(tag: str) -> None:
    names = clock_names(Tag(tag))
    for day in days(2024, 2028):
        slots = {
            "{weekday}": names.weekdays[day.isoweekday() - 1],
            "{day}": str(day.day),
            "{day2}": str(day.day).zfill(2),
            "{month}": names.months[day.month - 1],
            "{year}": str(day.year),
        }
        written = names.template
        for slot, value in slots.items():
            written = written.replace(slot, value)
        assert written == full_date(day, Tag(tag))
        assert "{" not in written


@pytest.mark.parametrize(
    ("tag", "babel"), [("ru", "ru"), ("kk", "kk"), ("tk", "tk"), ("az", "az"), ("de", "de"), ("fa", "fa"),
                       ("en-US", "en_US"), ("zh-Hant", "zh_Hant"), ("ka", "ka"), ("fi", "fi"), ("pt-BR", "pt_BR")]
)  # fmt: skip
def test_where_nothing_is_corrected_every_day_is_as_cldr_writes_it(tag: str, babel: str) -> None:
    for day in days(2024, 2028):
        assert full_date(day, Tag(tag)) == format_date(day, "full", locale=babel)
        assert long_date(day, Tag(tag)) == format_date(day, "long", locale=babel)


def test_a_time_is_shown_in_the_zone_of_the_seat() -> None:
    late = datetime(2026, 3, 20, 22, 6, 53, tzinfo=UTC)
    assert full_date(late, Tag("en"), ALMATY) == "Saturday, 21 March 2026"
    assert long_date(late, Tag("en"), ALMATY) == "21 March 2026"
    assert date_time(late, Tag("en"), ALMATY) == "21 March 2026, 03:06"
    assert date_time(late, Tag("en"), ZoneInfo("Europe/London")) == "20 March 2026, 22:06"


def test_almaty_is_at_five_hours_since_march_2024_and_was_at_six_before() -> None:
    assert date_time(datetime(2024, 2, 29, 12, tzinfo=UTC), Tag("en"), ALMATY) == "29 February 2024, 18:00"
    assert date_time(datetime(2024, 3, 1, 12, tzinfo=UTC), Tag("en"), ALMATY) == "1 March 2024, 17:00"


@pytest.mark.parametrize("month", [0, -1, 13])
def test_a_month_that_does_not_exist_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match="no month"):
        month_heading(2026, month, Tag("en"))


def test_nothing_in_the_product_lets_babel_or_pytz_choose_a_zone() -> None:
    sources = list(Path(app.__file__).parent.rglob("*.py"))
    assert Path(app.__file__).parent / "domain" / "dates.py" in sources
    for source in sources:
        imported = re.findall(r"^\s*(?:from|import) ([\w.]+)", source.read_text(encoding="utf-8"), re.MULTILINE)
        assert not {"pytz", "babel.dates"} & set(imported), source


def test_a_time_without_a_zone_is_refused_and_not_guessed() -> None:
    naive = datetime(2026, 3, 18, 19, 25)  # noqa: DTZ001  # what is tested
    with pytest.raises(ValueError, match="aware"):
        date_time(naive, Tag("en"), ALMATY)
    with pytest.raises(ValueError, match="aware"):
        full_date(naive, Tag("en"), ALMATY)
    with pytest.raises(ValueError, match="say which"):
        full_date(naive.replace(tzinfo=UTC), Tag("en"))


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "1,234,567"),
        *((tag, f"1{NO_BREAK}234{NO_BREAK}567") for tag in ("ru", "kk", "ky", "tg", "tk", "uz", "uz-Cyrl")),
        ("az", "1.234.567"),
    ],
)
def test_numbers_are_grouped_as_the_language_groups(tag: str, written: str) -> None:
    assert number(1_234_567, Tag(tag)) == written
    assert number(104, Tag(tag)) == "104"
    assert number(0, Tag(tag)) == "0"


@pytest.mark.parametrize(
    ("tag", "sizes"),
    [
        ("en", ("512 B", "348 kB", "1.2 MB", "2.5 GB")),
        ("ru", ("512 Б", "348 кБ", "1,2 МБ", "2,5 ГБ")),
        ("kk", ("512 байт", "348 кБ", "1,2 МБ", "2,5 ГБ")),
        ("ky", ("512 байт", "348 кБ", "1,2 МБ", "2,5 ГБ")),
        ("tg", ("512 байт", "348 кБ", "1,2 МБ", "2,5 ГБ")),
        ("tk", ("512 B", "348 kB", "1,2 MB", "2,5 GB")),
        ("uz", ("512 bayt", "348 kB", "1,2 MB", "2,5 GB")),
        ("uz-Cyrl", ("512 байт", "348 кБ", "1,2 МБ", "2,5 ГБ")),
        ("az", ("512 bayt", "348 kB", "1,2 MB", "2,5 GB")),
        ("fa", ("512 بایت", "348 kB", "1.2 MB", "2.5 GB")),
    ],
)
def test_file_sizes_are_in_the_units_of_the_language(tag: str, sizes: tuple[str, ...]) -> None:
    written = tuple(file_size(size, Tag(tag)) for size in (512, 348_000, 1_234_567, 2_500_000_000))
    assert written == tuple(size.replace(" ", NO_BREAK) for size in sizes)


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (9_940, "9.9 kB"), (9_960, "10 kB"), (999_400, "999 kB"),
     (999_600, "1 MB"), (5_000_000_000_000, "5,000 GB")],
)  # fmt: skip
def test_a_size_goes_over_to_the_next_unit_before_it_would_read_1000(size: int, written: str) -> None:
    assert file_size(size, Tag("en")) == written.replace(" ", NO_BREAK)


def test_no_unit_mixes_latin_and_cyrillic_letters() -> None:
    for tag in LANGUAGES:
        for size in (1, 1000, 1_000_000, 1_000_000_000):
            letters = [sign for sign in file_size(size, tag) if sign.isalpha()]
            assert len({sign.isascii() for sign in letters} - {"ý"}) == 1, (tag, letters)


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en", ("1 minute ago", "59 minutes ago", "1 hour ago", "23 hours ago", "1 day ago", "6 days ago")),
        ("ru", ("1 минуту назад", "59 минут назад", "1 час назад", "23 часа назад", "1 день назад", "6 дней назад")),
        ("kk", ("1 минут бұрын", "59 минут бұрын", "1 сағат бұрын", "23 сағат бұрын", "1 күн бұрын", "6 күн бұрын")),
        ("ky", ("1 мүнөт мурун", "59 мүнөт мурун", "1 саат мурун", "23 саат мурун", "1 күн мурун", "6 күн мурун")),
        ("tg", ("1 дақиқа пеш", "59 дақиқа пеш", "1 соат пеш", "23 соат пеш", "1 рӯз пеш", "6 рӯз пеш")),
        ("tk", ("1 minut öň", "59 minut öň", "1 sagat öň", "23 sagat öň", "1 gün öň", "6 gün öň")),
        ("uz", ("1 daqiqa oldin", "59 daqiqa oldin", "1 soat oldin", "23 soat oldin", "1 kun oldin", "6 kun oldin")),
        ("kaa", (None, None, None, None, None, None)),
    ],
)
def test_how_long_ago_is_said_in_the_languages_own_words_or_not_at_all(tag: str, told: tuple[str | None, ...]) -> None:
    moments = (
        timedelta(seconds=20),
        timedelta(minutes=59, seconds=59),
        timedelta(hours=1),
        timedelta(hours=23, minutes=59),
        timedelta(days=1),
        timedelta(days=6, hours=23),
    )
    assert tuple(ago(moment, Tag(tag)) for moment in moments) == told


@pytest.mark.parametrize("elapsed", [timedelta(days=7), timedelta(days=4000), timedelta(seconds=-1)])
def test_what_is_a_week_old_or_yet_to_come_has_its_date_alone(elapsed: timedelta) -> None:
    assert ago(elapsed, Tag("kk")) is None


@pytest.mark.parametrize(
    ("tag", "day", "month"),
    [
        ("en", "08/03/2026", "03/2026"), ("en-US", "3/8/26", "3/26"), ("ru", "08.03.2026", "03.2026"),
        ("kk", "08.03.26", "03.26"), ("ky", "08.03.2026", "03.2026"), ("tg", "08/03/26", "03/26"),
        ("tk", "08.03.2026", "03.2026"), ("uz", "08/03/26", "03/26"), ("kaa", "2026-03-08", "2026-03"),
    ],
)  # fmt: skip
def test_a_day_in_digits_is_in_the_order_of_the_language(tag: str, day: str, month: str) -> None:
    when = date(2026, 3, 8)
    assert (day_in_digits(when, Tag(tag)), month_in_digits(when, Tag(tag))) == (day, month)
