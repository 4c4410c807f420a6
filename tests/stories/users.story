# Users are records: a role, the sites at which they may act, and whether they may come in
# A second person is one of the users, as soon as the book has several.

use bakery
at 2026-03-02T08:00Z

set_user code=boss role=admin
set_user code=ana  role=operator name="Ana Kowalska" sites=HOME

# The last administrator stays one.
set_user code=boss role=viewer
  -> refused not_a_choice /role "administrator"

set_user code=ANA role=viewer
  -> refused code_taken /code

set_user code=ben role=operator sites=NOWHERE
  -> refused unknown_place /sites/0

set_user code=ben role=viewer

receive supplier=MILL document=D-1 to=ST1
  | item  | quantity | supplier_lot |
  | FLOUR | 500      | 88A1         |
  -> lot FLOUR $flour

as Carla
# Whoever looks a second time is a user who may do such work.
count place=ST1 confirmed_by=Somebody
  | item  | lot    | quantity |
  | FLOUR | $flour | 400      |
  -> refused second_person_needed /lines/0/quantity
count place=ST1 confirmed_by=ben
  | item  | lot    | quantity |
  | FLOUR | $flour | 400      |
  -> refused second_person_needed /lines/0/quantity
count place=ST1 confirmed_by=ana
  | item  | lot    | quantity |
  | FLOUR | $flour | 400      |
