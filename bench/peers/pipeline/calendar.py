"""The currency market's days and weeks: both end at 17:00 in New York. Times are ms since 1970-01-01 UTC."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np

HOUR = 3_600_000
DAY = 24 * HOUR
FRIDAY = 4
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
NEW_YORK = ZoneInfo("America/New_York")
# Nights of swap from Monday on up to each weekday; Wednesday's counts three times.
NIGHTS_BEFORE = np.array([0, 1, 2, 5, 6, 7, 7])


def day_end(day):
    """17:00 in New York on a date, given in days since 1970-01-01."""
    date = EPOCH + timedelta(days=int(day))
    local = datetime(date.year, date.month, date.day, 17, tzinfo=NEW_YORK)
    return (local - EPOCH) // timedelta(milliseconds=1)


def weekday(day):
    """0 for Monday to 6 for Sunday."""
    return (day - 4) % 7


class TradingDays:
    """The trading days of a stretch of time, by the date on which each ends."""

    def __init__(self, first, last):
        self.first = int(first // DAY) - 1
        self.ends = np.array([day_end(day) for day in range(self.first, int(last // DAY) + 4)], dtype=np.int64)

    def of(self, time):
        return self.first + np.searchsorted(self.ends, time, side="right")

    def start(self, day):
        return self.ends[day - self.first - 1]

    def nights(self, since, until):
        """Rollovers at 17:00 New York in (since, until]."""

        def charged(day):
            return (day + 3) // 7 * 7 + NIGHTS_BEFORE[weekday(day)]

        return charged(self.of(until)) - charged(self.of(since))

    def week_close(self, time):
        """The last close of a trading week at or before a time."""
        day = int(self.of(time)) - 1
        return day_end(day - (weekday(day) - FRIDAY) % 7)
