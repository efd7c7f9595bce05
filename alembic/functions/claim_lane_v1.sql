-- claim_lane_v1: the second step of a claim (SCALE.md 6.3-8): compare-and-swap on one register's fence; null when it was lost.
CREATE FUNCTION claim_lane_v1(p_register_id uuid, p_fence bigint, p_owner text, p_lease_s integer)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    new_fence bigint;
BEGIN
    UPDATE lane
    SET lease_owner = p_owner, lease_until = now() + make_interval(secs => p_lease_s), fence = fence + 1
    WHERE register_id = p_register_id AND fence = p_fence AND (lease_until IS NULL OR lease_until < now())
    RETURNING fence INTO new_fence;
    RETURN new_fence;
END $$;
