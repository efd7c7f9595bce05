-- open_exchange_v1: an exchange is stored before its first byte; one unfinished per register (partial unique index).
-- It counts as unanswered until whoever sends it knows better, so a crash after its first byte cannot make it look never sent.
CREATE FUNCTION open_exchange_v1(p_register_id uuid, p_lane json, p_body bytea)
RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO exchange (register_id, exchange_no, number, command, reqnum, token_sealed, body, unanswered)
    VALUES (p_register_id, (p_lane->>'exchange_no')::bigint, (p_lane->>'number')::bigint, p_lane->>'command',
            (p_lane->>'reqnum')::integer, decode(p_lane->>'token_sealed', 'hex'), p_body, 1);
END $$;
