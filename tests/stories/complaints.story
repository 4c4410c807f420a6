# A customer complains about a delivery, a fault is found in the store, and both are followed until they are closed
# proves: R32, R96

use bakery
set_partner code=PARTS name="Parts AG" roles=supplier,maker
set_item code=DISK name=Disk unit=EA tracking=serial
set_book defect_codes=scratched,dead
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot  | supplier_lot | quantity |
  | FLOUR | F-1  | 88A1         | 500      |
  | FLOUR | F-2  | 88A2         | 500      |
receive supplier=PARTS document=D-2 to=ST1
  | item | lot | serials       |
  | DISK | DL  | ["D-1","D-2"] |
dispatch customer=CAFE document=N-1
  | item  | lot | serials | quantity | from |
  | FLOUR | F-1 |         | 40       | ST1  |
  | DISK  |     | ["D-1"] |          | ST1  |

at 2026-03-05T08:00Z
record_complaint customer=CAFE document=N-9 text="lumps in the bag"
  -> refused not_dispatched /document
record_complaint customer=HOTEL document=N-1 text="lumps in the bag"
  -> refused not_dispatched /document
record_complaint customer=CAFE document=N-1 item=FLOUR lot=F-2 text="lumps in the bag"
  -> refused not_dispatched /lot
record_complaint customer=CAFE document=N-1 item=DISK serial=D-2 text="does not turn"
  -> refused not_dispatched /serial
record_complaint customer=CAFE lot=F-1 text="lumps in the bag" code=lumps received_on=2026-03-06
  -> refused in_the_future /received_on
  -> refused not_a_choice /code "The book has scratched, dead"
  -> refused missing /item
record_complaint number=C-1 customer=CAFE document=N-1 item=FLOUR lot=F-1 quantity=2 severity=major text="lumps in the bag" contact="Carla Gast"
  -> entry $first
record_complaint number=C-1 customer=CAFE text="again"
  -> refused code_taken /number
record_complaint customer=CAFE document=N-1 item=DISK serial=D-1 code=dead severity=critical text="does not turn"
  -> entry $second

ask complaints
  rows, in order:
    | item  | lot | serial | document | severity | state | quantity | contact    | entry   |
    | DISK  | DL  | D-1    | N-1      | critical | open  | 0        |            | $second |
    | FLOUR | F-1 |        | N-1      | major    | open  | 2        | Carla Gast | $first  |
ask complaints item=FLOUR lot=F-1
  rows:
    | number | text             |
    | C-1    | lumps in the bag |
ask complaints partner=HOTEL
  rows: none
ask lot item=FLOUR lot=F-1
  complaints:
    | number |
    | C-1    |
ask serial item=DISK serial=D-1
  complaints:
    | code | severity |
    | dead | critical |
# The paper that it is about tells of it, too.
ask document number=N-1
  entries, at least:
    | kind             | document |
    | record_complaint | C-1      |

change_complaint number=C-7 reason=typed severity=minor
  -> refused not_found /number
change_complaint number=C-1 reason="counted again" quantity=3
  -> entry $changed
change_complaint number=C-1 reason="counted again" quantity=3
  -> refused already_so
undo entries=$first reason="never said"
  -> refused in_the_way
close_complaint number=C-1 outcome="three bags replaced"
close_complaint number=C-1 outcome="three bags replaced"
  -> refused already_so /number
change_complaint number=C-1 reason="they call again" severity=critical
  -> refused already_so /number
change_complaint number=C-1 reason="they call again" severity=critical reopen=true
ask complaints state=open
  rows, at least:
    | number | severity | quantity | outcome |
    | C-1    | critical | 3        |         |
ask history noun=complaint code=C-1
  entries, in order:
    | kind             | why                 |
    | record_complaint |                     |
    | change_complaint | counted again       |
    | close_complaint  | three bags replaced |
    | change_complaint | they call again     |

# Who complained can be forgotten; the complaint stays.
erase_personal complaint=C-1 reason="asked for"
ask complaints number=C-1
  rows:
    | number | contact  |
    | C-1    | (erased) |

# What we find ourselves.
record_defect item=DISK serial=D-2
  -> refused missing /text
record_defect item=DISK serial=D-2 code=scratched order=PO-9 place=ST9
  -> refused unknown_place /place
  -> refused unknown_order /order
record_defect number=Q-1 item=DISK serial=D-2 code=scratched place=ST1 partner=PARTS document=D-2
  -> entry $defect
ask serial item=DISK serial=D-2
  defects:
    | number | code      | place | partner | state |
    | Q-1    | scratched | ST1   | PARTS   | open  |
close_defect number=Q-1 outcome="sent back"
  -> entry $closed
ask defects state=closed
  rows:
    | number | outcome   |
    | Q-1    | sent back |
undo entries=$closed reason="it is still here"
undo entries=$defect reason="it was dust"
  -> entry $dust
ask defects
  rows: none
record_defect number=Q-1 item=DISK text=bent
  -> refused code_taken /number
undo entries=$dust reason="no dust at all"
ask defects
  rows:
    | number | serial | code      | state |
    | Q-1    | D-2    | scratched | open  |
