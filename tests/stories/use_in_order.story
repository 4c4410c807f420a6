# What should have gone first is written down when something else goes
# proves: R45, R50, R51, R53

use bakery
set_item code=BREAD name=Bread unit=EA
set_item code=ROLL  name=Roll  unit=EA fefo_tolerance_days=2
set_item code=NUT   name=Nuts  unit=EA picking=fifo
set_partner code=PICKY name="Picky Shop" roles=customer minimum_life_days=10
at 2026-03-01T08:00Z
receive supplier=MILL document=D-0 to=ST1
  | item | lot | quantity | produced_on |
  | NUT  | N1  | 10       | 2026-01-05  |
  | NUT  | N2  | 10       | 2026-02-05  |
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1
  | item  | lot | quantity | to     | expires_on |
  | BREAD | B1  | 10       | ST1    | 2026-03-02 |
  | BREAD | B2  | 10       | COLD   | 2026-03-08 |
  | BREAD | B3  | 10       | SHIP   | 2026-03-20 |
  | BREAD | B4  | 10       | ST1    |            |
  | BREAD | B5  | 10       | LIS-ST | 2026-03-03 |
  | ROLL  | R1  | 10       | ST1    | 2026-03-10 |
  | ROLL  | R2  | 10       | ST1    | 2026-03-12 |
  | ROLL  | R3  | 10       | ST1    | 2026-03-13 |

# Expires on the 2nd: still the first to go on the 2nd.
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from |
  | BREAD | B2  | 1        | COLD |
  -> warning dispatched_out_of_order
dispatch customer=CAFE document=N-2
  | item  | lot | quantity | from |
  | BREAD | B1  | 1        | ST1  |
  -> warnings none
# No date comes after all dates.
consume document=PO-1 open_order=yes
  | item  | lot | quantity | from |
  | BREAD | B4  | 1        | ST1  |
  -> warning used_out_of_order

# On the 3rd it has expired and is no reason to wait for; nor is what lies at another site.
at 2026-03-03T08:00Z
dispatch customer=CAFE document=N-3
  | item  | lot | quantity | from |
  | BREAD | B2  | 1        | COLD |
  -> warnings none
# What lives too short for this customer is none either.
dispatch customer=PICKY document=N-4
  | item  | lot | quantity | from |
  | BREAD | B3  | 1        | SHIP |
  -> warnings none
dispatch customer=CAFE document=N-5
  | item  | lot | quantity | from |
  | BREAD | B3  | 1        | SHIP |
  -> warning dispatched_out_of_order
# Both on one note, and the earlier one to the last piece, whichever is written first.
dispatch customer=CAFE document=N-6
  | item  | lot | quantity | from |
  | BREAD | B3  | 1        | SHIP |
  | BREAD | B2  | 8        | COLD |
  -> warnings none

# A lot on hold is none; neither is a day or two, where the item allows them.
dispatch customer=CAFE document=N-7
  | item | lot | quantity | from |
  | ROLL | R2  | 1        | ST1  |
  -> warnings none
dispatch customer=CAFE document=N-8
  | item | lot | quantity | from |
  | ROLL | R3  | 1        | ST1  |
  -> warning dispatched_out_of_order
hold reason=wet
  | item | lot |
  | ROLL | R1  |
dispatch customer=CAFE document=N-9
  | item | lot | quantity | from |
  | ROLL | R3  | 1        | ST1  |
  -> warnings none

# First in, first out.
dispatch customer=CAFE document=N-10
  | item | lot | quantity | from |
  | NUT  | N2  | 1        | ST1  |
  -> warning dispatched_out_of_order
dispatch customer=CAFE document=N-11
  | item | lot | quantity | from |
  | NUT  | N1  | 1        | ST1  |
  -> warnings none

# What is worked again is chosen for other reasons.
consume document=RW-1 open_order=yes kind=rework
  | item | lot | quantity | from |
  | ROLL | R3  | 1        | ST1  |
  -> warnings none
