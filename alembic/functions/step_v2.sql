-- step_v2: a change of mode, a block, a limit or a resolution, with what it means for the lane and its exchange. With p_told the
-- lane must have told exactly that document, so going online cannot pass a sale that was made meanwhile.
CREATE FUNCTION step_v2(
    p_register_id uuid, p_expected bigint, p_register json, p_entries json, p_bodies bytea[], p_news json,
    p_told bigint, p_due timestamptz, p_fence bigint, p_lane json, p_exchange json, p_mark json
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF p_told IS NOT NULL THEN
        PERFORM 1 FROM register WHERE register_id = p_register_id AND last_document = p_told;
        IF NOT FOUND THEN
            RETURN 'lost';
        END IF;
    END IF;
    IF NOT move_register_v1(p_register_id, p_expected, p_register) THEN
        RETURN 'lost';
    END IF;
    PERFORM write_entries_v1(p_register_id, p_entries, p_bodies);
    PERFORM write_mark_v1(p_register_id, p_mark);
    PERFORM tell_v1(p_register_id, p_news);
    IF p_fence IS NOT NULL THEN
        PERFORM write_lane_v1(p_register_id, p_fence, p_lane, p_exchange, NULL, NULL, NULL, NULL);
    ELSIF p_due IS NOT NULL THEN
        UPDATE lane SET next_try_at = p_due WHERE register_id = p_register_id;
    END IF;
    RETURN 'stepped';
END $$;
