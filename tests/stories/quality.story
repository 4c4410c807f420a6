# A lot waits for quality, is released or rejected, and says what each needs
# proves: R37, R39, R41, R43, R50

use bakery
set_item code=PILL name=Tablets unit=EA expiry_required=yes certificate_required=yes second_person=yes quarantine_on_receipt=yes
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | PILL  | P1  | 1000     |
  | FLOUR | F1  | 100      |
see lots
  | item  | lot | status     |
  | PILL  | P1  | quarantine |
  | FLOUR | F1  | released   |

# Quality is a right.
as Olga: operate
release
  | item | lot |
  | PILL | P1  |
  -> refused right_needed
quarantine reason=smell
  | item  | lot |
  | FLOUR | F1  |
  -> refused right_needed
reject reason=smell
  | item  | lot |
  | FLOUR | F1  |
  -> refused right_needed

as Quinn: operate, quality
quarantine
  | item  | lot |
  | FLOUR | F1  |
  -> refused missing /reason
reject
  | item  | lot |
  | FLOUR | F1  |
  -> refused missing /reason
quarantine reason=smell
  | item  | lot |
  | FLOUR | F9  |
  | SALT  | S1  |
  | WATER | W1  |
  -> refused unknown_lot /lots/0/lot
  -> refused unknown_item /lots/1/item
  -> refused lot_unwanted /lots/2/lot
release
  | item  | lot |
  | FLOUR | F1  |
  -> refused already_so /lots/0/lot

# Tablets need a date, a certificate, and another person than the one who put them into quarantine.
release
  | item | lot |
  | PILL | P1  |
  -> refused expiry_needed /lots/0/lot
  -> refused attribute_needed /certificate
change_dates item=PILL lot=P1 expires_on=2027-03-31
release certificate=COA-1
  | item | lot |
  | PILL | P1  |
see lots lot=P1
  | status   | expires_on |
  | released | 2027-03-31 |
quarantine reason="odd colour"
  | item | lot |
  | PILL | P1  |
release
  | item | lot |
  | PILL | P1  |
  -> refused second_person_needed /lots/0/lot
as Rita: quality
release
  | item | lot |
  | PILL | P1  |
see lots lot=P1
  | status   |
  | released |

# Who received goods of a rejected lot already is named to the person who rejects.
as tester
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
reject reason=weevils
  | item  | lot |
  | FLOUR | F1  |
  -> warning already_dispatched
dispatch customer=CAFE document=N-2
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
  -> refused lot_is_rejected /lines/0/lot
release
  | item  | lot |
  | FLOUR | F1  |
  -> refused missing /reason
release reason="other lot was meant"
  | item  | lot |
  | FLOUR | F1  |
  -> entry $released
see lots lot=F1
  | status   |
  | released |

# A decision is undone like anything else, but not past a later one.
undo entries=$released reason="no, this one"
see lots lot=F1
  | status   |
  | rejected |
