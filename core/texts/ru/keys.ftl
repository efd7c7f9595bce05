### Ключи API: кто их видит, как делают и отзывают. Параметры безопасны для HTML.

keys-head = <b>🔑 Ключи API</b>
keys-about = С ключом сайт или учётная программа работает со всеми кассами организации.
keys-none = Ключей пока нет.
keys-line = <code>{ $hint }…</code>: { $scopes }, сделан { $day }, { $used }
keys-used = последний вызов { $day }
keys-unused = вызовов не было
keys-scopes-read-sell = продажи и чтение
keys-scopes-read = только чтение
keys-scopes-sell = только продажи
keys-button-settings = 🔑 Ключи API
keys-button-add-sell = ＋ Ключ для продаж и чтения
keys-button-add-read = ＋ Ключ только для чтения
keys-button-revoke = Отозвать { $hint }…
keys-button-sure = Да, отозвать
keys-button-list = « Ключи
keys-button-copy = Скопировать ключ
keys-made =
    🔑 <b>Новый ключ</b>: { $scopes }
    <code>{ $secret }</code>

    Больше его никто не покажет. Вставьте его в программу и удалите это сообщение.
    Если ключ увидел чужой, отзовите его: /keys
keys-not-sent = Ключ мог не дойти, поэтому он уже отозван. Нажмите кнопку ещё раз.
keys-revoke-ask =
    <b>Отозвать ключ</b> <code>{ $hint }…</code>?
    Программы с этим ключом перестанут работать сразу. Чеки, которые они сделали, останутся.
keys-revoked = ✔ Ключ отозван, он больше ничего не открывает.
keys-gone = Этого ключа уже нет, остальные целы. Откройте список: /keys

refusal-not-owner-of-all-title = Ключ открывает и чужие кассы
refusal-not-owner-of-all-detail = В организации есть касса, которой вы не владеете, а ключ открывает их все. Ничего не изменилось. Попросите её владельца принять вас владельцем.
refusal-too-many-keys-title = Слишком много ключей
refusal-too-many-keys-detail = У организации уже { $limit } ключей. Новый не сделан, прежние работают. Отзовите ненужный.
