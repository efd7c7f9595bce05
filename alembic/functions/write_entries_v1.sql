-- write_entries_v1: the entries of one step, in order.
CREATE FUNCTION write_entries_v1(p_register_id uuid, p_entries json, p_bodies bytea[])
RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    entry json;
    place integer := 1;
BEGIN
    FOR entry IN SELECT value FROM json_array_elements(p_entries) LOOP
        INSERT INTO journal_entry (register_id, seq, kind, number, body, digest, previous_digest)
        VALUES (p_register_id, (entry->>'seq')::bigint, entry->>'kind', (entry->>'number')::bigint,
                p_bodies[place], decode(entry->>'digest', 'hex'), decode(entry->>'previous', 'hex'));
        place := place + 1;
    END LOOP;
END $$;
