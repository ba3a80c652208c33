"""Persian, which the sample site doesn't have: what somebody adds to a tree so that readers find it there."""

import os
import subprocess
import sys
from pathlib import Path

ITEM = "/fa/news/yaddasht-e-tafahom"
TITLE = "کاریک و دبیرخانهٔ سازمان همکاری شانگهای یادداشت تفاهم امضا کردند"
_FOLDER = "content/news/2026-03-18-caricc-sco-memorandum"
_TEXT = f"""---
title: {TITLE}
slug: yaddasht-e-tafahom
summary: مرکز و دبیرخانه دربارهٔ تبادل اطلاعات و کار مشترک به توافق رسیدند.
status: published
captions:
  photos/signing.jpg: امضای یادداشت تفاهم
alt:
  photos/signing.jpg: دو مرد پشت میز بلندی سند امضا می‌کنند
---

در 18 مارس 2026 در مقر کاریک در آلماتی **یادداشت تفاهم** میان مرکز و دبیرخانهٔ سازمان همکاری شانگهای امضا شد.

هر دو سازمان یک وظیفه را از دو سو انجام می‌دهند. تلفن: [+7 727 000-00-00](tel:+77270000000).

- تبادل اطلاعات و تحلیل‌ها؛
- نشست‌ها و کارگاه‌های مشترک.

| روز | ساعت |
| --- | --- |
| دوشنبه | 9:00–18:00 |
"""
_WORDS = {
    "Skip to the text": "رفتن به متن",
    "Main menu": "فهرست اصلی",
    "Languages": "زبان‌ها",
    "News": "خبرها",
    "All news": "همهٔ خبرها",
    "Flags of Member States": "پرچم کشورهای عضو",
    "Back to News List": "بازگشت به فهرست خبرها",
    "Photo Gallery": "نگارخانهٔ عکس",
    "Share:": "هم‌رسانی:",
    "This page does not exist": "این صفحه وجود ندارد",
}
_NAMES = {"CARICC": "کاریک", "Almaty": "آلماتی", "cooperation": "همکاری", "events": "رویدادها"}


def add_persian(root: Path) -> None:
    """Add the language as docs/adding-a-language.md says, with one item and the words seen around it."""
    settings = root / "content/site.toml"
    settings.write_text(settings.read_text("utf-8").replace("\nuz = ", '\nfa = ["en"]\nuz = '), "utf-8")
    environment = os.environ | {"TILMASH_TRANSLATIONS": str(root / "translations")}
    subprocess.run([sys.executable, "-m", "app", "catalog", "add", "fa"], env=environment, check=True)
    for domain, words in (("messages", _WORDS), ("site", _NAMES)):
        catalogue = root / f"translations/fa/LC_MESSAGES/{domain}.po"
        text = catalogue.read_text("utf-8").replace("Status: draft", "Status: published")
        for msgid, msgstr in words.items():
            text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"')
        catalogue.write_text(text, "utf-8")
    (root / _FOLDER / "fa.md").write_text(_TEXT, "utf-8")
