# Past its best-before day, or in other number than the book says: production goes on where it may
# proves: R44, R60

use bakery
set_item code=NUT  name=Nuts  unit=KGM decimals=3 use_past_best_before=yes
set_item code=OIL  name=Oil   unit=LTR decimals=1
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | best_before_on |
  | NUT   | N1  | 10       | 2026-03-02     |
  | OIL   | O1  | 10       | 2026-03-02     |
  | FLOUR | F1  | 10       |                |
  | FLOUR | F2  | 10       |                |
hold reason=wet
  | item  | lot |
  | FLOUR | F2  |

# Its last day is good.
consume document=PO-1 open_order=yes
  | item | lot | quantity | from |
  | NUT  | N1  | 1        | ST1  |
  -> warnings none
at 2026-03-03T08:00Z
as Olga: operate
consume document=PO-1
  | item | lot | quantity | from |
  | NUT  | N1  | 1        | ST1  |
  -> refused best_before_has_passed /lines/0/lot
consume document=PO-1 override_best_before=yes reason="tastes well"
  | item | lot | quantity | from |
  | NUT  | N1  | 1        | ST1  |
  -> refused right_needed /override_best_before
as Petra: operate, override_best_before
consume document=PO-1 override_best_before=yes
  | item | lot | quantity | from |
  | NUT  | N1  | 1        | ST1  |
  -> refused missing /reason
consume document=PO-1 override_best_before=yes reason="tastes well"
  | item | lot | quantity | from |
  | OIL  | O1  | 1        | ST1  |
  -> refused best_before_has_passed /lines/0/lot
consume document=PO-1 override_best_before=yes reason="tastes well"
  | item | lot | quantity | from |
  | NUT  | N1  | 1        | ST1  |
  -> warning override_best_before

# More in the hand than in the book.
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 12       | ST1  |
  -> refused not_enough /lines/0/quantity "confirm_here"
consume document=PO-1 confirm_here=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 12       | ST1  |
  -> warning have_it_here
consume document=PO-1 confirm_here=yes
  | item  | lot | quantity | from |
  | FLOUR | F2  | 12       | ST1  |
  -> refused lot_is_on_hold /lines/0/lot
see stock item=FLOUR
  | lot | place | quantity |
  | F2  | ST1   | 10       |
produce document=PO-2 confirm_here=yes inputs=[{"item":"FLOUR","lot":"F1","quantity":"2","from":"ST1"}]
  outputs=[{"item":"DOUGH","lot":"D2","quantity":"2","to":"COLD"}]
  -> warning have_it_here
