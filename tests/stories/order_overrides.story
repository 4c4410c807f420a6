# Passing over the lot that goes first takes the right and a reason, and is reported
# proves: R44, R51, R52, R53

use bakery
at 2026-03-02T08:00Z
set_item code=JAM name=Jam unit=EA fefo_tolerance_days=2
set_item code=SALT name=Salt unit=EA picking=fifo
set_partner code=PICKY name="Picky Shop" roles=customer minimum_life_days=8
receive supplier=MILL document=D-1
  | item | lot | quantity | to  | expires_on |
  | CAKE | C10 | 20       | ST1 | 2026-03-10 |
  | CAKE | C20 | 60       | ST1 | 2026-03-20 |
  | JAM  | J10 | 20       | ST1 | 2026-03-10 |
  | JAM  | J12 | 20       | ST1 | 2026-03-12 |
  | JAM  | J13 | 20       | ST1 | 2026-03-13 |
  | SALT | S1  | 20       | ST1 |            |
at 2026-03-03T08:00Z
receive supplier=MILL document=D-2
  | item | lot | quantity | to  | expires_on |
  | SALT | S2  | 20       | ST1 |            |
set_sales_order number=SO-1 customer=CAFE site=HOME
  | line | item | quantity |
  | 1    | CAKE | 10       |
  | 2    | JAM  | 10       |
  | 3    | SALT | 10       |

as Ben: operate
pick order=SO-1 to=SHIP override_fefo=yes reason="C10 is behind the lift"
  | line | lot | quantity | from |
  | 1    | C20 | 5        | ST1  |
  -> refused right_needed /override_fefo
as Eva: operate, override_fefo
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 1    | C20 | 5        | ST1  |
  -> refused not_first_to_go /lines/0/lot lot=C10 place=ST1 available=20
pick order=SO-1 to=SHIP override_fefo=yes
  | line | lot | quantity | from |
  | 1    | C20 | 5        | ST1  |
  -> refused missing /reason
pick order=SO-1 to=SHIP override_fefo=yes reason="C10 is behind the lift"
  | line | lot | quantity | from |
  | 1    | C20 | 5        | ST1  |
  -> warning override_fefo
# In order there is nothing to override.
pick order=SO-1 to=SHIP override_fefo=yes reason="in a hurry"
  | line | lot | quantity | from |
  | 1    | C10 | 5        | ST1  |
  -> warnings none

# Two days are tolerated, three are not; first in, first out likewise by the day it came.
as Ben: operate
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 2    | J12 | 5        | ST1  |
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 2    | J13 | 5        | ST1  |
  -> refused not_first_to_go /lines/0/lot "J10"
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 3    | S2  | 10       | ST1  |
  -> refused not_first_to_go /lines/0/lot "here since 2026-03-02"
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 3    | S1  | 10       | ST1  |

# A lot that lives too short for this customer is no reason to wait for it.
set_sales_order number=SO-2 customer=PICKY site=HOME
  | line | item | quantity |
  | 1    | CAKE | 5        |
ask pick_list order=SO-2
  take:
    | lot | quantity |
    | C20 | 5        |
pick order=SO-2 to=SHIP
  | line | lot | quantity | from |
  | 1    | C10 | 5        | ST1  |
  -> refused too_short_lived /lines/0/lot
pick order=SO-2 to=SHIP
  | line | lot | quantity | from |
  | 1    | C20 | 5        | ST1  |
  -> warnings none

ask overrides
  rows:
    | code          | lot | who | why                    | kind | document | partner |
    | override_fefo | C20 | Eva | C10 is behind the lift | pick | SO-1     | CAFE    |

# An earlier lot comes in after lots were chosen: it is to be taken instead.
set_sales_order number=SO-3 customer=CAFE site=HOME
  | line | item | quantity |
  | 1    | CAKE | 10       |
release_pick order=SO-3
receive supplier=MILL document=D-3
  | item | lot | quantity | to  | expires_on |
  | CAKE | C08 | 4        | ST1 | 2026-03-08 |
ask pick_list order=SO-3
  take, in order:
    | lot | quantity |
    | C08 | 4        |
    | C10 | 6        |
pick order=SO-3 to=SHIP
  | line | lot | quantity | from |
  | 1    | C10 | 6        | ST1  |
  -> refused not_first_to_go /lines/0/lot "C08"
pick order=SO-3 to=SHIP
  | line | lot | quantity | from |
  | 1    | C08 | 4        | ST1  |
  | 1    | C10 | 6        | ST1  |
