-- learn_items_v1: what a sale teaches the catalogue, once for each document. Answers whether it was new.
-- Items that people wrote down keep their price; those that were only ever sold follow their last one.
CREATE FUNCTION learn_items_v1(p_register_id uuid, p_number bigint, p_at timestamptz, p_items_max integer, p_items json)
RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    sold json;
    known text;
    items integer;
BEGIN
    INSERT INTO catalogue_learnt (register_id, number) VALUES (p_register_id, 0)
    ON CONFLICT (register_id) DO NOTHING;
    UPDATE catalogue_learnt SET number = p_number WHERE register_id = p_register_id AND number < p_number;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    FOR sold IN SELECT value FROM json_array_elements(p_items) LOOP
        SELECT item_id INTO known FROM catalogue_item
        WHERE register_id = p_register_id AND (barcode = sold->>'barcode' OR name_key = sold->>'name_key')
        ORDER BY (barcode = sold->>'barcode') IS TRUE DESC LIMIT 1;
        IF known IS NOT NULL THEN
            UPDATE catalogue_item
            SET sold_count = sold_count + (sold->>'times')::integer, sold_at = p_at,
                price = CASE WHEN learnt THEN (sold->>'price')::bigint ELSE price END,
                unit = CASE WHEN learnt THEN sold->>'unit' ELSE unit END
            WHERE register_id = p_register_id AND item_id = known;
        ELSE
            SELECT count(*) INTO items FROM catalogue_item WHERE register_id = p_register_id;
            IF items < p_items_max THEN
                INSERT INTO catalogue_item (register_id, item_id, name, name_key, search_key, price, unit, vat, barcode,
                    ntin, sold_count, sold_at, learnt, made_at)
                VALUES (p_register_id, sold->>'item_id', sold->>'name', sold->>'name_key', sold->>'search_key',
                    (sold->>'price')::bigint, sold->>'unit', sold->>'vat', sold->>'barcode', sold->>'ntin',
                    (sold->>'times')::integer, p_at, true, p_at)
                ON CONFLICT DO NOTHING;
            END IF;
        END IF;
    END LOOP;
    RETURN true;
END $$;
