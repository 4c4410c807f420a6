# "none" is said of a list of bare values that has some
# fails with: holds differs
use bakery
receive supplier=MILL document=D-1 to=ST1
  | item  | quantity | sscc               |
  | FLOUR | 500      | 340063810000000018 |
hold number=H-1 reason=wet handling_units=340063810000000018
ask handling_unit sscc=340063810000000018
  holds: none
