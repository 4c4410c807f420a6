# Goods leave to a customer's address, and what stands against it
# proves: R20, R40, R44, R49, R80

use bakery
set_partner code=PICKY name="Picky Shop" roles=customer minimum_life_days=8
set_item code=BREAD name=Bread unit=EA minimum_life_at_dispatch_days=5
set_item code=BISCUIT name=Biscuits unit=EA use_past_best_before=yes
at 2026-03-02T08:00Z

receive supplier=MILL document=D-1
  | item    | lot | quantity | to   | expires_on | best_before_on |
  | BREAD   | B8  | 100      | SHIP | 2026-03-10 |                |
  | BREAD   | B4  | 100      | SHIP | 2026-03-06 |                |
  | BISCUIT | K1  | 100      | SHIP |            | 2026-03-01     |
  | BISCUIT | K2  | 100      | SHIP |            | 2026-03-02     |
  | CAKE    | C1  | 100      | SHIP |            | 2026-03-01     |
  | CAKE    | C2  | 10       | BACK |            |                |
  | CAKE    | C3  | 10       | QUAR |            |                |
  | CAKE    | C4  | 10       | KEEP |            |                |
  | CAKE    | C5  | 10       | SUB  |            |                |
  | CAKE    | C6  | 10       | DOCK |            |                |

dispatch customer=CAFE address=CAFE-1 document=N-1 reference=SO-7
  | item  | lot | quantity | from |
  | BREAD | B8  | 30       | SHIP |
  | CAKE  | C6  | 10       | DOCK |
  -> posted

see entry
  kind: dispatch
  partner: CAFE
  address: CAFE-1
  document: N-1
  reference: SO-7
  lines:
    | item  | lot | from | to       | quantity |
    | BREAD | B8  | SHIP | customer | 30       |
    | CAKE  | C6  | DOCK | customer | 10       |

dispatch customer=NOBODY document=N-2
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |
  -> refused unknown_partner /customer
dispatch customer=MILL document=N-2
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |
  -> refused unknown_partner /customer
dispatch customer=CAFE address=HOTEL-1 document=N-2
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |
  -> refused unknown_address /address
dispatch customer=CAFE
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |
  -> refused missing /document
dispatch customer=CAFE document=N-2
  | item  | lot | quantity | from |
  | BREAD | B8  | 70.5     | SHIP |
  -> refused not_enough /lines/0/quantity

# Goods in places that are not for use.
dispatch customer=HOTEL document=N-2
  | item | lot | quantity | from |
  | CAKE | C2  | 1        | BACK |
  | CAKE | C3  | 1        | QUAR |
  | CAKE | C4  | 1        | KEEP |
  | CAKE | C5  | 1        | SUB  |
  -> refused place_is_blocked /lines/0/lot
  -> refused place_is_blocked /lines/1/lot
  -> refused place_is_blocked /lines/2/lot
  -> refused place_is_blocked /lines/3/lot

# Minimum life: 5 days for the item; the hotel is two days away; one customer asks for 8.
dispatch customer=CAFE document=N-3
  | item  | lot | quantity | from |
  | BREAD | B4  | 1        | SHIP |
  -> refused too_short_lived /lines/0/lot "4 days left"
dispatch customer=HOTEL address=HOTEL-1 document=N-3
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |
dispatch customer=PICKY document=N-4
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |

# Best-before: the last day is good; after it only what the item allows, with right and reason.
as Ben: operate
dispatch customer=CAFE document=N-6
  | item    | lot | quantity | from |
  | BISCUIT | K2  | 1        | SHIP |
dispatch customer=CAFE document=N-7
  | item    | lot | quantity | from |
  | BISCUIT | K1  | 1        | SHIP |
  -> refused best_before_has_passed /lines/0/lot
dispatch customer=CAFE document=N-7 override_best_before=yes reason=charity
  | item    | lot | quantity | from |
  | CAKE    | C1  | 1        | SHIP |
  -> refused best_before_has_passed /lines/0/lot
dispatch customer=CAFE document=N-7 override_best_before=yes reason=charity
  | item    | lot | quantity | from |
  | BISCUIT | K1  | 1        | SHIP |
  -> refused right_needed /override_best_before
as Ben: operate, override_best_before
dispatch customer=CAFE document=N-7 override_best_before=yes
  | item    | lot | quantity | from |
  | BISCUIT | K1  | 1        | SHIP |
  -> refused missing /reason
dispatch customer=CAFE document=N-7 override_best_before=yes reason=charity
  | item    | lot | quantity | from |
  | BISCUIT | K1  | 1        | SHIP |
  -> warning override_best_before
as tester

at 2026-03-03T08:00Z
dispatch customer=PICKY document=N-5
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |
  -> refused too_short_lived /lines/0/lot "7 days left"
dispatch customer=PICKY document=N-5 override_life=yes
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |
  -> refused missing /reason
dispatch customer=PICKY document=N-5 override_life=yes reason="party tonight"
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |
  -> refused missing /consent
as Ben: operate
dispatch customer=PICKY document=N-5 override_life=yes reason="party tonight" consent=mail-77
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |
  -> refused right_needed /override_life
as Ben: operate, override_life
dispatch customer=PICKY document=N-5 override_life=yes reason="party tonight" consent=mail-77
  | item  | lot | quantity | from |
  | BREAD | B8  | 1        | SHIP |
  -> warning override_life
