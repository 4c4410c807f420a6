# A delivery note is one customer's, whoever else has one of that number
# proves: R80, R81

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
dispatch customer=CAFE address=CAFE-1 document=N-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
  -> entry $cafe
dispatch customer=HOTEL address=HOTEL-1 document=N-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 5        | ST1  |
ask delivery_note document=N-1
  -> refused missing /customer "CAFE, HOTEL" customer=CAFE customer=HOTEL
ask delivery_note document=N-1 customer=CAFE
  customer: CAFE
  address: CAFE-1
  lines:
    | lot | quantity |
    | F1  | 20       |
ask delivery_note document=N-1 customer=HOTEL
  customer: HOTEL
  version: 1
  lines:
    | lot | quantity |
    | F1  | 5        |
ask delivery_note document=N-1 customer=MARKET
  -> refused not_dispatched /customer
ask delivery_note document=N-1 customer=NOBODY
  -> refused unknown_partner /customer

# What one of them did not get is void for him alone.
void_dispatch document=N-1 to=ST1 reason="truck broke down"
  -> refused missing /customer "CAFE, HOTEL"
void_dispatch document=N-1 customer=MARKET to=ST1 reason="truck broke down"
  -> refused not_dispatched /document "No dispatch to MARKET stands"
void_dispatch document=N-1 customer=HOTEL to=ST1 reason="truck broke down"
ask delivery_note document=N-1 customer=HOTEL
  version: 2
  is_void: true
ask delivery_note document=N-1 customer=CAFE
  version: 1
  is_void: false
see stock
  | lot | place | quantity |
  | F1  | ST1   | 80       |

# It was another customer's: his note says so, and the first one's says that nothing is left on it.
correct entry=$cafe partner=MARKET reason="read wrongly"
ask delivery_note document=N-1 customer=CAFE
  version: 2
  is_void: true
  customer: CAFE
  lines:
    | lot | quantity | change  | before |
    | F1  | 0        | removed | 20     |
ask delivery_note document=N-1 customer=MARKET
  version: 1
  customer: MARKET
  lines:
    | lot | quantity | change |
    | F1  | 20       |        |
