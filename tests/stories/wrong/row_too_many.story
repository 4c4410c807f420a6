# A row that the story does not name is found
# fails with: stock differs
use bakery
receive supplier=MILL document=D-1 to=DOCK
  | item  | quantity |
  | FLOUR | 500      |
see stock
  stock: none
