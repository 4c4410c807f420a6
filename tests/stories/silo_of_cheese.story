# What is counted and weighed lies in layers, too: a draw that cuts two of them takes the whole weight of the lower one
# proves: R18, R28, R75

use bakery
set_place code=SHAFT name="Ripening shaft" kind=vessel parent=HOME mixing=fifo
set_item code=CHEESE name="Mountain cheese" unit=EA unit2=KGM decimals2=3
at 2026-03-02T08:00Z
receive supplier=DAIRY document=D-1 to=COLD
  | item   | lot | quantity | quantity2 |
  | CHEESE | K1  | 12       | 40        |
  | CHEESE | K2  | 5        | 17        |
  | CHEESE | K3  | 4        | 13        |

# Of one fill, what is named first lies below.
fill vessel=SHAFT
  | item   | lot | quantity | quantity2 | from |
  | CHEESE | K3  | 2        | 6.5       | COLD |
  | CHEESE | K1  | 6        | 20        | COLD |
  | CHEESE | K2  | 5        | 17        | COLD |
ask vessel vessel=SHAFT
  layers, in order:
    | lot | quantity |
    | K3  | 2        |
    | K1  | 6        |
    | K2  | 5        |

move
  | item   | quantity | from  | to   |
  | CHEESE | 3        | SHAFT | COLD |
  -> refused second_quantity_needed /lines/0/quantity2
move
  | item   | quantity | quantity2 | from  | to   |
  | CHEESE | 3        | 26.501    | SHAFT | COLD |
  -> refused not_enough /lines/0/quantity
# Two lines of one draw: the second goes on where the first ended.
move
  | item   | quantity | quantity2 | from  | to   |
  | CHEESE | 3        | 9.8       | SHAFT | COLD |
  | CHEESE | 6        | 20.1      | SHAFT | COLD |
  -> entry $drawn
see entry
  lines:
    | lot | from  | to   | quantity | quantity2 |
    | K3  | SHAFT | COLD | 2        | 6.5       |
    | K1  | SHAFT | COLD | 1        | 3.3       |
    | K1  | SHAFT | COLD | 5        | 16.7      |
    | K2  | SHAFT | COLD | 1        | 3.4       |
undo entries=$drawn reason="wrong shaft"
ask vessel vessel=SHAFT
  layers, in order:
    | lot | quantity |
    | K3  | 2        |
    | K1  | 6        |
    | K2  | 5        |
