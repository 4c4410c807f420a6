# The table of what each status allows, cell by cell
# proves: R39, R40

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | expires_on |
  | FLOUR | REL | 100      | 2026-12-31 |
  | FLOUR | QUA | 100      | 2026-12-31 |
  | FLOUR | HLD | 100      | 2026-12-31 |
  | FLOUR | REJ | 100      | 2026-12-31 |
  | FLOUR | EXP | 100      | 2026-03-02 |
  | FLOUR | REC | 100      | 2026-12-31 |
quarantine reason=test
  | item  | lot |
  | FLOUR | QUA |
hold reason=test
  | item  | lot |
  | FLOUR | HLD |
reject reason=test
  | item  | lot |
  | FLOUR | REJ |
hold reason=test recall=RC-1
  | item  | lot |
  | FLOUR | REC |
release_order document=PO-1 place=BAKE
release_order document=RW-1 place=BAKE kind=rework
at 2026-03-03T08:00Z
see lots item=FLOUR
  | lot | status     |
  | REL | released   |
  | QUA | quarantine |
  | HLD | hold       |
  | REJ | rejected   |
  | EXP | expired    |
  | REC | recalled   |

# --- released
as Olga: operate
move
  | item  | lot | quantity | from | to   |
  | FLOUR | REL | 1        | ST1  | COLD |
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | REL | 1        | ST1  |
dispatch customer=CAFE document=N-3
  | item  | lot | quantity | from |
  | FLOUR | REL | 1        | ST1  |
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | REL | 1        | ST1  |
split item=FLOUR lot=REL from=ST1
  | quantity | to  |
  | 1        | ST1 |
relabel item=FLOUR lot=REL quantity=1 from=ST1 to=ST1
return_to_supplier supplier=MILL document=B-7 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | REL | 1        | ST1  |
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | REL | 1        | ST1  |
as Quinn: operate, quality
move
  | item  | lot | quantity | from | to   |
  | FLOUR | REL | 1        | ST1  | COLD |
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | REL | 1        | ST1  |
dispatch customer=CAFE document=N-11
  | item  | lot | quantity | from |
  | FLOUR | REL | 1        | ST1  |
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | REL | 1        | ST1  |
split item=FLOUR lot=REL from=ST1
  | quantity | to  |
  | 1        | ST1 |
relabel item=FLOUR lot=REL quantity=1 from=ST1 to=ST1
return_to_supplier supplier=MILL document=B-15 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | REL | 1        | ST1  |
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | REL | 1        | ST1  |

# --- quarantine
as Olga: operate
move
  | item  | lot | quantity | from | to   |
  | FLOUR | QUA | 1        | ST1  | COLD |
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | QUA | 1        | ST1  |
dispatch customer=CAFE document=N-19
  | item  | lot | quantity | from |
  | FLOUR | QUA | 1        | ST1  |
  -> refused lot_is_in_quarantine /lines/0/lot
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | QUA | 1        | ST1  |
  -> refused lot_is_in_quarantine /lines/0/lot
split item=FLOUR lot=QUA from=ST1
  | quantity | to  |
  | 1        | ST1 |
relabel item=FLOUR lot=QUA quantity=1 from=ST1 to=ST1
  -> refused lot_is_in_quarantine /lot
return_to_supplier supplier=MILL document=B-23 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | QUA | 1        | ST1  |
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | QUA | 1        | ST1  |
  -> refused right_needed /lines/0/lot
as Quinn: operate, quality
move
  | item  | lot | quantity | from | to   |
  | FLOUR | QUA | 1        | ST1  | COLD |
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | QUA | 1        | ST1  |
dispatch customer=CAFE document=N-27
  | item  | lot | quantity | from |
  | FLOUR | QUA | 1        | ST1  |
  -> refused lot_is_in_quarantine /lines/0/lot
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | QUA | 1        | ST1  |
  -> refused lot_is_in_quarantine /lines/0/lot
split item=FLOUR lot=QUA from=ST1
  | quantity | to  |
  | 1        | ST1 |
relabel item=FLOUR lot=QUA quantity=1 from=ST1 to=ST1
  -> refused lot_is_in_quarantine /lot
return_to_supplier supplier=MILL document=B-31 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | QUA | 1        | ST1  |
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | QUA | 1        | ST1  |

# --- hold
as Olga: operate
move
  | item  | lot | quantity | from | to   |
  | FLOUR | HLD | 1        | ST1  | COLD |
  -> refused right_needed /lines/0/lot
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | HLD | 1        | ST1  |
  -> refused right_needed /lines/0/lot
dispatch customer=CAFE document=N-35
  | item  | lot | quantity | from |
  | FLOUR | HLD | 1        | ST1  |
  -> refused lot_is_on_hold /lines/0/lot
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | HLD | 1        | ST1  |
  -> refused lot_is_on_hold /lines/0/lot
split item=FLOUR lot=HLD from=ST1
  | quantity | to  |
  | 1        | ST1 |
  -> refused right_needed /lot
relabel item=FLOUR lot=HLD quantity=1 from=ST1 to=ST1
  -> refused lot_is_on_hold /lot
return_to_supplier supplier=MILL document=B-39 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | HLD | 1        | ST1  |
  -> refused right_needed /lines/0/lot
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | HLD | 1        | ST1  |
  -> refused right_needed /lines/0/lot
as Quinn: operate, quality
move
  | item  | lot | quantity | from | to   |
  | FLOUR | HLD | 1        | ST1  | COLD |
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | HLD | 1        | ST1  |
dispatch customer=CAFE document=N-43
  | item  | lot | quantity | from |
  | FLOUR | HLD | 1        | ST1  |
  -> refused lot_is_on_hold /lines/0/lot
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | HLD | 1        | ST1  |
  -> refused lot_is_on_hold /lines/0/lot
split item=FLOUR lot=HLD from=ST1
  | quantity | to  |
  | 1        | ST1 |
relabel item=FLOUR lot=HLD quantity=1 from=ST1 to=ST1
  -> refused lot_is_on_hold /lot
return_to_supplier supplier=MILL document=B-47 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | HLD | 1        | ST1  |
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | HLD | 1        | ST1  |

# --- rejected
as Olga: operate
move
  | item  | lot | quantity | from | to   |
  | FLOUR | REJ | 1        | ST1  | COLD |
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
dispatch customer=CAFE document=N-51
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
  -> refused lot_is_rejected /lines/0/lot
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
  -> refused lot_is_rejected /lines/0/lot
consume document=RW-1
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
  -> refused right_needed /lines/0/lot
split item=FLOUR lot=REJ from=ST1
  | quantity | to  |
  | 1        | ST1 |
relabel item=FLOUR lot=REJ quantity=1 from=ST1 to=ST1
  -> refused lot_is_rejected /lot
return_to_supplier supplier=MILL document=B-56 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
as Quinn: operate, quality
move
  | item  | lot | quantity | from | to   |
  | FLOUR | REJ | 1        | ST1  | COLD |
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
dispatch customer=CAFE document=N-60
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
  -> refused lot_is_rejected /lines/0/lot
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
  -> refused lot_is_rejected /lines/0/lot
consume document=RW-1
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
split item=FLOUR lot=REJ from=ST1
  | quantity | to  |
  | 1        | ST1 |
relabel item=FLOUR lot=REJ quantity=1 from=ST1 to=ST1
  -> refused lot_is_rejected /lot
return_to_supplier supplier=MILL document=B-65 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | REJ | 1        | ST1  |

# --- expired
as Olga: operate
move
  | item  | lot | quantity | from | to   |
  | FLOUR | EXP | 1        | ST1  | COLD |
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
dispatch customer=CAFE document=N-69
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
  -> refused lot_has_expired /lines/0/lot
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
  -> refused lot_has_expired /lines/0/lot
consume document=RW-1
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
  -> refused right_needed /lines/0/lot
split item=FLOUR lot=EXP from=ST1
  | quantity | to  |
  | 1        | ST1 |
relabel item=FLOUR lot=EXP quantity=1 from=ST1 to=ST1
  -> refused lot_has_expired /lot
return_to_supplier supplier=MILL document=B-74 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
as Quinn: operate, quality
move
  | item  | lot | quantity | from | to   |
  | FLOUR | EXP | 1        | ST1  | COLD |
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
dispatch customer=CAFE document=N-78
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
  -> refused lot_has_expired /lines/0/lot
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
  -> refused lot_has_expired /lines/0/lot
consume document=RW-1
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
split item=FLOUR lot=EXP from=ST1
  | quantity | to  |
  | 1        | ST1 |
relabel item=FLOUR lot=EXP quantity=1 from=ST1 to=ST1
  -> refused lot_has_expired /lot
return_to_supplier supplier=MILL document=B-83 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | EXP | 1        | ST1  |

# --- recalled
as Olga: operate
move
  | item  | lot | quantity | from | to   |
  | FLOUR | REC | 1        | ST1  | COLD |
  -> refused lot_is_recalled /lines/0/lot
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | REC | 1        | ST1  |
  -> refused lot_is_recalled /lines/0/lot
dispatch customer=CAFE document=N-87
  | item  | lot | quantity | from |
  | FLOUR | REC | 1        | ST1  |
  -> refused lot_is_recalled /lines/0/lot
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | REC | 1        | ST1  |
  -> refused lot_is_recalled /lines/0/lot
split item=FLOUR lot=REC from=ST1
  | quantity | to  |
  | 1        | ST1 |
  -> refused lot_is_recalled /lot
relabel item=FLOUR lot=REC quantity=1 from=ST1 to=ST1
  -> refused lot_is_recalled /lot
return_to_supplier supplier=MILL document=B-91 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | REC | 1        | ST1  |
  -> refused lot_is_recalled /lines/0/lot
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | REC | 1        | ST1  |
  -> refused lot_is_recalled /lines/0/lot
as Quinn: operate, quality
move
  | item  | lot | quantity | from | to   |
  | FLOUR | REC | 1        | ST1  | COLD |
  -> refused lot_is_recalled /lines/0/lot
sample reason=test
  | item  | lot | quantity | from |
  | FLOUR | REC | 1        | ST1  |
  -> refused lot_is_recalled /lines/0/lot
dispatch customer=CAFE document=N-95
  | item  | lot | quantity | from |
  | FLOUR | REC | 1        | ST1  |
  -> refused lot_is_recalled /lines/0/lot
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | REC | 1        | ST1  |
  -> refused lot_is_recalled /lines/0/lot
split item=FLOUR lot=REC from=ST1
  | quantity | to  |
  | 1        | ST1 |
  -> refused lot_is_recalled /lot
relabel item=FLOUR lot=REC quantity=1 from=ST1 to=ST1
  -> refused lot_is_recalled /lot
return_to_supplier supplier=MILL document=B-99 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | REC | 1        | ST1  |
  -> refused lot_is_recalled /lines/0/lot
dispose reason=test
  | item  | lot | quantity | from |
  | FLOUR | REC | 1        | ST1  |
  -> refused lot_is_recalled /lines/0/lot

# The right to work on recalls alone lets nothing through: the case asks.
as Rita: operate, quality, recall
move
  | item  | lot | quantity | from | to   |
  | FLOUR | REC | 1        | ST1  | COLD |
  -> refused lot_is_recalled /lines/0/lot

# Counting is always allowed.
as Olga: operate
count place=COLD complete=yes confirmed_by=Paul
  | item  | lot | quantity |
  | FLOUR | REL | 1        |
  | FLOUR | QUA | 1        |
  | FLOUR | HLD | 1        |
  | FLOUR | REJ | 1        |
  | FLOUR | EXP | 1        |
  | FLOUR | REC | 1        |
