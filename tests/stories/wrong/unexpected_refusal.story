# A step without promises must be accepted
# fails with: expected that this is accepted
use bakery
receive supplier=NOBODY document=D-1 to=DOCK
  | item  | quantity |
  | FLOUR | 500      |
