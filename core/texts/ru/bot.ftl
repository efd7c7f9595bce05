### Чат: меню, продажа, чек, смена, новости. Параметры уже отформатированы и безопасны для HTML.

bot-menu-x = X-отчёт
bot-menu-deposit = Внести
bot-menu-withdrawal = Изъять
bot-menu-close = Закрыть смену
bot-menu-help = Помощь
bot-menu-language = Язык
bot-menu-placeholder = Например: кофе 800

bot-command-start = Начать
bot-command-x = X-отчёт: итоги смены сейчас
bot-command-deposit = Внести наличные в кассу
bot-command-withdrawal = Изъять наличные из кассы
bot-command-close = Закрыть смену
bot-command-state = Состояние кассы и ОФД
bot-command-pay = Как оплатить ОФД
bot-command-help = Помощь с примерами
bot-command-lang = Язык: қазақша, русский, English

bot-example-text = кофе 800
bot-button-example = Попробовать: кофе 800
bot-button-cancel = Отмена

bot-start-vendor =
    <b>{ $title }</b>
    Касса готова. Напишите, что продали, и я покажу чек с подсчётом. Пробьёте одной кнопкой.

    Напишите: <code>кофе 800</code>
    Или так: <code>2 кофе 800, нан 350, нал 2000</code>
bot-start-practice = Это учебная касса: её чеки ничего не значат для налоговой. Пробуйте смело.
bot-start-viewer =
    <b>{ $title }</b>
    Вы можете смотреть отчёты этой кассы. Продавать может кассир: попросите владельца дать вам эту роль.
bot-start-receipt = Ваш чек: <b>{ $title }</b>, { $total } ₸, { $when }.
bot-start-receipt-button = Открыть чек
bot-start-receipt-unknown = Такого чека нет. Проверьте ссылку или отсканируйте QR с чека ещё раз.
bot-stranger = У вас нет кассы, поэтому я ничего не пробил. Попросите владельца добавить вас. Номер вашего чата: <code>{ $chat }</code>
bot-not-allowed = На этой кассе вы можете только смотреть отчёты. Ничего не сделано. Попросите владельца дать вам роль кассира.
bot-group = Я работаю только в личном чате: касса не для посторонних глаз. Откройте чат со мной и напишите: кофе 800
bot-language-ask = Выберите язык
bot-language-set = Готово, дальше по-русски.
bot-help =
    <b>Как продать</b>
    Напишите товар и цену, я посчитаю:
    <code>кофе 800</code>
    <code>2 кофе 800, нан 350</code>
    <code>1,5 кг сыр 3200 карта</code>
    <code>чай 150 нан 200 нал 2000</code>
    Проверьте итог и нажмите кнопку с суммой.

    <b>Касаниями</b>: кнопка «Товары» внизу, фото штрихкода или часть названия. Каталог: файл Excel сюда или /catalogue.
    <b>Вернуть</b>: ответьте «возврат» на сообщение с чеком или нажмите «Возврат» под ним. Часть: <code>возврат кофе</code>
    <b>Чеки</b>: <code>чеки</code>, <code>найти кофе</code>, <code>найти 800</code>
    <b>Наличные</b>: <code>внести 5000</code>, <code>изъять 2000</code>
    <b>Смена</b> открывается сама с первым чеком. Закрыть: кнопка внизу.
    <b>Итоги</b> дня с картинкой: <code>итоги</code>, <code>итоги вчера</code>, <code>итоги 1.11-15.11</code>

    <b>ОФД</b>: <code>касса</code> — как дела, <code>как оплатить</code> — шаги и дата оплаты.

    <b>Знаки</b>: ✔ сохранён, ✔✔ принят ОФД, ☁✕ автономно (уйдёт в ОФД сам), ✖ ОФД не принял.
    Нет связи? Продавайте дальше: 72 часа касса работает автономно.
bot-not-text = Я понимаю текст, фото штрихкода или QR чека и файл с товарами. Ничего не сделано. Напишите, например: <code>кофе 800</code>
bot-too-long = Слишком длинное сообщение: { $length } знаков, а я читаю до { $limit }. Ничего не сделано. Разбейте чек на части.
bot-unreadable =
    Не понял, ничего не сделано.
    Напишите товар и цену, например: <code>кофе 800</code> или <code>2 кофе 800, нан 350, нал 2000</code>
bot-unreadable-fragments =
    Не понял: { $fragments }. Ничего не сделано.
    Напишите товар и цену, например: <code>кофе 800</code> или <code>2 кофе 800, нан 350, нал 2000</code>
bot-broken =
    Не получилось показать ответ из-за ошибки на нашей стороне. Что уже пробито, не потеряно.
    Попробуйте ещё раз через минуту.

bot-sale-total = Итого: <b>{ $total } ₸</b>
bot-sale-more-lines = { $count ->
    [one] … и ещё { $count } позиция
    [few] … и ещё { $count } позиции
   *[other] … и ещё { $count } позиций
}
bot-sale-discount = Скидка: { $sum } ₸
bot-sale-markup = Наценка: { $sum } ₸
bot-line-discount = скидка { $sum }
bot-line-markup = наценка { $sum }
bot-sale-how-paid = Как оплатили?
bot-pay-cash = Наличные
bot-pay-card = Карта
bot-pay-mobile = QR-оплата
bot-paid = { $type }: { $sum } ₸
bot-paid-taken = получено { $taken } ₸
bot-paid-change = сдача <b>{ $change } ₸</b>
bot-button-make = Пробить { $total } ₸
bot-button-make-change = Пробить { $total } ₸ · сдача { $change }
bot-button-pay-cash = Наличные { $total } ₸
bot-button-pay-card = Карта { $total } ₸
bot-button-pay-mobile = QR { $total } ₸
bot-button-reading = Нет, всего { $total } ₸: { $line }
bot-button-refused = ✖ Чек № { $number }: ОФД не принял
bot-cancelled = Отменено, ничего не пробито.

bot-toast-making = Делаю чек: { $total } ₸…
bot-toast-already = Уже пробит: чек № { $number }
bot-toast-already-refused = Чек № { $number } ОФД не принял
bot-toast-in-work = Делаю…
bot-toast-cancelled = Этот чек отменён. Напишите его ещё раз
bot-toast-cancelling = Отменяю
bot-toast-reading = Считаю так: { $total } ₸
bot-toast-old = Эта кнопка устарела. Напишите чек ещё раз
bot-toast-foreign = Эта кнопка не ваша
bot-toast-not-allowed = Нет прав на этой кассе
bot-toast-return = Возврат чека № { $number }
bot-toast-close = Закрываю смену
bot-toast-deposit = Делаю внесение: { $total } ₸…
bot-toast-withdrawal = Делаю изъятие: { $total } ₸…
bot-toast-probe = Проверяю связь с ОФД

bot-title-sell = Чек № { $number }
bot-title-sell-return = Возврат № { $number }
bot-title-buy = Покупка № { $number }
bot-title-buy-return = Возврат покупки № { $number }
bot-title-deposit = Внесение № { $number }
bot-title-withdrawal = Изъятие № { $number }
bot-title-shift-close = Z-отчёт № { $number }
bot-head-change = сдача { $change } ₸
bot-basis = Основание: чек № { $number }
bot-practice = Учебный чек, не фискальный
bot-button-receipt = Открыть чек
bot-button-return = Возврат
bot-qr-caption = { $title } · { $total } ₸. Покупатель сканирует и видит свой чек.
bot-cash-now = В кассе { $cash } ₸

bot-state-saved = Сохранён, ждём ответ ОФД…
bot-state-registered = ФП { $sign } · принят ОФД в { $time }
bot-state-registered-plain = Принят ОФД в { $time }
bot-state-autonomous = Автономно: { $reason }. Уйдёт в ОФД сам
bot-state-autonomous-queue = Автономно: { $reason }. В очереди { $place }-й, уйдёт в ОФД сам
bot-state-autonomous-sign = Автономный ФП { $sign }
bot-state-autonomous-registered = ФП { $sign } · был автономным, принят ОФД в { $time }
bot-state-autonomous-registered-plain = Был автономным, принят ОФД в { $time }
bot-state-refused = ОФД не принял: { $text }. Деньги не учтены, чек не действует. Исправьте и пробейте заново
bot-state-stopped = Очередь в ОФД стоит на этом чеке: { $text }. Чек действует, решить должен владелец
bot-state-settled = Улажен с ОФД вне очереди: так решил владелец
bot-state-practice = Учебный чек сохранён, в ОФД не отправляется

bot-reason-no-link = нет связи с ОФД
bot-reason-timeout = ОФД не ответил за 5 секунд
bot-reason-unavailable = служба ОФД временно недоступна
bot-reason-blocked = ОФД заблокировал кассу
bot-reason-bad-token = ОФД не узнал токен кассы
bot-reason-numbering = ОФД не принял номер запроса
bot-reason-service = ОФД отказал кассе в обслуживании
bot-reason-shift-too-long = смена длится больше 24 часов
bot-reason-autonomous-too-long = автономно больше 72 часов
bot-reason-power-lost = касса выключилась, не дождавшись ответа ОФД
bot-reason-rejected = ОФД не принял документ
bot-reason-clock = сбились часы
bot-reason-restored = касса восстановлена из копии
bot-reason-other = ОФД не отвечает

bot-return-ask =
    Вернуть весь чек № { $number } на <b>{ $total } ₸</b>?
    { $payments }
bot-return-not-sale = Вернуть можно только чек продажи. Ничего не сделано.
bot-button-return-make = Вернуть { $total } ₸

bot-cash-ask-deposit = Сколько внести в кассу? Нажмите сумму или напишите её, например: <code>5000</code>
bot-cash-ask-withdrawal = Сколько изъять из кассы? Сейчас в ней { $cash } ₸. Нажмите сумму или напишите её, например: <code>2000</code>
bot-cash-confirm-deposit = Внести в кассу <b>{ $total } ₸</b>?
bot-cash-confirm-withdrawal = Изъять из кассы <b>{ $total } ₸</b>?
bot-button-deposit = Внести { $total } ₸
bot-button-withdrawal = Изъять { $total } ₸
bot-button-withdrawal-all = Изъять всё: { $total } ₸
bot-cash-bad = Сумма должна быть от 0,01 до 99 999 999,99 ₸. Ничего не сделано. Напишите, например: <code>внести 5000</code>

bot-x-title = <b>X-отчёт</b> · смена № { $shift } · { $time }
bot-x-opened = Открыта { $opened }, закройте до { $until }
bot-shift-none =
    Смена не открыта: сегодня ещё не было чеков.
    Откроется сама с первым. Напишите: <code>кофе 800</code>
bot-close-ask =
    Закрыть смену № { $shift }?
    Чеков: { $count }, выручка { $revenue } ₸, в кассе { $cash } ₸.
bot-button-close = Закрыть смену № { $shift }
bot-button-close-withdraw = Закрыть и изъять { $cash } ₸
bot-z-title = <b>{ $mark } Z-отчёт</b> · смена № { $shift } закрыта { $time }
bot-z-autonomous-mark = Закрыта автономно, в ОФД уйдёт сама
bot-sum-payment = { $type }: { $sum } ₸
bot-sum-returns = Возвраты: { $count } на { $sum } ₸
bot-sum-purchases = Покупки: { $count } на { $sum } ₸
bot-sum-placements = Внесено { $deposits } ₸, изъято { $withdrawals } ₸
bot-sum-cash = В кассе: <b>{ $cash } ₸</b>
bot-sum-offline = Автономных чеков: { $count }
bot-sum-head = Голова цепи: <code>{ $head }</code>

bot-button-paid = Я оплатил — проверить
bot-news-online = { $count ->
    [0] ✔✔ <b>{ $title }</b>: связь с ОФД есть
    [one] ✔✔ <b>{ $title }</b>: связь с ОФД есть, отправлен { $count } документ
    [few] ✔✔ <b>{ $title }</b>: связь с ОФД есть, отправлено { $count } документа
   *[other] ✔✔ <b>{ $title }</b>: связь с ОФД есть, отправлено { $count } документов
}
bot-news-replay = <b>{ $title }</b>: отправляю в ОФД, осталось { $left }
bot-news-replay-done = <b>{ $title }</b>: всё отправлено в ОФД
bot-news-clock =
    ⚠ <b>{ $title }: часы перескочили вперёд</b>
    Если время верное, ничего делать не надо. Если нет, исправьте часы сервера до следующего чека.
bot-news-closes-soon =
    <b>{ $title }: смене скоро 24 часа</b>
    Закройте её до { $until }, иначе новых чеков не будет.

bot-operator-silent = причину ОФД не назвал (код { $code })
bot-operator-no-words = причину ОФД не назвал
bot-sum-digest = Этот Z-отчёт, документ № { $number }: <code>{ $digest }</code>
bot-toast-qr = Показываю QR чека № { $number }
bot-toast-ready = Готово
bot-news-difference =
    ⚠ <b>{ $title }: счётчики ОФД отличаются от наших</b>
    Расхождений: { $count }. Наши данные не изменены, продавать можно.
    Что сделать: сверьте отчёт кассы с кабинетом ОФД и позвоните в ОФД.

bot-button-retry = Повторить
bot-button-settle = Уладил с ОФД сам
bot-button-settled = Да, документ № { $number } улажен
bot-button-encode = Отправить в другой версии
bot-button-encoded = Да, отправить в версии { $version }
bot-toast-retry = Отправляю ещё раз
bot-toast-settled = Записываю: документ № { $number } улажен
bot-toast-encoded = Отправляю документ № { $number } в другой версии
bot-toast-confirm = Проверьте и подтвердите
bot-toast-not-yours = Решает владелец или управляющий
bot-settle-ask =
    <b>Документ № { $number } уже улажен с ОФД?</b>
    Подтверждайте, только если вы сами передали его в ОФД другим путём или ОФД ответил, что передавать его не надо.
    Касса больше никогда не отправит этот документ. Он останется в журнале и в отчётах, а очередь пойдёт дальше. Отменить это решение нельзя.
bot-settle-left = Решение не принято. Документ № { $number } не тронут, очередь ждёт.
bot-encode-ask =
    <b>Отправить документ № { $number } в другой версии протокола?</b>
    Сейчас касса говорит с ОФД в версии { $now }. В версии { $other } уйдут этот документ и все следующие; чеки, суммы и номера останутся прежними.
    Подтверждайте, если поддержка ОФД сказала, что дело в версии протокола.
bot-lane-settled = Записал ваше решение: документ № { $number } улажен с ОФД без кассы.
bot-lane-encoded = Касса перешла на версию { $version }: документ № { $number } отправлен в ней заново.
bot-lane-runs = Этого решения уже не нужно: касса больше на этом не стоит. Ничего не изменено.
bot-lane-busy = Касса сейчас занята обменом с ОФД. Ничего не изменено, попробуйте ещё раз через минуту.
bot-lane-fine = ✔✔ Касса на связи с ОФД, всё отправлено.
bot-token-given = Новый токен передан кассе. Сообщение с ним лучше удалить из чата.
bot-token-bad = Это не похоже на токен: нужно целое число от 1 до 4 294 967 295. Ничего не изменено. Пришлите так: <code>токен 123456789</code>
bot-token-not-yours = ОФД не узнал токен кассы, но ввести новый вам нельзя. Ничего не изменено.
bot-token-not-wanted =
    Новый токен сейчас не нужен, ничего не изменено.
    Если вы продаёте «токен», назовите товар иначе, например: <code>жетон 500</code>

bot-news-closes-itself =
    <b>{ $title }: смене скоро 24 часа</b>
    Делать ничего не надо: до { $until } она закроется сама. Можно закрыть и раньше.
bot-news-close-refused =
    ⚠ <b>{ $title }: смена № { $shift } сама не закрылась</b>
    ОФД не принял закрытие: { $text } (код { $code }). Пробитое не потеряно.
    Что сделать: закройте смену кнопкой. Если ОФД откажет снова, позвоните ему и назовите код.
bot-news-not-compared =
    ⚠ <b>{ $title }: ОФД не дал сверить счётчики</b>
    На сверку он ответил: { $text } (код { $code }). Наши данные не изменены, продавать можно.
    Что сделать: позвоните в ОФД и назовите этот код.

bot-return-already =
    <b>Этот чек уже возвращён целиком</b>
    Второй раз вернуть его нельзя. Ничего не сделано.
bot-cash-how = Ничего не сделано. Наличные в кассу и из кассы пишите так: <code>внести 5000</code> или <code>изъять 2000</code>
bot-toast-return-making = Делаю возврат: { $total } ₸…
bot-shift-none-no-sales = Смена сейчас не открыта.
bot-news-closed-itself =
    <b>{ $title }: смена № { $shift } закрыта автоматически</b>
    Выручка { $revenue } ₸, в кассе { $cash } ₸.
