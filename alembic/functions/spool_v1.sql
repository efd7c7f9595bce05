-- spool_v1: the print job of an original; null prints nothing. The same document is never spooled as an original twice.
CREATE FUNCTION spool_v1(p_register_id uuid, p_job_id uuid, p_number bigint)
RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF p_job_id IS NOT NULL THEN
        INSERT INTO print_job (register_id, job_id, number, is_copy) VALUES (p_register_id, p_job_id, p_number, false);
    END IF;
END $$;
