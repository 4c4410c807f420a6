# A table that differs is found
# fails with: stock differs
use bakery
receive supplier=MILL document=D-1 to=DOCK
  | item  | quantity |
  | FLOUR | 500      |
see stock
  | item  | place | quantity |
  | FLOUR | DOCK  | 501      |
