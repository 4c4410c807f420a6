# Every input of an order is linked to every output of it, whatever was recorded first, unless it was assigned
# proves: R36, R65, R66, R68, R71, R85

use bakery
at 2026-03-02T05:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  | FLOUR | F2  | 100      |
  | FLOUR | F3  | 100      |

# Flour F1 at six, batch A at ten, flour F2 at eleven: A comes from F1 and F2.
at 2026-03-02T06:00Z
consume document=PO-1 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 50       | ST1  |
at 2026-03-02T10:00Z
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | A   | 40       | COLD |
at 2026-03-02T11:00Z
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | F2  | 50       | ST1  |
  -> entry $late
ask trace_back item=DOUGH lot=A
  complete: true
  lots:
    | lot | level |
    | A   | 0     |
    | F1  | 1     |
    | F2  | 1     |
  transformations/0/inputs:
    | lot | quantity | into |
    | F1  | 50       |      |
    | F2  | 50       |      |

# Assigned: only into that output, which must not be earlier.
consume document=PO-1
  | item  | lot | quantity | from | into |
  | FLOUR | F3  | 10       | ST1  | A    |
  -> refused later_than_output /lines/0/into
consume document=PO-1
  | item  | lot | quantity | from | into |
  | FLOUR | F3  | 10       | ST1  | Z    |
  -> refused unknown_lot /lines/0/into
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B   | 55       | COLD |
consume document=PO-1
  | item  | lot | quantity | from | into |
  | FLOUR | F3  | 10       | ST1  | B    |
ask trace_forward item=FLOUR lot=F3
  lots:
    | lot | level |
    | F3  | 0     |
    | B   | 1     |
ask trace_forward item=FLOUR lot=F2
  lots:
    | lot | level |
    | F2  | 0     |
    | A   | 1     |
    | B   | 1     |

# Given back to the last gram, the link goes; corrected away, it is withdrawn.
give_back document=PO-1
  | item  | lot | quantity | to  |
  | FLOUR | F3  | 10       | ST1 |
ask trace_forward item=FLOUR lot=F3
  lots:
    | lot | level |
    | F3  | 0     |
undo entries=$late reason="was another order"
  -> entry $gone
ask trace_forward item=FLOUR lot=F2
  lots:
    | lot | level |
    | F2  | 0     |
  withdrawn:
    | entry | kind     | lot | quantity | by_entry | why               |
    | $late | consumed | F2  | 50       | $gone    | was another order |

# The other lot was used: the link goes over.
consume document=PO-2 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
  -> entry $wrong
yield document=PO-2
  | item  | lot | quantity | to   |
  | DOUGH | C   | 20       | COLD |
replace entry=$wrong item=FLOUR lot=F1 with=F3 reason="label read again"
ask trace_back item=DOUGH lot=C
  lots:
    | lot | level |
    | C   | 0     |
    | F3  | 1     |
  withdrawn:
    | lot | kind     | quantity |
    | F1  | consumed | 20       |

# Only a rework order yields into what it consumed; a loop of reworks ends.
consume document=RW-1 open_order=yes kind=rework
  | item  | lot | quantity | from |
  | DOUGH | B   | 30       | COLD |
yield document=RW-1
  | item  | lot | quantity | to   |
  | DOUGH | B   | 25       | COLD |
  | DOUGH | D   | 5        | COLD |
consume document=RW-2 open_order=yes kind=rework
  | item  | lot | quantity | from |
  | DOUGH | D   | 5        | COLD |
  | DOUGH | B   | 5        | COLD |
yield document=RW-2
  | item  | lot | quantity | to   |
  | DOUGH | B   | 4        | COLD |
  | DOUGH | D   | 5        | COLD |
ask trace_forward item=DOUGH lot=D
  lots:
    | lot | level |
    | D   | 0     |
    | B   | 1     |
ask trace_forward item=DOUGH lot=B
  lots:
    | lot | level |
    | B   | 0     |
    | D   | 1     |
ask balance item=DOUGH lot=B
  balances:
    | yielded | consumed | on_hand | difference |
    | 84      | 35       | 49      | 0          |

# Undone and corrected to and fro, a link counts once, as it stands.
undo entries=$gone reason="no, it was this one"
ask trace_forward item=FLOUR lot=F2
  lots:
    | lot | level |
    | F2  | 0     |
    | A   | 1     |
    | B   | 1     |
    | D   | 2     |
  withdrawn: none
correct entry=$late reason="weighed again"
  | line | quantity |
  | 0    | 40       |
  -> entry $forty
undo entries=$forty reason="weighed wrongly"
  -> entry $fifty
undo entries=$fifty reason="weighed rightly"
ask trace_forward item=FLOUR lot=F2
  transformations/0/inputs:
    | lot | quantity |
    | F2  | 40       |
ask balance item=FLOUR lot=F2
  balances:
    | received | consumed | on_hand | difference |
    | 100      | 40       | 60      | 0          |
