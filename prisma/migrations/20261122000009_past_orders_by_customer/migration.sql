-- A backtest reads the past customer by customer.
create index past_order_program_id_customer_gid_idx on past_order (program_id, customer_gid);
