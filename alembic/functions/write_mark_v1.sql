-- write_mark_v1: what became of a document. The autonomous sign, once there, stays beside the fiscal sign that comes later.
CREATE FUNCTION write_mark_v1(p_register_id uuid, p_mark json)
RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF p_mark IS NULL THEN
        RETURN;
    END IF;
    UPDATE document_mark
    SET mark = p_mark->>'mark',
        reason = coalesce(p_mark->>'reason', reason),
        autonomous_sign = coalesce(autonomous_sign, (p_mark->>'autonomous_sign')::bigint),
        fiscal_sign = coalesce(p_mark->>'fiscal_sign', fiscal_sign),
        check_url = coalesce(p_mark->>'check_url', check_url),
        result_code = coalesce((p_mark->>'result_code')::integer, result_code),
        result_text = coalesce(p_mark->>'result_text', result_text),
        registered_at = coalesce((p_mark->>'registered_at')::timestamptz, registered_at)
    WHERE register_id = p_register_id AND number = (p_mark->>'number')::bigint;
END $$;
