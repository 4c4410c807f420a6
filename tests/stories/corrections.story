# What was wrong is corrected at its old instant, by an entry that points at it
# proves: R32, R33, R34, R35, R36

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  | FLOUR | F2  | 100      |
  -> entry $receipt

at 2026-03-02T09:00Z
dispatch customer=CAFE address=CAFE-1 document=N-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 60       | ST1  |
  -> entry $dispatched

# Nothing to correct.
correct entry=$dispatched reason=check
  -> refused already_so
correct entry=9999 reason=check document=N-7
  -> refused unknown_entry /entry
correct entry=1 reason=check document=N-7
  -> refused cannot_be_corrected /entry
correct entry=$dispatched document=N-7
  -> refused missing /reason
correct entry=$dispatched reason=typo lines=[{"line":3,"quantity":"5"}]
  -> refused out_of_range /lines/0/line
correct entry=$dispatched reason=typo lines=[{"line":0,"to":"ST1"}]
  -> refused cannot_be_corrected /lines/0/to
correct entry=$dispatched reason=typo lines=[{"line":0,"quantity":"0"}]
  -> refused quantity_not_positive /lines/0/quantity
correct entry=$dispatched reason=typo partner=NOBODY
  -> refused unknown_partner /partner
correct entry=$dispatched reason=typo address=HOTEL-1
  -> refused unknown_address /address

# Document and address may always be corrected, a quantity by who may correct genealogy.
at 2026-03-03T09:00Z
as Ida: operate
correct entry=$dispatched reason="wrong pad" document=N-11
  -> entry $headed
see entry
  kind: dispatch
  document: N-11
  partner: CAFE
  settled_at: 2026-03-02T09:00:00Z
  reverses: $dispatched
correct entry=$dispatched reason="wrong pad" document=N-12
  -> refused already_corrected /entry
correct entry=$headed reason="counted again"
  | line | quantity |
  | 0    | 50       |
  -> refused right_needed
as tester
correct entry=$headed reason="counted again"
  | line | quantity |
  | 0    | 50       |
  -> entry $fifty
see stock item=FLOUR
  | lot | place | quantity |
  | F1  | ST1   | 50       |
  | F2  | ST1   | 100      |
# As known now it was always 50; as known before it was 60.
see stock item=FLOUR as_of=2026-03-02T10:00Z
  | lot | place | quantity |
  | F1  | ST1   | 50       |
  | F2  | ST1   | 100      |
see stock item=FLOUR as_of=2026-03-02T10:00Z known_at=$headed
  | lot | place | quantity |
  | F1  | ST1   | 40       |
  | F2  | ST1   | 100      |

# A correction must leave enough for everything since.
correct entry=$fifty reason="counted again"
  | line | quantity |
  | 0    | 101      |
  -> refused in_the_way /lines
correct entry=$receipt reason="short delivery"
  | line | quantity |
  | 0    | 49       |
  -> refused in_the_way /lines entry=$fifty
undo entries=$receipt reason="never came"
  -> refused in_the_way

# Undo of a correction: what it corrected stands again. Undo of that undo: the correction stands again.
undo entries=$fifty reason="it was 60"
  -> entry $back
see stock item=FLOUR lot=F1
  | lot | place | quantity |
  | F1  | ST1   | 40       |
undo entries=$fifty reason="it was 60"
  -> refused already_corrected /entries/0
undo entries=$back reason="no, 50"
  -> posted
see stock item=FLOUR lot=F1
  | lot | place | quantity |
  | F1  | ST1   | 50       |

# The other lot was used: F1 gets it back, F2 loses it, at the old instant.
replace entry=$fifty item=FLOUR lot=F1 with=F1 reason=label
  -> refused already_so /with
replace entry=$fifty item=FLOUR lot=F2 with=F1 reason=label
  -> refused unknown_lot /lot
replace entry=$fifty item=FLOUR lot=F1 with=F9 reason=label
  -> refused unknown_lot /with
as Ida: operate
replace entry=$fifty item=FLOUR lot=F1 with=F2 reason="label read again"
  -> refused right_needed
as tester
replace entry=$fifty item=FLOUR lot=F1 with=F2 reason="label read again"
  -> entry $replaced
see stock item=FLOUR as_of=2026-03-02T10:00Z
  | lot | place | quantity |
  | F1  | ST1   | 100      |
  | F2  | ST1   | 50       |

# If the other lot had too little, it is counted first.
receive supplier=MILL document=D-2 to=ST1
  | item  | lot | quantity |
  | FLOUR | F3  | 10       |
replace entry=$replaced item=FLOUR lot=F2 with=F3 reason="label read again"
  -> refused in_the_way /with

# Two entries, each in the way of the other, go together.
receive supplier=MILL document=D-3 to=DOCK
  | item | lot | quantity |
  | CAKE | C1  | 10       |
  -> entry $came
move
  | item | lot | quantity | from | to  |
  | CAKE | C1  | 10       | DOCK | ST1 |
  -> entry $moved
undo entries=$came reason="wrong truck"
  -> refused in_the_way
as Ida: operate
undo entries=$moved,$came reason="wrong truck"
  -> refused right_needed
as tester
undo entries=$moved,$moved reason="wrong truck"
  -> refused malformed /entries/1
undo entries=$moved,$came reason="wrong truck"
  -> posted
see stock item=CAKE
  stock: none
see lots item=CAKE
  | lot | status | on_hand |
  | C1  | gone   | 0       |

# Plain moves need no special right.
as Ida: operate
move
  | item  | lot | quantity | from | to   |
  | FLOUR | F3  | 10       | ST1  | BAKE |
  -> entry $plain
undo entries=$plain reason="stayed where it was"
see stock item=FLOUR lot=F3
  | lot | place | quantity |
  | F3  | ST1   | 10       |

# A customer who sent goods back has had them.
as tester
dispatch customer=HOTEL document=N-5
  | item  | lot | quantity | from |
  | FLOUR | F3  | 8        | ST1  |
  -> entry $n5
return_goods customer=HOTEL document=R-5 reference=N-5
  | item  | lot | quantity | to   |
  | FLOUR | F3  | 6        | BACK |
correct entry=$n5 reason="counted again"
  | line | quantity |
  | 0    | 5        |
  -> refused in_the_way
undo entries=$n5 reason="never left"
  -> refused in_the_way
correct entry=$n5 reason="counted again"
  | line | quantity |
  | 0    | 7        |
  -> posted
