# A bakery with its own shop around the corner, and a second site in Lisbon

set_partner code=MILL   name="Mill & Sons"     roles=supplier,maker
set_partner code=TRADE  name="Baking Wholesale" roles=supplier
set_partner code=DAIRY  name="Alpine Dairy"    roles=supplier,maker
set_partner code=CAFE   name="Cafe Central"    roles=customer
set_partner code=HOTEL  name="Hotel Post"      roles=customer
set_partner code=MARKET name="Corner Market"   roles=customer
set_address code=CAFE-1   partner=CAFE   name="Cafe Central, kitchen" contact="Ann Example" phone="+49 30 1234" email=ann@cafe.example
set_address code=HOTEL-1  partner=HOTEL  name="Hotel Post, goods in"  transit_days=2
set_address code=MARKET-1 partner=MARKET name="Corner Market, ramp"

set_place code=HOME  name="Bakery"          kind=site       time_zone=Europe/Berlin
set_place code=DOCK  name="Dock"            kind=dock       parent=HOME
set_place code=QUAR  name="Quarantine cage" kind=quarantine parent=HOME
set_place code=ST1   name="Dry store"       kind=storage    parent=HOME
set_place code=ST1-A name="Dry store, bay A" kind=bin       parent=ST1
set_place code=COLD  name="Cold store"      kind=storage    parent=HOME
set_place code=BAKE  name="Bakehouse"       kind=production parent=HOME
set_place code=SHIP  name="Packed goods"    kind=staging    parent=HOME
set_place code=BACK  name="Returns"         kind=returns    parent=HOME
set_place code=KEEP  name="Retained samples" kind=retained  parent=HOME
set_place code=SUB   name="Subcontractor"   kind=external   parent=HOME partner=CAFE
set_place code=LIS    name="Lisbon"         kind=site       time_zone=Europe/Lisbon series_prefix=P
set_place code=LIS-ST name="Lisbon store"   kind=storage    parent=LIS

set_item code=FLOUR name="Wheat flour"  unit=KGM decimals=3
set_item code=YEAST name="Fresh yeast"  unit=KGM decimals=3 quarantine_on_receipt=yes
set_item code=WATER name="Water"        unit=LTR decimals=1 tracking=none
set_item code=DOUGH name="Dough"        unit=KGM decimals=3
set_item code=CREAM name="Cream filling" unit=KGM decimals=3 shelf_life_days=3
set_item code=CAKE  name="Cake"         unit=EA  shelf_life_days=10
set_item code=CRUMB name="Cake crumbs"  unit=KGM decimals=3
