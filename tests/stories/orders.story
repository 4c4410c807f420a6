# A production order from release to close, and what it is refused for
# proves: R13, R62, R64, R65, R67, R68, R70

use bakery
set_recipe code=DOUGH-1 name=Dough
  | line   | item  | quantity |
  | input  | FLOUR | 60       |
  | input  | YEAST | 1        |
  | input  | WATER | 39       |
  | output | DOUGH | 100      |
set_item code=YEAST name="Fresh yeast" unit=KGM decimals=3
at 2026-03-02T04:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 500      |
  | YEAST | Y1  | 10       |
  | WATER |     | 500      |

release_order document=PO-1 place=NOWHERE
  -> refused unknown_place /place
release_order document=PO-1 place=BAKE recipe=NOPE
  -> refused unknown_recipe /recipe
release_order document=PO-1 place=BAKE output_quantity=5
  -> refused missing /recipe
release_order document=PO-1 place=BAKE recipe=DOUGH-1 output_quantity=200
  batches=[{"item":"DOUGH","code":"B-1"}]
  -> order PO-1
  -> lot DOUGH B-1
release_order document=PO-1 place=BAKE
  -> refused order_exists /document
# The batch number is taken, at quantity zero, to print labels.
see lots item=DOUGH
  | lot | status | origin   | on_hand |
  | B-1 | gone   | produced | 0       |
receive supplier=MILL document=D-2 to=ST1
  | item  | lot | quantity |
  | DOUGH | B-1 | 5        |
  -> refused lot_code_taken /lines/0/lot
# A dispatch before its batch is yielded.
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from |
  | DOUGH | B-1 | 1        | COLD |
  -> refused not_enough /lines/0/quantity

consume document=PO-9
  | item  | lot | quantity | from |
  | FLOUR | F1  | 120      | ST1  |
  -> refused unknown_order /document
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | F9  | 120      | ST1  |
  | FLOUR | F1  | 0        | ST1  |
  | FLOUR | F1  | 1        | NOPE |
  -> refused unknown_lot /lines/0/lot
  -> refused quantity_not_positive /lines/1/quantity
  -> refused unknown_place /lines/2/from
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 501      | ST1  |
  -> refused not_enough /lines/0/quantity
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 125      | ST1  |
  | WATER |     | 78       | ST1  |
see entry
  kind: consume
  order: PO-1
  lines:
    | item  | lot | from | to      | quantity |
    | FLOUR | F1  | ST1  | process | 125      |
    | WATER |     | ST1  | process | 78       |

# In process: consumed and not yet yielded.
ask trace_forward item=FLOUR lot=F1
  ends:
    | kind       | lot | quantity | order |
    | in_process | F1  | 125      | PO-1  |

give_back document=PO-1
  | item  | lot | quantity | to  |
  | FLOUR | F1  | 126      | ST1 |
  -> refused more_than_consumed /lines/0/quantity
give_back document=PO-1
  | item  | lot | quantity | to  |
  | YEAST | Y1  | 1        | ST1 |
  -> refused not_an_input /lines/0/lot
give_back document=PO-1
  | item  | lot | quantity | to  |
  | FLOUR | F1  | 5        | ST1 |
see stock lot=F1
  | place | quantity |
  | ST1   | 380      |

yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B-1 | 150      | COLD |
yield document=PO-1
  | item  | lot | quantity | to   |
  | FLOUR | F1  | 1        | ST1  |
  -> refused yields_consumed_lot /lines/0/lot
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B-1 | 40       | COLD |
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from |
  | DOUGH | B-1 | 10       | COLD |

# Giving back all that went in removes the link; goods have left, so it needs a right.
as Olga: operate
give_back document=PO-1
  | item  | lot | quantity | to  |
  | FLOUR | F1  | 120      | ST1 |
  -> refused right_needed /lines/0/quantity
as tester
# The yeast was planned, and no lot of it was posted.
close_order document=PO-1
  -> refused component_missing item=YEAST
close_order document=PO-1 not_used=FLOUR
  -> refused already_so /not_used/0
  -> refused component_missing item=YEAST
consume document=PO-1
  | item  | lot | quantity | from |
  | YEAST | Y1  | 2        | ST1  |
close_order document=PO-1 reason="stuck to the bowl"
consume document=PO-1
  | item  | lot | quantity | from |
  | YEAST | Y1  | 1        | ST1  |
  -> refused order_not_open /document
close_order document=PO-1
  -> refused order_not_open /document
cancel_order document=PO-1 reason=late
  -> refused order_not_open /document
reopen_order document=PO-1 reason="one more tub"
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B-1 | 5        | COLD |
cancel_order document=PO-1 reason=late
  -> refused in_the_way /document
close_order document=PO-1 reason="stuck to the bowl"

# A cancelled order leaves its batch number used for ever.
release_order document=PO-2 place=BAKE batches=[{"item":"DOUGH","code":"B-2"}]
close_order document=PO-2 reason=none
  -> refused order_not_open /document
cancel_order document=PO-2 reason="no flour"
yield document=PO-2
  | item  | lot | quantity | to   |
  | DOUGH | B-2 | 5        | COLD |
  -> refused order_not_open /document
yield document=PO-3 open_order=yes
  | item  | lot | quantity | to   |
  | DOUGH | B-2 | 5        | COLD |
  -> refused lot_code_taken /lines/0/lot

ask balance item=DOUGH lot=B-1
  balances:
    | yielded | dispatched | on_hand | difference |
    | 195     | 10         | 185     | 0          |

# What went in and did not come out is loss; above the item's 2 percent it needs a reason.
consume document=PO-4 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 100      | ST1  |
yield document=PO-4
  | item  | lot | quantity | to   |
  | DOUGH | B-4 | 97       | COLD |
close_order document=PO-4
  -> refused loss_needs_reason /reason
close_order document=PO-4 losses=[{"item":"WATER","quantity":"1","reason":"spilt"},{"item":"DOUGH","quantity":"1","reason":"spilt"}]
  -> refused wrong_item /losses/0/item
close_order document=PO-4 losses=[{"item":"DOUGH","quantity":"2"}]
  -> refused loss_needs_reason /losses/0/reason
close_order document=PO-4 losses=[{"item":"DOUGH","quantity":"2","reason":"stuck to the bowl"}]
see entry
  kind: close_order
  facts, at least:
    | fact     | detail |
    | run_loss | loss 2 |
    | run_loss | loss 1 |

# An order that yielded nothing.
consume document=PO-5 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 10       | ST1  |
close_order document=PO-5
  -> refused loss_needs_reason /reason
close_order document=PO-5 reason="power failed, dough thrown away"
ask balance item=FLOUR lot=F1
  balances:
    | received | consumed | on_hand | difference |
    | 500      | 230      | 270     | 0          |
