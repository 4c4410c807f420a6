# Void says the goods never left, return says they came back
# proves: R81, R82, R86

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=SHIP
  | item  | lot | quantity |
  | CAKE  | C1  | 100      |
  | CAKE  | C2  | 100      |
  | WATER |     | 50       |

at 2026-03-02T09:00Z
dispatch customer=CAFE address=CAFE-1 document=N-1
  | item  | lot | quantity | from |
  | CAKE  | C1  | 40       | SHIP |
  | CAKE  | C2  | 5        | SHIP |
  | WATER |     | 10       | SHIP |
  -> entry $n1
dispatch customer=HOTEL document=N-2
  | item | lot | quantity | from |
  | CAKE | C1  | 10       | SHIP |

# A return goes to a returns place, and not above what that customer had of that lot.
at 2026-03-03T09:00Z
return_goods customer=CAFE document=R-1 reference=N-1
  | item | lot | quantity | to   |
  | CAKE | C1  | 12       | SHIP |
  -> refused place_not_allowed /lines/0/to
return_goods customer=CAFE document=R-1 reference=N-9
  | item | lot | quantity | to   |
  | CAKE | C1  | 12       | BACK |
  -> refused not_dispatched /reference
return_goods customer=CAFE document=R-1 reference=N-2
  | item | lot | quantity | to   |
  | CAKE | C1  | 12       | BACK |
  -> refused not_dispatched /reference
return_goods customer=CAFE document=R-1 reference=N-1
  | item | lot | quantity | to   |
  | CAKE | C1  | 30       | BACK |
  | CAKE | C1  | 11       | BACK |
  -> refused more_than_dispatched /lines/1/quantity "10 EA of lot C1"
return_goods customer=MARKET document=R-1
  | item | lot | quantity | to   |
  | CAKE | C1  | 1        | BACK |
  -> refused more_than_dispatched /lines/0/quantity
return_goods customer=CAFE document=R-1 reference=N-1
  | item | lot | quantity | to   |
  | CAKE | C1  | 12       | BACK |

see stock item=CAKE
  | lot | place | quantity |
  | C1  | SHIP  | 50       |
  | C1  | BACK  | 12       |
  | C2  | SHIP  | 95       |
see entry
  partner: CAFE
  address: CAFE-1
  reference: N-1

# What came back is not for use where it lies.
dispatch customer=HOTEL document=N-3
  | item | lot | quantity | from |
  | CAKE | C1  | 1        | BACK |
  -> refused place_is_blocked /lines/0/lot

# More than that customer had, confirmed: taken in as of unproven origin, on hold in that place alone.
return_goods customer=MARKET document=R-2 confirm_unproven=yes
  | item | lot | quantity | to   |
  | CAKE | C2  | 3        | BACK |
  -> hold $unproven
  -> warning unproven_origin
see lots lot=C2 place=BACK
  | lot | status | holds     |
  | C2  | hold   | $unproven |
see lots lot=C2 place=SHIP
  | lot | status   |
  | C2  | released |

# Goods of that delivery came back, so it cannot be said that they never left.
void_dispatch document=N-1 to=SHIP reason="truck did not come"
  -> refused in_the_way /document
void_dispatch document=N-9 to=SHIP reason="truck did not come"
  -> refused not_dispatched /document
void_dispatch document=N-2 to=NOWHERE reason="truck did not come"
  -> refused unknown_place /to
void_dispatch document=N-2 to=ST1
  -> refused missing /reason
void_dispatch document=N-2 to=ST1 reason="truck did not come"
  -> posted
see stock item=CAKE
  | lot | place | quantity |
  | C1  | SHIP  | 50       |
  | C1  | ST1   | 10       |
  | C1  | BACK  | 12       |
  | C2  | SHIP  | 95       |
  | C2  | BACK  | 3        |
void_dispatch document=N-2 to=ST1 reason=again
  -> refused not_dispatched /document
return_goods customer=HOTEL document=R-3
  | item | lot | quantity | to   |
  | CAKE | C1  | 1        | BACK |
  -> refused more_than_dispatched /lines/0/quantity

# A void to the place they never left is possible as well.
dispatch customer=HOTEL document=N-4
  | item | lot | quantity | from |
  | CAKE | C1  | 20       | SHIP |
void_dispatch document=N-4 to=SHIP reason="order cancelled"
  -> entry $void
see stock item=CAKE place=SHIP
  | lot | place | quantity |
  | C1  | SHIP  | 50       |
  | C2  | SHIP  | 95       |

# It had left after all: the void is undone.
undo entries=$void reason="it had left after all"
see stock item=CAKE place=SHIP
  | lot | place | quantity |
  | C1  | SHIP  | 30       |
  | C2  | SHIP  | 95       |
return_goods customer=HOTEL document=R-4 reference=N-4
  | item | lot | quantity | to   |
  | CAKE | C1  | 20       | BACK |
  -> posted

# A return is not corrected to more than had left to that customer, nor to another customer.
receive supplier=MILL document=D-R to=ST1
  | item  | lot | quantity |
  | FLOUR | FR  | 100      |
dispatch customer=CAFE document=N-R
  | item  | lot | quantity | from |
  | FLOUR | FR  | 20       | ST1  |
return_goods customer=CAFE reference=N-R
  | item  | lot | quantity | to   |
  | FLOUR | FR  | 5        | BACK |
  -> entry $few
correct entry=$few reason="counted again"
  | line | quantity |
  | 0    | 25       |
  -> refused in_the_way
correct entry=$few reason="other van" partner=HOTEL
  -> refused in_the_way
correct entry=$few reason="counted again"
  | line | quantity |
  | 0    | 20       |
