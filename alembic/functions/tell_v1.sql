-- tell_v1: news for the chat and other readers, written with what they tell of.
CREATE FUNCTION tell_v1(p_register_id uuid, p_news json)
RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    item json;
BEGIN
    IF p_news IS NULL THEN
        RETURN;
    END IF;
    FOR item IN SELECT value FROM json_array_elements(p_news) LOOP
        INSERT INTO news (register_id, news_id, topic, facts, at)
        VALUES (p_register_id, (item->>'news_id')::uuid, item->>'topic', item->'facts', (item->>'at')::timestamptz);
    END LOOP;
END $$;
