-- The app's role may make temporary tables, and PostgreSQL looks among those first: one that is called "transaction"
-- would tell the ledger's guards what they want to hear. They look in public, wherever they are called from.
alter function laurel.has_cause() set search_path = public, pg_temp;
alter function laurel.version_in_order() set search_path = public, pg_temp;
