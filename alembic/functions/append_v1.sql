-- append_v1: one new document with its entries and the register row, or nothing (DESIGN.md 3.2). Knows no rules.
-- Answers 'lost' (another act came first), 'made' (in the journal) or 'made_with_lane' (and the lane's lease is the caller's,
-- with the exchange stored before its first byte).
CREATE FUNCTION append_v1(
    p_register_id uuid, p_expected bigint, p_register json, p_entries json, p_bodies bytea[],
    p_document json, p_frozen_bytes bytea, p_mark json, p_print_job uuid, p_news json,
    p_due timestamptz, p_lane json, p_exchange_body bytea
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT move_register_v1(p_register_id, p_expected, p_register) THEN
        RETURN 'lost';
    END IF;
    INSERT INTO document (
        register_id, number, kind, shift, number_in_shift, made_at, own_sign, total, parent_number, parent_key,
        public_code, idempotency_key, input_hash, frozen_bytes, digest, previous_digest
    ) VALUES (
        p_register_id, (p_document->>'number')::bigint, p_document->>'kind', (p_document->>'shift')::integer,
        (p_document->>'number_in_shift')::integer, (p_document->>'made_at')::timestamptz,
        (p_document->>'own_sign')::bigint, (p_document->>'total')::bigint, (p_document->>'parent_number')::bigint,
        p_document->>'parent_key', p_document->>'public_code', p_document->>'idempotency_key',
        decode(p_document->>'input_hash', 'hex'), p_frozen_bytes, decode(p_document->>'digest', 'hex'),
        decode(p_document->>'previous_digest', 'hex')
    );
    PERFORM write_entries_v1(p_register_id, p_entries, p_bodies);
    INSERT INTO document_mark (register_id, number, mark, reason, autonomous_sign, check_url)
    VALUES (p_register_id, (p_document->>'number')::bigint, p_mark->>'mark', p_mark->>'reason',
            (p_mark->>'autonomous_sign')::bigint, p_mark->>'check_url');
    PERFORM spool_v1(p_register_id, p_print_job, (p_document->>'number')::bigint);
    PERFORM tell_v1(p_register_id, p_news);
    IF p_due IS NOT NULL THEN
        UPDATE lane SET next_try_at = p_due WHERE register_id = p_register_id AND next_try_at IS NULL;
    END IF;
    IF p_lane IS NULL THEN
        RETURN 'made';
    END IF;
    UPDATE lane
    SET lease_owner = p_lane->>'owner', lease_until = now() + make_interval(secs => (p_lane->>'lease_s')::integer),
        fence = fence + 1, reqnum = (p_lane->>'reqnum')::integer, exchange_no = (p_lane->>'exchange_no')::bigint,
        last_attempt_at = (p_document->>'made_at')::timestamptz
    WHERE register_id = p_register_id AND fence = (p_lane->>'fence')::bigint
        AND (lease_until IS NULL OR lease_until < now());
    IF NOT FOUND THEN
        RETURN 'made';
    END IF;
    PERFORM open_exchange_v1(p_register_id, p_lane, p_exchange_body);
    RETURN 'made_with_lane';
END $$;
