# Where an item demands it, a second person saw what went in and what came out
# proves: R72

use bakery
set_item code=PILL   name=Tablets   unit=EA  second_person=yes
set_item code=POWDER name=Substance unit=KGM decimals=3 second_person=yes
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item   | lot | quantity |
  | POWDER | S1  | 10       |
  | FLOUR  | F1  | 10       |

as Olga: operate
consume document=PO-1 open_order=yes
  | item   | lot | quantity | from |
  | POWDER | S1  | 1        | ST1  |
  -> refused second_person_needed /process/checked_by
consume document=PO-1 open_order=yes process={"checked_by":"Olga"}
  | item   | lot | quantity | from |
  | POWDER | S1  | 1        | ST1  |
  -> refused second_person_needed /process/checked_by "else"
consume document=PO-1 open_order=yes process={"checked_by":"Piet","shift":"early","machine":"M-2","values":[{"name":"oven","value":"212","unit":"CEL"}]}
  | item   | lot | quantity | from |
  | POWDER | S1  | 1        | ST1  |
see entry
  facts, at least:
    | fact    | detail          |
    | reading | shift early     |
    | reading | machine M-2     |
    | reading | checked_by Piet |
    | reading | oven 212        |
yield document=PO-1
  | item | lot | quantity | to  |
  | PILL | P1  | 1000     | ST1 |
  -> refused second_person_needed /process/checked_by
yield document=PO-1 process={"checked_by":"Piet"}
  | item | lot | quantity | to  |
  | PILL | P1  | 1000     | ST1 |

# Nobody is asked for what no item demands.
consume document=PO-2 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 1        | ST1  |
consume document=PO-2 process={"values":[{"name":"checked_by","value":"Piet"}]}
  | item  | lot | quantity | from |
  | FLOUR | F1  | 1        | ST1  |
  -> refused code_taken /process/values/0/name
