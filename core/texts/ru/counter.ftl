### Чат: чеки, возвраты, пересчёт кассы, лента, рабочий день. Параметры уже отформатированы и безопасны для HTML.

bot-menu-feed = Чеки
bot-command-receipts = Чеки смены, поиск
bot-command-day = Когда начинается рабочий день

counter-button-details = Подробнее
counter-button-send = Отправить
counter-button-print = Печать копии
counter-button-pdf = PDF
counter-button-copy-link = Скопировать ссылку
counter-copy-asked = Копия чека № { $number } отправлена на принтер.
counter-copy-no-printer = К этой кассе не подключён принтер, поэтому копия не напечатана. Отправьте чек файлом или ссылкой.
counter-toast-copy = Печать копии чека № { $number }
counter-toast-pdf = Готовлю PDF
counter-toast-changed = Сумма изменилась: { $total } ₸. Проверьте ещё раз

counter-return-title = Возврат чека № { $number }: что вернули?
counter-return-left = Осталось вернуть: { $left } ₸
counter-return-rest =
    Часть чека № { $number } уже вернули. Вернуть остальное на <b>{ $total } ₸</b>?
counter-return-total = К возврату: <b>{ $total } ₸</b>
counter-return-nothing = Пока ничего не выбрано. Отметьте, что вернули.
counter-button-part = Часть чека или другая оплата
counter-button-page = Ещё позиции · { $page } из { $pages }
counter-link-unreadable = Не узнал ссылку на чек, ничего не сделано. Пришлите ссылку из QR-кода чека целиком.
counter-link-lacks = По этой ссылке не видно кассы, суммы или даты чека, поэтому вернуть его здесь нельзя. Ничего не сделано. Верните его на той кассе, где он пробит.
counter-elsewhere-title = Возврат чека другой кассы
counter-elsewhere-facts =
    ФП { $sign } · РНМ { $rnm }
    Пробит { $made } на { $total } ₸
counter-elsewhere-goods = Товар
counter-return-which = Какой чек вернуть?
counter-return-which-other = Здесь не весь список: ответьте «возврат» на сообщение с чеком, пришлите его ссылку или фото его QR.
counter-return-nothing-sold = Возвращать нечего: на этой кассе продаж ещё не было. Чек другой кассы можно вернуть по ссылке или по фото его QR.
counter-elsewhere-how = Возвращаете не всё? Напишите сумму или товар, например: <code>кофе 800</code>
counter-elsewhere-unread = Не понял, что вернули, ничего не сделано. Напишите сумму или товар с ценой, например: <code>кофе 800</code>

counter-time-made = { $time } · пробит
counter-time-made-by = { $time } · пробит, кассир { $name }
counter-time-registered = { $time } · отправлен, ОФД принял
counter-time-autonomous = { $time } · автономно: { $reason }
counter-time-refused = { $time } · ОФД не принял: { $text } (код { $code })
counter-time-practice = { $time } · учебный, в ОФД не отправляется
counter-time-retry = { $time } · решили отправить ещё раз: { $why }
counter-time-encode-again = { $time } · решили отправить в другой версии протокола: { $why }
counter-time-settled-outside = { $time } · решили, что улажен с ОФД без кассы: { $why }
counter-time-unanswered = Попыток без ответа: { $count }
counter-time-now-saved = Ждём ответа ОФД
counter-time-now-autonomous = Ждёт очереди, уйдёт в ОФД сам
counter-time-now-stopped = Очередь стоит на нём: { $text }. Решает владелец
counter-time-told-later = { $time } · отправлен из очереди, ОФД принял
counter-time-print-printed = Напечатан
counter-time-print-waiting = Ждёт принтера
counter-time-print-failed = Не напечатан: принтер не готов, попробует сам
counter-time-copies = Копий: { $count }, напечатано { $printed }
counter-time-returned = Возврат № { $number } на { $total } ₸
counter-time-more = … и ещё записей: { $count }

counter-kept-registered = Чек принят оператором фискальных данных в { $time }
counter-kept-autonomous = Чек действует. Данные уйдут оператору, когда появится связь
counter-kept-refused = Оператор не принял этот чек: он не действует. Попросите у продавца новый
counter-kept-practice = Это учебный чек, не фискальный
counter-kept-saved = Чек регистрируется…

counter-button-equal = Сошлось: { $cash } ₸
counter-button-type = Другая сумма
counter-count-ask = Сколько наличных в кассе? Должно быть { $cash } ₸. Напишите, сколько насчитали, например: <code>5000</code>
counter-count-equal = Пересчитано { $counted } ₸, касса сошлась
counter-count-short = Пересчитано { $counted } ₸, не хватает <b>{ $difference } ₸</b>
counter-count-over = Пересчитано { $counted } ₸, лишние <b>{ $difference } ₸</b>
counter-close-moved = Закрытие смены ниже.
counter-count-bad = Не понял сумму, ничего не сделано. Напишите, сколько насчитали, например: <code>5000</code>
counter-reason-ask = Почему? Нажмите причину или напишите её.
counter-reason-change = Ошиблись со сдачей
counter-reason-missed = Не пробили чек
counter-reason-expenses = Взяли на расходы
counter-reason-unknown = Не знаем
counter-reason-none = причину не назвали

counter-sum-sales = { $count ->
    [one] Продажи: { $count } чек на <b>{ $sum } ₸</b>, в среднем { $average } ₸
    [few] Продажи: { $count } чека на <b>{ $sum } ₸</b>, в среднем { $average } ₸
   *[other] Продажи: { $count } чеков на <b>{ $sum } ₸</b>, в среднем { $average } ₸
}
counter-sum-buy-returns = Возвраты покупок: { $count } на { $sum } ₸
counter-sum-revenue = Выручка: <b>{ $sum } ₸</b>, возвраты и покупки вычтены
counter-sum-payment-net = { $type }: { $came } − { $went } = { $sum } ₸

counter-feed-shift = Чеки смены № { $shift }
counter-feed-today = Чеки за сегодня
counter-feed-found = Нашлось по «{ $words }»
counter-feed-empty = Здесь пусто.
counter-feed-not-found = Ничего не нашлось. Ищу по номеру, сумме и названию товара.
counter-feed-none =
    Чеков ещё не было.
    Напишите: <code>кофе 800</code>
counter-feed-ask = Что найти? Напишите номер, сумму или товар, например: <code>кофе</code>
counter-filter-all = Все
counter-filter-unsent = Не в ОФД
counter-filter-returns = Возвраты
counter-filter-cash = Касса
counter-button-older = Раньше ›
counter-button-newest = « К новым
counter-button-today = За сегодня
counter-button-find = Найти
counter-button-shift = Смена № { $shift }
counter-button-feed-back = « К чекам смены

counter-day-words = рабочий день
counter-day-is =
    <b>Рабочий день начинается в { $hour }</b>
    Сегодняшний начался { $began }. По нему считаются «чеки за сегодня»; смены и Z-отчёты от него не зависят.
counter-day-ask = Работаете ночью? Выберите час, когда день для вас кончается и начинается новый.
counter-day-not-yours = Изменить может владелец или управляющий.
