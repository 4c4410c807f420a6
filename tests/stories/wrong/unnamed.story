# A name that was never given is a fault of the story
# fails with: nothing was named $F1 before
use bakery
see stock lot=$F1
