-- settle_v1: delivery's own write: an answer kept, the head moved, the next exchange stored before its first byte, one call.
CREATE FUNCTION settle_v1(
    p_register_id uuid, p_fence bigint, p_lane json, p_exchange json, p_next json, p_next_body bytea,
    p_answer json, p_answer_body bytea, p_mark json, p_news json
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM write_lane_v1(p_register_id, p_fence, p_lane, p_exchange, p_next, p_next_body, p_answer, p_answer_body);
    PERFORM write_mark_v1(p_register_id, p_mark);
    PERFORM tell_v1(p_register_id, p_news);
    RETURN 'settled';
END $$;
