# A field that is not there is a fault of the story, with its line
# fails with: unknown_field.story:4: there is no field "suplier"
use bakery
receive suplier=MILL document=D-1 to=DOCK
