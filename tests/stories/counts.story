# A count says how much there was; the difference is a line of the balance, never a link
# proves: R59, R28, R40

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  | FLOUR | F2  | 50       |
  | FLOUR | F3  | 10       |
  | WATER |     | 20       |

as Olga: operate
count place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 98       |
  | WATER |     | 20       |
  -> warnings none
see entry
  kind: count
  lines:
    | item  | lot | from | to    | quantity |
    | FLOUR | F1  | ST1  | count | 2        |
count place=ST1
  -> refused missing /lines
count place=NOWHERE
  | item  | lot | quantity |
  | FLOUR | F1  | 98       |
  -> refused unknown_place /place
count place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | -1       |
  | FLOUR | F9  | 1        |
  -> refused quantity_not_positive /lines/0/quantity
  -> refused unknown_lot /lines/1/lot

# More than 5 percent apart: a second person must have looked.
count place=ST1
  | item  | lot | quantity |
  | FLOUR | F2  | 47       |
  -> refused second_person_needed /lines/0/quantity
count place=ST1 confirmed_by=Olga
  | item  | lot | quantity |
  | FLOUR | F2  | 47       |
  -> refused second_person_needed /lines/0/quantity
count place=ST1 confirmed_by=Paul
  | item  | lot | quantity |
  | FLOUR | F2  | 47       |
  -> warning large_difference

# Counted at eight, entered at noon: what moved meanwhile stays right.
at 2026-03-02T10:00Z
move
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 40       | ST1  | BAKE |
at 2026-03-02T12:00Z
count place=ST1 occurred_at=2026-03-02T09:00:00Z
  | item  | lot | quantity |
  | FLOUR | F1  | 99       |
see stock item=FLOUR
  | lot | place | quantity |
  | F1  | ST1   | 59       |
  | F1  | BAKE  | 40       |
  | F2  | ST1   | 47       |
  | F3  | ST1   | 10       |
# So little at nine that what moved at ten would not have been there.
count place=ST1 occurred_at=2026-03-02T09:00:00Z confirmed_by=Paul
  | item  | lot | quantity |
  | FLOUR | F1  | 39       |
  -> refused not_enough /lines

# Only a complete count says that what it does not name is gone.
count place=ST1 complete=yes
  | item  | lot | quantity |
  | FLOUR | F1  | 59       |
  | FLOUR | F2  | 47       |
  | WATER |     | 20       |
  -> refused second_person_needed /complete
count place=ST1 complete=yes confirmed_by=Paul
  | item  | lot | quantity |
  | FLOUR | F1  | 59       |
  | FLOUR | F2  | 47       |
  | WATER |     | 20       |
see stock place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 59       |
  | FLOUR | F2  | 47       |
  | WATER |     | 20       |

# A difference with its reason.
adjust
  | item  | lot | found | quantity | place |
  | FLOUR | F1  | less  | 1        | ST1   |
  -> refused missing /reason
adjust reason=spilt
  | item  | lot | found | quantity | place   |
  | FLOUR | F1  | less  | 1        | NOWHERE |
  -> refused unknown_place /lines/0/place
adjust reason=spilt
  | item  | lot | found | quantity | place |
  | FLOUR | F1  | less  | 9        | ST1   |
  -> refused second_person_needed /lines/0/quantity
adjust reason=spilt
  | item  | lot | found | quantity | place |
  | FLOUR | F1  | less  | 60       | ST1   |
  -> refused not_enough /lines/0/quantity
adjust reason=spilt
  | item  | lot | found | quantity | place |
  | FLOUR | F1  | less  | 1        | ST1   |
  | FLOUR | F2  | more  | 1        | ST1   |
see stock place=ST1 item=FLOUR
  | lot | quantity |
  | F1  | 58       |
  | F2  | 48       |

# Counting is allowed whatever the status.
as tester
hold reason=wet
  | item  | lot |
  | FLOUR | F1  |
as Olga: operate
count place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 57       |
  -> posted
