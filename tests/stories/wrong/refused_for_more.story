# A refusal that the story does not name is found
# fails with: refused for more than the story says
use bakery
receive supplier=NOBODY document=D-1 to=DOCK
  | item | quantity |
  | SALT | 500      |
  -> refused unknown_item /lines/0/item
