# Names and numbers of people can be erased; the chain stays whole
# proves: R96

use bakery
at 2026-03-02T08:00Z
ask addresses starts_with=CAFE
  | code   | contact     | phone       | email            |
  | CAFE-1 | Ann Example | +49 30 1234 | ann@cafe.example |
erase_personal address=CAFE-1
  -> refused missing /reason
erase_personal reason="asked by mail"
  -> refused missing /partner
erase_personal address=NOWHERE reason="asked by mail"
  -> refused unknown_address /address
erase_personal partner=NOBODY reason="asked by mail"
  -> refused unknown_partner /partner
erase_personal partner=MILL reason="asked by mail"
  -> refused already_so
as Ida: operate, master_data
erase_personal address=CAFE-1 reason="asked by mail"
  -> refused right_needed
as tester
erase_personal address=CAFE-1 reason="asked by mail"
  -> kind erase
ask addresses starts_with=CAFE
  | code   | name                  | contact  | phone    | email    |
  | CAFE-1 | Cafe Central, kitchen | (erased) | (erased) | (erased) |
# A second time there is nothing left to erase; what is typed later is kept again until it goes as well.
erase_personal address=CAFE-1 reason="asked again"
  -> refused already_so "erased already"
set_address code=CAFE-1 partner=CAFE name="Cafe Central, kitchen" contact="Bob Example" phone="+49 30 5678"
set_address code=CAFE-1 partner=CAFE name="Cafe Central, kitchen" contact="Eve Example" phone="+49 30 5678"
erase_personal address=CAFE-1 reason="asked by mail"
  -> kind erase
see entry
  facts:
    | fact   |
    | erased |
ask addresses starts_with=CAFE
  | code   | contact  | phone    |
  | CAFE-1 | (erased) | (erased) |
erase_personal address=CAFE-1 reason="asked again"
  -> refused already_so "erased already"
