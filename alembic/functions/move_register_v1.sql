-- move_register_v1: the compare-and-swap that every step of a register begins with; false when somebody was first.
CREATE FUNCTION move_register_v1(p_register_id uuid, p_expected bigint, p_register json)
RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE register
    SET version = (p_register->>'version')::bigint,
        last_document = (p_register->>'last_document')::bigint,
        pending = (p_register->>'pending')::bigint,
        pending_since = CASE
            WHEN p_register->>'pending' IS NULL THEN NULL
            WHEN pending IS NOT DISTINCT FROM (p_register->>'pending')::bigint THEN pending_since
            ELSE now() END,
        mode = p_register->>'mode',
        blocked = (p_register->>'blocked')::boolean,
        shift_closes_before = (p_register->>'shift_closes_before')::timestamptz,
        state = p_register->'state'
    WHERE register_id = p_register_id AND version = p_expected;
    RETURN FOUND;
END $$;
