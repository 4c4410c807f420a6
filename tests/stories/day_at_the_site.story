# A calendar day is the day at the site where the goods are; the last day of use is a day of use
# proves: R25, R45, R46

use bakery
at 2026-03-01T08:00Z
receive supplier=MILL document=D-1
  | item | lot | quantity | to     | expires_on |
  | CAKE | C-B | 10       | SHIP   | 2026-03-04 |
  | CAKE | C-L | 10       | LIS-ST | 2026-03-04 |

# 22:30 UTC: 23:30 in Berlin, still the 4th. Both may leave.
at 2026-03-04T22:30Z
dispatch customer=CAFE document=N-1
  | item | lot | quantity | from |
  | CAKE | C-B | 1        | SHIP |
dispatch customer=CAFE document=N-2
  | item | lot | quantity | from   |
  | CAKE | C-L | 1        | LIS-ST |

# 23:30 UTC: half past midnight in Berlin, 23:30 in Lisbon.
at 2026-03-04T23:30Z
dispatch customer=CAFE document=N-3
  | item | lot | quantity | from |
  | CAKE | C-B | 1        | SHIP |
  -> refused lot_has_expired /lines/0/lot
dispatch customer=CAFE document=N-4
  | item | lot | quantity | from   |
  | CAKE | C-L | 1        | LIS-ST |

at 2026-03-05T00:00Z
dispatch customer=CAFE document=N-5
  | item | lot | quantity | from   |
  | CAKE | C-L | 1        | LIS-ST |
  -> refused lot_has_expired /lines/0/lot

# What counts is the day on which it happened, recorded late or not.
at 2026-03-05T09:00Z
dispatch customer=CAFE document=N-6 occurred_at=2026-03-04
  | item | lot | quantity | from |
  | CAKE | C-B | 1        | SHIP |
dispatch customer=CAFE document=N-7 occurred_at=2026-03-04T23:59+01:00
  | item | lot | quantity | from |
  | CAKE | C-B | 1        | SHIP |
dispatch customer=CAFE document=N-8 occurred_at=2026-03-05
  | item | lot | quantity | from |
  | CAKE | C-B | 1        | SHIP |
  -> refused lot_has_expired /lines/0/lot
receive supplier=MILL document=D-2 to=LIS-ST occurred_at=2026-03-04T23:30Z
  | item | lot | quantity |
  | CAKE | C-X | 1        |
see lots lot=C-X
  | received_on | expires_on |
  | 2026-03-04  | 2026-03-14 |

# Past its retest day a lot waits for quality; it is not rejected.
receive supplier=MILL document=D-3 to=SHIP
  | item  | lot | quantity | retest_on  | expires_on |
  | FLOUR | F-R | 10       | 2026-03-05 | 2026-04-01 |
at 2026-03-06T09:00Z
dispatch customer=CAFE document=N-9
  | item  | lot | quantity | from |
  | FLOUR | F-R | 1        | SHIP |
  -> refused lot_is_in_quarantine /lines/0/lot
see lots lot=F-R
  | status     | quality  |
  | quarantine | released |
