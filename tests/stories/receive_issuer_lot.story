# A distributor keeps the maker's lot as his own
# proves: R3, R4, R7

use bakery
set_item code=BUTTER name=Butter unit=KGM decimals=3 lot_per=issuer_lot maker=DAIRY
at 2026-03-02T08:00Z

receive supplier=TRADE document=T-1 to=COLD
  | item   | quantity | supplier_lot | expires_on |
  | BUTTER | 100      | X7           | 2026-06-30 |
  -> lot BUTTER X7

# The same lot of the maker, bought from the maker: it adds to the lot.
receive supplier=DAIRY document=A-1 to=COLD
  | item   | quantity | supplier_lot | expires_on |
  | BUTTER | 50       | X7           | 2026-06-30 |
  -> posted

see lots item=BUTTER
  | lot | names    | on_hand | expires_on |
  | X7  | DAIRY:X7 | 150     | 2026-06-30 |

# The same code with another expiry is asked about.
receive supplier=DAIRY document=A-2 to=COLD
  | item   | quantity | supplier_lot | expires_on |
  | BUTTER | 10       | X7           | 2026-07-31 |
  -> refused expiry_differs /lines/0/expires_on

# Confirmed, it is a second lot of the same name, with an own code from the series.
receive supplier=DAIRY document=A-2 to=COLD confirm_new_lot=yes
  | item   | quantity | supplier_lot | expires_on |
  | BUTTER | 10       | X7           | 2026-07-31 |
  -> lot BUTTER $other

see lots item=BUTTER
  | lot    | names    | on_hand | expires_on |
  | X7     | DAIRY:X7 | 150     | 2026-06-30 |
  | $other | DAIRY:X7 | 10      | 2026-07-31 |

# The code of another issuer is another name; the own code is taken from the series when the issuer's is not free.
receive supplier=TRADE document=T-2 to=COLD
  | item   | quantity | supplier_lot | issuer | expires_on |
  | BUTTER | 7        | X7           | TRADE  | 2026-06-30 |
  -> lot BUTTER $traded

# An item that opens a lot for each delivery only warns.
receive supplier=MILL document=D-1 to=DOCK
  | item  | quantity | supplier_lot | expires_on |
  | FLOUR | 10       | 88A1         | 2026-06-30 |
  -> warnings none
receive supplier=MILL document=D-2 to=DOCK
  | item  | quantity | supplier_lot | expires_on |
  | FLOUR | 10       | 88A1         | 2026-07-31 |
  -> warning expiry_differs

# An own code typed at the dock is kept as it is.
receive supplier=MILL document=D-3 to=DOCK
  | item  | quantity | supplier_lot | lot     |
  | FLOUR | 10       | 88B1         | F-26-07 |
  -> lot FLOUR F-26-07

# A code longer than GS1 labels hold is taken, with a word of warning.
receive supplier=MILL document=D-4 to=DOCK
  | item  | quantity | supplier_lot          |
  | FLOUR | 10       | 123456789012345678901 |
  -> warning code_is_long

# Two sites number in their own series.
receive supplier=MILL document=D-5 to=LIS-ST
  | item  | quantity |
  | FLOUR | 10       |
  -> lot FLOUR $lisbon
