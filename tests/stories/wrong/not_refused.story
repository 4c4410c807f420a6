# What is accepted where a refusal was promised is found
# fails with: expected a refusal
set_partner code=MILL name=Mill
  -> refused code_taken /code
