-- open_register_v1: a register's two rows and its genesis.
CREATE FUNCTION open_register_v1(
    p_register_id uuid, p_register json, p_entries json, p_bodies bytea[], p_token_sealed bytea
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO register (register_id, version, last_document, mode, blocked, state)
    VALUES (p_register_id, (p_register->>'version')::bigint, (p_register->>'last_document')::bigint,
            p_register->>'mode', (p_register->>'blocked')::boolean, p_register->'state');
    INSERT INTO lane (register_id, head, token_sealed, answer_head)
    VALUES (p_register_id, (p_register->>'last_document')::bigint, p_token_sealed, decode(repeat('00', 32), 'hex'));
    PERFORM write_entries_v1(p_register_id, p_entries, p_bodies);
END $$;
