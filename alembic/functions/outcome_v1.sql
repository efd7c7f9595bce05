-- outcome_v1: the outcome of a pending document, the operator's answer and the lane, in one call. 'lost' when another drew it.
-- Without a fence nobody holds the lane: the exchange counts as unanswered and the lane becomes due 60 s after its last attempt.
CREATE FUNCTION outcome_v1(
    p_register_id uuid, p_expected bigint, p_register json, p_entries json, p_bodies bytea[],
    p_mark json, p_print_job uuid, p_news json, p_fence bigint, p_lane json, p_exchange json,
    p_answer json, p_answer_body bytea, p_at timestamptz, p_interval_s integer
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT move_register_v1(p_register_id, p_expected, p_register) THEN
        RETURN 'lost';
    END IF;
    PERFORM write_entries_v1(p_register_id, p_entries, p_bodies);
    PERFORM write_mark_v1(p_register_id, p_mark);
    PERFORM spool_v1(p_register_id, p_print_job, (p_mark->>'number')::bigint);
    PERFORM tell_v1(p_register_id, p_news);
    IF p_fence IS NOT NULL THEN
        PERFORM write_lane_v1(p_register_id, p_fence, p_lane, p_exchange, NULL, NULL, p_answer, p_answer_body);
    ELSE
        UPDATE exchange SET unanswered = greatest(unanswered, 1)
        WHERE register_id = p_register_id AND number = (p_mark->>'number')::bigint AND finished_at IS NULL;
        IF FOUND THEN
            -- an attempt later than p_at was dated by a clock that has since gone back
            UPDATE lane
            SET next_try_at = least(coalesce(last_attempt_at, p_at), p_at) + make_interval(secs => p_interval_s),
                contact = false
            WHERE register_id = p_register_id;
        ELSE
            UPDATE lane SET next_try_at = p_at, contact = false WHERE register_id = p_register_id;
        END IF;
    END IF;
    RETURN 'drawn';
END $$;
