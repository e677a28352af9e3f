"""One file a block; `table_of_kinds` lists them."""
