-- write_lane_v1: what was told. Every write checks the fence; a worker that lost its lease gets sqlstate TY001 and changes nothing.
-- p_lane holds the columns to set; without a next_try_at the lane keeps the one it has while work is owed, however the work
-- began; p_exchange {finish, result_code, unanswered} closes or marks the present exchange,
-- p_next opens the next one; p_answer is frozen into the lane's own chain.
CREATE FUNCTION write_lane_v1(
    p_register_id uuid, p_fence bigint, p_lane json, p_exchange json, p_next json, p_next_body bytea,
    p_answer json, p_answer_body bytea
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE lane
    SET head = (p_lane->>'head')::bigint,
        exchange_no = (p_lane->>'exchange_no')::bigint,
        reqnum = (p_lane->>'reqnum')::integer,
        token_sealed = decode(p_lane->>'token_sealed', 'hex'),
        next_try_at = coalesce((p_lane->>'next_try_at')::timestamptz, next_try_at),
        last_attempt_at = (p_lane->>'last_attempt_at')::timestamptz,
        fails = (p_lane->>'fails')::integer,
        cause = p_lane->>'cause',
        stopped = (p_lane->>'stopped')::boolean,
        result_code = (p_lane->>'result_code')::integer,
        result_text = p_lane->>'result_text',
        contact = (p_lane->>'contact')::boolean,
        info_owed = (p_lane->>'info_owed')::boolean,
        head_blocked = (p_lane->>'head_blocked')::bigint,
        answer_seq = (p_lane->>'answer_seq')::bigint,
        answer_head = decode(p_lane->>'answer_head', 'hex'),
        lease_until = CASE WHEN (p_lane->>'lease_s') IS NULL THEN NULL
            ELSE now() + make_interval(secs => (p_lane->>'lease_s')::integer) END,
        fence = CASE WHEN (p_lane->>'lease_s') IS NULL THEN fence + 1 ELSE fence END
    WHERE register_id = p_register_id AND fence = p_fence;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the lease was lost' USING ERRCODE = 'TY001';
    END IF;
    IF p_lane->>'next_try_at' IS NULL THEN
        -- a statement of its own, after the lane row is locked: it sees every act that has made the lane due
        UPDATE lane l
        SET next_try_at = NULL
        WHERE l.register_id = p_register_id AND l.next_try_at IS NOT NULL AND (l.stopped OR NOT EXISTS (
            SELECT 1 FROM register r
            WHERE r.register_id = p_register_id
                AND (NOT r.blocked OR r.state->'block'->>'reason' = 'blocked' OR l.cause IN ('resolving', 'typed_token'))
                AND (r.mode = 'autonomous' OR r.blocked OR l.info_owed)));
    END IF;
    IF p_exchange IS NOT NULL THEN
        UPDATE exchange
        SET finished_at = CASE WHEN (p_exchange->>'finish')::boolean THEN now() ELSE NULL END,
            result_code = (p_exchange->>'result_code')::integer,
            unanswered = (p_exchange->>'unanswered')::integer
        WHERE register_id = p_register_id AND exchange_no = (p_exchange->>'exchange_no')::bigint;
    END IF;
    IF p_answer IS NOT NULL THEN
        INSERT INTO answer (register_id, seq, number, command, at, body, digest, previous_digest)
        VALUES (p_register_id, (p_answer->>'seq')::bigint, (p_answer->>'number')::bigint, p_answer->>'command',
                (p_answer->>'at')::timestamptz, p_answer_body, decode(p_answer->>'digest', 'hex'),
                decode(p_answer->>'previous', 'hex'));
    END IF;
    IF p_next IS NOT NULL THEN
        PERFORM open_exchange_v1(p_register_id, p_next, p_next_body);
    END IF;
END $$;
