# Who holds goods in the hand goes on, and the book catches up; blocked goods stay blocked
# proves: R60, R40, R81

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1
  | item  | lot | quantity | to   |
  | FLOUR | F1  | 30       | ST1  |
  | FLOUR | F1  | 20       | COLD |
  | FLOUR | F2  | 50       | QUAR |
  | FLOUR | F3  | 10       | ST1  |
hold reason=wet
  | item  | lot |
  | FLOUR | F3  |

as Olga: operate, correct_genealogy
move
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 60       | ST1  | BAKE |
  -> refused not_enough /lines/0/quantity "confirm_here"

# First from where the book has it at that site, then a count gain, then the act: one entry.
move confirm_here=yes
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 60       | ST1  | BAKE |
  -> warning have_it_here
see entry
  lines, in order:
    | lot | from  | to   | quantity |
    | F1  | COLD  | ST1  | 20       |
    | F1  | count | ST1  | 10       |
    | F1  | ST1   | BAKE | 60       |
see stock item=FLOUR lot=F1
  | place | quantity |
  | BAKE  | 60       |

# With enough there, confirming changes nothing.
move confirm_here=yes
  | item  | lot | quantity | from | to  |
  | FLOUR | F1  | 60       | BAKE | ST1 |
  -> warnings none

# Goods that are blocked, or lie where goods are not for use, are not taken like this.
dispatch customer=CAFE document=N-1 confirm_here=yes
  | item  | lot | quantity | from |
  | FLOUR | F2  | 10       | ST1  |
  -> refused place_is_blocked /lines/0/quantity
dispatch customer=CAFE document=N-1 confirm_here=yes
  | item  | lot | quantity | from |
  | FLOUR | F3  | 20       | ST1  |
  -> refused lot_is_on_hold /lines/0/lot

# A dispatch of more than the book had, and it never left: all of it is where they are now.
dispatch customer=CAFE document=N-2 confirm_here=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 65       | ST1  |
void_dispatch document=N-2 to=SHIP reason="truck broke down"
see stock item=FLOUR lot=F1
  | place | quantity |
  | SHIP  | 65       |

# So often a day, and no more.
as tester
set_book confirmations_per_day=2
as Paul: operate
move confirm_here=yes
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 66       | SHIP | ST1  |
move confirm_here=yes
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 67       | ST1  | SHIP |
move confirm_here=yes
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 68       | SHIP | ST1  |
  -> refused goods_confirmed_too_often /lines/0/quantity
at 2026-03-03T08:00Z
move confirm_here=yes
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 68       | SHIP | ST1  |
  -> posted

# All of it is listed for review.
ask reviews code=have_it_here
  | lot | kind     | who  |
  | F1  | move     | Olga |
  | F1  | dispatch | Olga |
  | F1  | move     | Paul |
  | F1  | move     | Paul |
  | F1  | move     | Paul |
