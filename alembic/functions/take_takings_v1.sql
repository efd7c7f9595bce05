-- take_takings_v1: the documents after p_after and up to p_last, added to a register's read models, once. False when another
-- has counted meanwhile, or counts days that begin at another hour. Rows are arrays: the key, then what is added.
CREATE FUNCTION take_takings_v1(
    p_register_id uuid, p_after bigint, p_last bigint, p_day_begins integer,
    p_hours json, p_cashiers json, p_goods json, p_vat json, p_shifts json
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one json;
BEGIN
    INSERT INTO takings_position (register_id, number, day_begins) VALUES (p_register_id, 0, p_day_begins)
    ON CONFLICT (register_id) DO NOTHING;
    UPDATE takings_position SET number = p_last
    WHERE register_id = p_register_id AND number = p_after AND day_begins = p_day_begins;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    FOR one IN SELECT value FROM json_array_elements(p_hours) LOOP
        INSERT INTO takings_hour AS t (register_id, day, hour, kind, count, sum, cash, card, mobile, discount, markup,
            line_discount, line_markup, change, offline)
        VALUES (p_register_id, (one->>0)::date, (one->>1)::smallint, one->>2, (one->>3)::bigint, (one->>4)::bigint,
            (one->>5)::bigint, (one->>6)::bigint, (one->>7)::bigint, (one->>8)::bigint, (one->>9)::bigint,
            (one->>10)::bigint, (one->>11)::bigint, (one->>12)::bigint, (one->>13)::bigint)
        ON CONFLICT (register_id, day, hour, kind) DO UPDATE SET count = t.count + EXCLUDED.count,
            sum = t.sum + EXCLUDED.sum, cash = t.cash + EXCLUDED.cash, card = t.card + EXCLUDED.card,
            mobile = t.mobile + EXCLUDED.mobile, discount = t.discount + EXCLUDED.discount,
            markup = t.markup + EXCLUDED.markup, line_discount = t.line_discount + EXCLUDED.line_discount,
            line_markup = t.line_markup + EXCLUDED.line_markup, change = t.change + EXCLUDED.change,
            offline = t.offline + EXCLUDED.offline;
    END LOOP;
    FOR one IN SELECT value FROM json_array_elements(p_cashiers) LOOP
        INSERT INTO takings_cashier AS t (register_id, day, code, name, kind, count, sum, cash, card, mobile, discount,
            markup, line_discount, line_markup, change, offline)
        VALUES (p_register_id, (one->>0)::date, (one->>1)::bigint, one->>2, one->>3, (one->>4)::bigint,
            (one->>5)::bigint, (one->>6)::bigint, (one->>7)::bigint, (one->>8)::bigint, (one->>9)::bigint,
            (one->>10)::bigint, (one->>11)::bigint, (one->>12)::bigint, (one->>13)::bigint, (one->>14)::bigint)
        ON CONFLICT (register_id, day, code, name, kind) DO UPDATE SET count = t.count + EXCLUDED.count,
            sum = t.sum + EXCLUDED.sum, cash = t.cash + EXCLUDED.cash, card = t.card + EXCLUDED.card,
            mobile = t.mobile + EXCLUDED.mobile, discount = t.discount + EXCLUDED.discount,
            markup = t.markup + EXCLUDED.markup, line_discount = t.line_discount + EXCLUDED.line_discount,
            line_markup = t.line_markup + EXCLUDED.line_markup, change = t.change + EXCLUDED.change,
            offline = t.offline + EXCLUDED.offline;
    END LOOP;
    FOR one IN SELECT value FROM json_array_elements(p_goods) LOOP
        INSERT INTO takings_good AS t (register_id, day, name, unit, kind, lines, quantity, sum)
        VALUES (p_register_id, (one->>0)::date, one->>1, one->>2, one->>3, (one->>4)::bigint, (one->>5)::bigint,
            (one->>6)::bigint)
        ON CONFLICT (register_id, day, name, unit, kind) DO UPDATE SET lines = t.lines + EXCLUDED.lines,
            quantity = t.quantity + EXCLUDED.quantity, sum = t.sum + EXCLUDED.sum;
    END LOOP;
    FOR one IN SELECT value FROM json_array_elements(p_vat) LOOP
        INSERT INTO takings_vat AS t (register_id, day, rate, kind, turnover, tax)
        VALUES (p_register_id, (one->>0)::date, one->>1, one->>2, (one->>3)::bigint, (one->>4)::bigint)
        ON CONFLICT (register_id, day, rate, kind) DO UPDATE SET turnover = t.turnover + EXCLUDED.turnover,
            tax = t.tax + EXCLUDED.tax;
    END LOOP;
    FOR one IN SELECT value FROM json_array_elements(p_shifts) LOOP
        INSERT INTO takings_shift (register_id, shift, day, number, opened_at, closed_at, autonomous, revenue, cash,
            chain_head)
        VALUES (p_register_id, (one->>0)::integer, (one->>1)::date, (one->>2)::bigint, (one->>3)::timestamptz,
            (one->>4)::timestamptz, (one->>5)::boolean, (one->>6)::bigint, (one->>7)::bigint, one->>8);
    END LOOP;
    RETURN true;
END $$;
