# What a plant wants to know beyond what every plant does is asked where it belongs
# proves: R55, R72

use bakery
set_attribute code=temp name="Vehicle temperature" kind=number unit=CEL minimum=-2 maximum=8 required=yes
  asked_at=receipt category=chilled
set_attribute code=seal name="Seal intact" kind=yes_no asked_at=receipt,dispatch
set_attribute code=look name=Look kind=choice choices=good,poor
set_attribute code=tested name="Tested on" kind=day
set_item code=MILK name=Milk unit=LTR decimals=1 category=chilled
at 2026-03-02T08:00Z

receive supplier=DAIRY document=A-1 to=COLD
  | item | lot | quantity |
  | MILK | M1  | 10       |
  -> refused attribute_needed /lines/0/attributes "Vehicle temperature"
receive supplier=DAIRY document=A-1 to=COLD
  | item  | lot | quantity | attributes |
  | MILK  | M1  | 10       | [{"attribute":"temp","value":"8.5"}] |
  | FLOUR | F1  | 10       | [{"attribute":"colour","value":"white"}] |
  | FLOUR | F2  | 10       | [{"attribute":"seal","value":"maybe"},{"attribute":"look","value":"ugly"},{"attribute":"tested","value":"yesterday"},{"attribute":"temp","value":"warm"}] |
  -> refused attribute_out_of_limits /lines/0/attributes/0/value "highest value accepted is 8"
  -> refused unknown_attribute /lines/1/attributes/0/attribute
  -> refused attribute_out_of_limits /lines/2/attributes/0/value
  -> refused attribute_out_of_limits /lines/2/attributes/1/value
  -> refused attribute_out_of_limits /lines/2/attributes/2/value
  -> refused attribute_out_of_limits /lines/2/attributes/3/value
receive supplier=DAIRY document=A-1 to=COLD
  | item  | lot | quantity | attributes |
  | MILK  | M1  | 10       | [{"attribute":"temp","value":"4.5"},{"attribute":"seal","value":"yes"}] |
  | FLOUR | F1  | 10       | |
see entry
  facts, at least:
    | fact    | detail   |
    | reading | temp 4.5 |
    | reading | seal yes |
