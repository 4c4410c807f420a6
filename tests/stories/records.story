# Master data is set as it should be; what does not fit together is refused
# proves: R17, R19, R25

use bakery
set_item code=FLOUR name="Wheat flour" unit=KGM decimals=3
  -> refused already_so
set_item code=SALT name=Salt unit=XYZ unit2=ABC tracking=serial maker=NOBODY shelf_life_days=3 shelf_life_months=1
  gtins=[{"gtin":"4012345678902"}]
  -> refused unknown_unit /unit
  -> refused unknown_unit /unit2
  -> refused not_a_choice /tracking
  -> refused unknown_partner /maker
  -> refused not_a_code /gtins/0/gtin
  -> refused dates_contradict /shelf_life_months
set_item name=Salt
  -> refused missing /code
set_item code=SALT name=Salt decimals=7
  -> refused out_of_range /decimals
set_partner code=X name=X gln=4012345000008
  -> refused not_a_code /gln
set_address code=X-1 name=X partner=NOBODY
  -> refused unknown_partner /partner
set_address code=CAFE-1 name="Cafe Central, kitchen" partner=HOTEL
  -> refused item_is_fixed /partner
set_place code=X name=X kind=storage
  -> refused missing /parent
set_place code=X name=X kind=storage parent=NOWHERE
  -> refused unknown_place /parent
set_place code=X name=X kind=site parent=HOME
  -> refused place_not_allowed /parent
set_place code=ST1 name="Dry store" kind=storage parent=ST1-A
  -> refused place_not_allowed /parent
set_place code=ST1-A name="Dry store, bay A" kind=bin parent=LIS
  -> refused place_not_allowed /parent
set_place code=X name=X kind=in_transit parent=HOME
  -> refused not_a_choice /kind
set_place code=X name=X kind=site time_zone=Europe/Nowhere
  -> refused unknown_zone /time_zone
set_recipe code=R name=R
  | line  | item | quantity |
  | input | SALT | 1        |
  -> refused unknown_item /lines/0/item
set_attribute code=temp name=Temperature kind=number minimum=8 maximum=2
  -> refused out_of_range /minimum
set_attribute code=look name=Look kind=choice
  -> refused missing /choices
set_factor item=FLOUR unit=KGM factor=2
  -> refused already_so /unit
set_factor item=FLOUR unit=LTR factor=0
  -> refused quantity_not_positive /factor
set_book time_zone=Europe/Nowhere
  -> refused unknown_zone /time_zone
as Ida: operate
set_item code=SALT name=Salt
  -> refused right_needed
as Ida: operate, master_data
set_item code=SALT name=Salt
  -> posted
set_book name=Bakery
  -> refused right_needed

# Once goods have moved, units and tracking stay.
as tester
receive supplier=MILL document=D-1 to=DOCK
  | item  | quantity |
  | FLOUR | 5        |
set_item code=FLOUR name="Wheat flour" unit=KGM decimals=2
  -> refused item_is_fixed /unit
set_item code=FLOUR name="Wheat flour" unit=KGM decimals=3 tracking=none
  -> refused item_is_fixed /unit
set_item code=FLOUR name="Wheat flour, white" unit=KGM decimals=3
  -> posted
