# Several lots traced together give one answer, whichever is named first
# proves: R85, R92

use bakery
at 2026-03-02T05:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  | FLOUR | F2  | 100      |
receive supplier=DAIRY document=D-2 to=COLD
  | item  | lot | quantity |
  | CREAM | K1  | 50       |
consume document=PO-1 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 50       | ST1  |
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | A   | 40       | COLD |
consume document=PO-2 open_order=yes
  | item  | lot | quantity | from |
  | DOUGH | A   | 40       | COLD |
  | CREAM | K1  | 10       | COLD |
yield document=PO-2
  | item | lot | quantity | to   |
  | CAKE | C1  | 60       | SHIP |
dispatch customer=CAFE document=N-1
  | item | lot | quantity | from |
  | CAKE | C1  | 30       | SHIP |

# The nearest seed says the level.
ask trace_forward lots=[{"item":"FLOUR","lot":"F1"},{"item":"CREAM","lot":"K1"},{"item":"FLOUR","lot":"F2"}]
  lots, in order:
    | item  | lot | level |
    | CREAM | K1  | 0     |
    | FLOUR | F1  | 0     |
    | FLOUR | F2  | 0     |
    | CAKE  | C1  | 1     |
    | DOUGH | A   | 1     |
  customers:
    | partner | item | dispatched |
    | CAFE    | CAKE | 30         |
ask trace_forward lots=[{"item":"FLOUR","lot":"F2"},{"item":"CREAM","lot":"K1"},{"item":"FLOUR","lot":"F1"},{"item":"CREAM","lot":"K1"}]
  lots, in order:
    | item  | lot | level |
    | CREAM | K1  | 0     |
    | FLOUR | F1  | 0     |
    | FLOUR | F2  | 0     |
    | CAKE  | C1  | 1     |
    | DOUGH | A   | 1     |
  customers:
    | partner | item | dispatched |
    | CAFE    | CAKE | 30         |
ask trace_back lots=[{"item":"CAKE","lot":"C1"},{"item":"DOUGH","lot":"A"}]
  lots, in order:
    | item  | lot | level |
    | CAKE  | C1  | 0     |
    | DOUGH | A   | 0     |
    | CREAM | K1  | 1     |
    | FLOUR | F1  | 1     |
ask trace_back lots=[{"item":"DOUGH","lot":"A"},{"item":"CAKE","lot":"C1"}]
  lots, in order:
    | item  | lot | level |
    | CAKE  | C1  | 0     |
    | DOUGH | A   | 0     |
    | CREAM | K1  | 1     |
    | FLOUR | F1  | 1     |
