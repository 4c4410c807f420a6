# What a delivery is refused for, each with the field that is wrong
# proves: R6, R7, R9, R10, R14, R17, R54, R56

use bakery
at 2026-03-02T08:00Z

receive supplier=MILL document=D-1 to=DOCK
  | item  | quantity | supplier_lot | expires_on |
  | FLOUR | 500      | 88A1         | 2026-11-30 |
  -> lot FLOUR $flour

# Names that the book does not know; all faults are told at once.
receive supplier=NOBODY document=D-2 to=NOWHERE
  | item  | quantity |
  | FLOUR | 5        |
  | SALT  | 5        |
  -> refused unknown_partner /supplier
  -> refused unknown_place /to
  -> refused unknown_item /lines/1/item
  -> refused unknown_place /to

# A customer does not deliver to us.
receive supplier=CAFE document=D-2 to=DOCK
  | item  | quantity |
  | FLOUR | 5        |
  -> refused unknown_partner /supplier "not a supplier"

# Quantities are above zero, in a unit that can be turned into the item's.
receive supplier=MILL document=D-2 to=DOCK
  | item  | quantity | unit |
  | FLOUR | 0        |      |
  | FLOUR | -5       |      |
  | FLOUR | 5        | EA   |
  -> refused quantity_not_positive /lines/0/quantity
  -> refused quantity_not_positive /lines/1/quantity
  -> refused no_factor /lines/2/quantity

# No location at all.
receive supplier=MILL document=D-2
  | item  | quantity |
  | FLOUR | 5        |
  -> refused missing /to

# What the edge itself refuses.
receive supplier=MILL to=DOCK
  | item  | quantity |
  | FLOUR |          |
  -> refused missing /document

# How much, for whatever has no serial numbers.
receive supplier=MILL document=D-2 to=DOCK
  | item  | quantity |
  | FLOUR |          |
  -> refused quantity_not_positive /lines/0/quantity "Say how much"

# Texts that are no code.
receive supplier=MILL document=D-2 to=DOCK
  | item  | quantity | supplier_lot |
  | FLOUR | 5        | n/a          |
  | FLOUR | 5        | NONE         |
  | FLOUR | 5        | 0            |
  -> refused placeholder_code /lines/0/supplier_lot
  -> refused placeholder_code /lines/1/supplier_lot
  -> refused placeholder_code /lines/2/supplier_lot

# An invisible character, and a code of more than 60 characters.
receive supplier=MILL document=D-2 to=DOCK
  | item  | quantity | supplier_lot |
  | FLOUR | 5        | 77​88        |
  -> refused not_a_code /lines/0/supplier_lot
receive supplier=MILL document=D-2 to=DOCK
  | item  | quantity | supplier_lot |
  | FLOUR | 5        | 1234567890123456789012345678901234567890123456789012345678901 |
  -> refused too_long /lines/0/supplier_lot

# One delivery gives one lot one expiry.
receive supplier=MILL document=D-2 to=DOCK
  | item  | quantity | supplier_lot | expires_on |
  | FLOUR | 5        | 77           | 2026-11-30 |
  | FLOUR | 5        | 77           | 2026-12-31 |
  -> refused expiry_differs /lines/1/expires_on

# A code that looks like another of the item.
receive supplier=MILL document=D-2 to=DOCK
  | item  | quantity | supplier_lot | expires_on |
  | FLOUR | 5        | 88AI         | 2026-11-30 |
  -> refused lot_code_resembles /lines/0/supplier_lot "88A1"

receive supplier=MILL document=D-2 to=DOCK confirm_new_lot=yes
  | item  | quantity | supplier_lot | expires_on |
  | FLOUR | 5        | 88AI         | 2026-11-30 |
  -> lot FLOUR $lookalike

# An own code is used once.
receive supplier=MILL document=D-3 to=DOCK
  | item  | quantity | lot    |
  | FLOUR | 5        | $flour |
  -> refused lot_code_taken /lines/0/lot

# The same delivery twice.
receive supplier=MILL document=D-1 to=DOCK
  | item  | quantity | supplier_lot | expires_on |
  | FLOUR | 500      | 88A1         | 2026-11-30 |
  -> refused delivery_seen /lines/0/supplier_lot

receive supplier=MILL document=D-1 to=DOCK confirm_delivery=yes
  | item  | quantity | supplier_lot | expires_on |
  | FLOUR | 500      | 88A1         | 2026-11-30 |
  -> lot FLOUR $again

# Dates that contradict each other.
receive supplier=MILL document=D-4 to=DOCK
  | item  | quantity | produced_on | expires_on |
  | FLOUR | 5        | 2026-02-01  | 2026-01-31 |
  -> refused dates_contradict /lines/0/expires_on

# Water is not tracked; flour is, and gets a code if it has none.
receive supplier=MILL document=D-4 to=DOCK
  | item  | quantity | lot |
  | WATER | 5        | W1  |
  -> refused lot_unwanted /lines/0/lot

# An issuer that the book does not know.
receive supplier=TRADE document=D-4 to=DOCK
  | item  | quantity | supplier_lot | issuer |
  | FLOUR | 5        | X7           | NOBODY |
  -> refused unknown_partner /lines/0/issuer

# Without the right to operate nothing is booked in.
as Visitor: view
receive supplier=MILL document=D-5 to=DOCK
  | item  | quantity |
  | FLOUR | 5        |
  -> refused right_needed

see lots item=FLOUR
  | lot        | on_hand |
  | $flour     | 500     |
  | $lookalike | 5       |
  | $again     | 500     |
