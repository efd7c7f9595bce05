-- due_lane_v1: make a lane due no later than p_at; needs no lease, because it tells nothing.
CREATE FUNCTION due_lane_v1(p_register_id uuid, p_at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE lane SET next_try_at = p_at
    WHERE register_id = p_register_id AND (next_try_at IS NULL OR next_try_at > p_at);
END $$;
