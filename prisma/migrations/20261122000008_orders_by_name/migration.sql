-- "Explain this order" is asked by the number that is printed on it.
create index "order_facts_program_id_name_idx" on order_facts (program_id, name);
