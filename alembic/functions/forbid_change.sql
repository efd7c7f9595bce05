-- forbid_change: the second wall of the append-only tables; the first is that nobody was granted more than SELECT.
CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'TY002';
END $$;
