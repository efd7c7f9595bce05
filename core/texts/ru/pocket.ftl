### Карманная касса: страница под большим пальцем. Слова в фигурных скобках подставляет сама страница.

bot-menu-pocket = Касса

pocket-title = Касса
pocket-back = Назад
pocket-more = Ещё
pocket-tab-sell = Продажа
pocket-tab-receipts = Чеки
pocket-tab-shift = Смена
pocket-keypad = Цифры
pocket-erase = Стереть
pocket-comma = Запятая

pocket-state-no-signal = Нет связи с кассой
pocket-state-blocked = Касса заблокирована
pocket-state-stopped = Очередь в ОФД стоит
pocket-state-autonomous = Автономно · ждут отправки: { $count }
pocket-state-shift = Смена № { $number } открыта
pocket-state-no-shift = Смена откроется с первым чеком
pocket-no-signal = Связи нет. Ничего не потеряно: повторите, когда она появится.
pocket-no-signal-price = Связи нет, цену узнать не у кого. Корзина цела, спрошу ещё раз сам.

## Продажа

pocket-search = Найти товар
pocket-sections = Разделы
pocket-all-goods = Все
pocket-to-keypad = Сумма без товара
pocket-to-tiles = К товарам
pocket-goods = Товар
pocket-add-amount = Добавить в чек
pocket-more-goods = Ещё { $count }
pocket-nothing-found = Ничего не нашлось
pocket-no-goods = Каталог пока пуст. Наберите сумму на клавиатуре вверху справа: она станет первым чеком.
pocket-code-unknown = Кода { $code } в каталоге нет. Наберите сумму на клавиатуре.
pocket-cart-count = Позиций: { $count }
pocket-pay = Оплата { $total }
pocket-pay-unknown = Оплата…
pocket-quantity-of = Количество: { $name }
pocket-less-of = Меньше: { $name }
pocket-more-of = Больше: { $name }
pocket-set-quantity = Поставить { $value }
pocket-discount = Скидка
pocket-no-discount = Без скидки
pocket-other-discount = Другая
pocket-set-discount = Скидка { $value } %
pocket-total = Итого
pocket-clear-cart = Очистить корзину

## Оплата

pocket-to-pay = К оплате
pocket-notes = Дали купюрами
pocket-cash-exact = Наличные без сдачи
pocket-change-short = сдача { $change }
pocket-card = Карта
pocket-mobile = QR, мобильный
pocket-other-given = Дали другую сумму
pocket-mixed = Смешанная
pocket-given-title = К оплате { $total }. Сколько дали?
pocket-given-none = Наберите, сколько дали
pocket-sell-with-change = Пробить · сдача { $change }
pocket-mixed-title = К оплате { $total }. Сколько наличными?
pocket-rest-card = Остальное картой: { $rest }
pocket-rest-mobile = Остальное по QR: { $rest }
pocket-change = Сдача

## Что стало с действием

pocket-making-sell = Пробиваю чек…
pocket-making-sell-return = Оформляю возврат…
pocket-making-deposit = Вношу наличные…
pocket-making-withdrawal = Изымаю наличные…
pocket-making-close = Закрываю смену…
pocket-lost-title = Связь пропала, проверяю
pocket-lost-text = Касса могла уже всё сделать, поэтому второй раз не пробивайте. Как только связь вернётся, здесь появится верный ответ.
pocket-do-not-make = Не делать
pocket-dropping = Отменяю: если касса ещё не сделала, то уже и не сделает.
pocket-nothing-title = Не сделано
pocket-nothing-text = Запрос до кассы не дошёл: чека нет, деньги не посчитаны. Сделать сейчас?
pocket-make-now = Сделать сейчас
pocket-understood = Понятно
pocket-ofd-refused = ОФД не принял № { $number }: { $text }. Он не считается, корзина цела. Исправьте и пробейте ещё раз.
pocket-new-receipt = Новый чек
pocket-done = Готово

## Документ

pocket-kind-sell = Чек № { $number }
pocket-kind-sell-return = Возврат № { $number }
pocket-kind-buy = Покупка № { $number }
pocket-kind-buy-return = Возврат покупки № { $number }
pocket-kind-deposit = Внесение № { $number }
pocket-kind-withdrawal = Изъятие № { $number }
pocket-kind-shift-close = Z-отчёт № { $number }
pocket-mark-saved = Регистрируется…
pocket-mark-registered = ОФД принял
pocket-mark-autonomous = Автономно, уйдёт в ОФД сам
pocket-mark-autonomous-registered = Автономно, ОФД принял
pocket-mark-refused = ОФД не принял
pocket-mark-stopped = Автономно, очередь стоит
pocket-mark-settled = Автономно, передан иным путём
pocket-mark-practice = Учебный
pocket-practice = Учебная касса: законной силы нет
pocket-open-receipt = Открыть чек
pocket-send-receipt = Отправить
pocket-share-text = Чек на { $total }
pocket-code-hint = Покупатель снимет код и получит чек
pocket-lines = Позиции
pocket-paid-cash = Наличные
pocket-paid-card = Карта
pocket-paid-mobile = Мобильный платёж
pocket-taken = Получено
pocket-made-at = Время
pocket-cashier = Кассир
pocket-fiscal-sign = ФП
pocket-autonomous-sign = Автономный ФП
pocket-return = Возврат

## Чеки и возврат

pocket-search-receipts = Номер, сумма, товар
pocket-filter = Какие показать
pocket-kept-all = Все
pocket-kept-unsent = Не в ОФД
pocket-kept-returns = Возвраты
pocket-kept-cash = Наличные
pocket-older = Показать раньше
pocket-no-receipts = Здесь пока пусто
pocket-return-title = Возврат чека № { $number }
pocket-returned = Уже вернули
pocket-left-of = Осталось { $left } по { $price }
pocket-pay-back = Как вернуть деньги
pocket-as-paid = Как платили
pocket-return-total = К возврату
pocket-return-now = Вернуть { $total }
pocket-return-nothing = Выберите, что вернули

## Смена

pocket-shift-number = Смена № { $number }
pocket-no-shift = Смена не открыта
pocket-no-shift-text = Она откроется сама с первым чеком.
pocket-closes-before = Закрыть до { $time }
pocket-opened-at = Открыта
pocket-counted = { $name }: { $count }
pocket-op-sell = Продажи
pocket-op-sell-return = Возвраты
pocket-op-buy = Покупки
pocket-op-buy-return = Возвраты покупок
pocket-op-deposit = Внесения
pocket-op-withdrawal = Изъятия
pocket-revenue = Выручка
pocket-in-drawer = Наличных в кассе
pocket-cash-in = Внести наличные
pocket-cash-out = Изъять наличные
pocket-cash-in-now = Внести { $sum }
pocket-cash-out-now = Изъять { $sum }
pocket-close-shift = Закрыть смену
pocket-close-title = Закрыть смену № { $number }?
pocket-close-text = Напечатается Z-отчёт. Новая смена откроется со следующим чеком.
pocket-withdraw-all = Изъять все наличные: { $sum }
pocket-close-now = Закрыть с Z-отчётом
pocket-shift-closed = Смена № { $number } закрыта

## Кто и где

pocket-language = Язык
pocket-registers = Кассы
pocket-phones = Телефоны
pocket-close-others = Закрыть кассу на других моих телефонах
pocket-others-closed = закрыто на телефонах: { $count }
pocket-close-theirs = Закрыть кассу на телефонах: { $name }
pocket-sign-out = Выйти на этом телефоне
pocket-role-owner = владелец
pocket-role-manager = управляющий
pocket-role-cashier = кассир
pocket-role-viewer = наблюдатель
pocket-closed-title = Касса открывается из чата
pocket-closed-text = Откройте чат с ботом в Telegram и нажмите «Касса» под строкой сообщения.
pocket-over-title = Вход закончился
pocket-over-text = Корзина и чеки целы. Откройте кассу ещё раз из чата с ботом.
pocket-lost-start-title = Нет связи с кассой
pocket-lost-start-text = Корзина и чеки целы. Проверьте интернет и попробуйте ещё раз.
pocket-try-again = Попробовать ещё раз
pocket-close-app = Закрыть

## Отказы

refusal-act-dropped-title = Это действие отменили
refusal-act-dropped-detail = Его отменили с телефона раньше, чем оно дошло до кассы. Ничего не сделано. Начните заново, если оно нужно.
refusal-launch-forged-title = Telegram не подтвердил вход
refusal-launch-forged-detail = Данные входа подписаны не этим ботом или изменены по дороге. Ничего не открыто и не изменено. Откройте кассу из чата с ботом.
refusal-launch-stale-title = Вход устарел
refusal-launch-stale-detail = Эти данные входа Telegram выдал слишком давно. Чеки и корзина целы. Закройте кассу и откройте её из чата ещё раз.
refusal-launch-stranger-title = Вас нет ни на одной кассе
refusal-launch-stranger-detail = Чеки и продажи на месте, но этому аккаунту касса не дана. Попросите владельца прислать приглашение или начните свою кассу в чате с ботом.
refusal-launch-used-title = Этим входом уже воспользовались
refusal-launch-used-detail = Один вход открывает кассу на одном телефоне. Чеки целы. Закройте кассу и откройте её из чата ещё раз.
refusal-no-bot-title = Бот не подключён
refusal-no-bot-detail = Этому серверу не дан бот, поэтому впустить некому. Ничего не изменено. Скажите тому, кто обслуживает кассу: нужен TIYN_TELEGRAM_TOKEN.
refusal-session-over-title = Вход закончился
refusal-session-over-detail = Касса на этом телефоне закрыта: прошло время, её закрыли или забрали доступ. Чеки целы. Откройте кассу из чата ещё раз.
