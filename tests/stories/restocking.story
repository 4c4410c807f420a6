# What a customer sent back is used again when quality says so, as the same lot or as a new one
# proves: R20, R82

use bakery
set_item code=SERUM name=Serum unit=EA returns_become_new_lot=yes
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=SHIP
  | item  | lot | quantity | expires_on |
  | CAKE  | C1  | 100      | 2026-04-30 |
  | SERUM | S1  | 100      | 2026-04-30 |
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from |
  | CAKE  | C1  | 40       | SHIP |
  | SERUM | S1  | 40       | SHIP |
return_goods customer=CAFE document=R-1 reference=N-1
  | item  | lot | quantity | to   |
  | CAKE  | C1  | 10       | BACK |
  | SERUM | S1  | 10       | BACK |

as Olga: operate
move
  | item | lot | quantity | from | to  |
  | CAKE | C1  | 5        | BACK | ST1 |
  -> refused right_needed /lines/0/to
transfer_out to_site=LIS document=T-1
  | item | lot | quantity | from |
  | CAKE | C1  | 5        | BACK |
  -> refused right_needed /lines/0/from
split item=CAKE lot=C1 from=BACK
  parts:
    | lot | quantity | to  |
    | C2  | 5        | ST1 |
  -> refused right_needed /parts/0/to
# Aside, to be looked at, it may go.
move
  | item | lot | quantity | from | to   |
  | CAKE | C1  | 1        | BACK | QUAR |

as Quinn: operate, quality
move
  | item | lot | quantity | from | to  |
  | CAKE | C1  | 5        | BACK | ST1 |
dispatch customer=HOTEL document=N-2
  | item | lot | quantity | from |
  | CAKE | C1  | 5        | ST1  |

# Cold chain: what comes back is never the old lot again.
move
  | item  | lot | quantity | from | to  |
  | SERUM | S1  | 5        | BACK | ST1 |
  -> refused place_not_allowed /lines/0/to "split it into a new lot"
split item=SERUM lot=S1 from=BACK
  parts:
    | lot | quantity | to  |
    | S2  | 4        | ST1 |
  -> lot SERUM S2
see lots item=SERUM
  | lot | on_hand | expires_on |
  | S1  | 66      | 2026-04-30 |
  | S2  | 4       | 2026-04-30 |
ask trace_back item=SERUM lot=S2
  lots:
    | lot | level |
    | S2  | 0     |
    | S1  | 1     |
dispose reason="cold chain broken"
  | item  | lot | quantity | from |
  | SERUM | S1  | 6        | BACK |
