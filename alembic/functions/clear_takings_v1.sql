-- clear_takings_v1: a register's read models are to be counted again, by days that begin at p_day_begins. False when they are
-- not as the caller saw them any more.
CREATE FUNCTION clear_takings_v1(
    p_register_id uuid, p_seen_number bigint, p_seen_day_begins integer, p_day_begins integer
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE takings_position SET number = 0, day_begins = p_day_begins
    WHERE register_id = p_register_id AND number = p_seen_number AND day_begins = p_seen_day_begins;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM takings_hour WHERE register_id = p_register_id;
    DELETE FROM takings_cashier WHERE register_id = p_register_id;
    DELETE FROM takings_good WHERE register_id = p_register_id;
    DELETE FROM takings_vat WHERE register_id = p_register_id;
    DELETE FROM takings_shift WHERE register_id = p_register_id;
    RETURN true;
END $$;
