### Чат: вечерняя карточка владельца и итоги за период. Параметры уже отформатированы и безопасны для HTML.

bot-command-today = Итоги дня с картинкой

evening-date = { $month ->
    [1] { $day } января
    [2] { $day } февраля
    [3] { $day } марта
    [4] { $day } апреля
    [5] { $day } мая
    [6] { $day } июня
    [7] { $day } июля
    [8] { $day } августа
    [9] { $day } сентября
    [10] { $day } октября
    [11] { $day } ноября
   *[12] { $day } декабря
}
evening-date-year = { $date } { $year } г.
evening-weekday = { $weekday ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
}
evening-weekday-date = { $weekday }, { $date }
evening-weekday-short = { $weekday ->
    [1] пн
    [2] вт
    [3] ср
    [4] чт
    [5] пт
    [6] сб
   *[7] вс
}
evening-month-short = { $month ->
    [1] янв
    [2] фев
    [3] мар
    [4] апр
    [5] май
    [6] июн
    [7] июл
    [8] авг
    [9] сен
    [10] окт
    [11] ноя
   *[12] дек
}
evening-scale = тыс|млн|млрд

evening-more-day = { $weekday ->
    [1] { $percent } % к прошлому понедельнику
    [2] { $percent } % к прошлому вторнику
    [3] { $percent } % к прошлой среде
    [4] { $percent } % к прошлому четвергу
    [5] { $percent } % к прошлой пятнице
    [6] { $percent } % к прошлой субботе
   *[7] { $percent } % к прошлому воскресенью
}
evening-less-day = { $weekday ->
    [1] { $percent } % к прошлому понедельнику
    [2] { $percent } % к прошлому вторнику
    [3] { $percent } % к прошлой среде
    [4] { $percent } % к прошлому четвергу
    [5] { $percent } % к прошлой пятнице
    [6] { $percent } % к прошлой субботе
   *[7] { $percent } % к прошлому воскресенью
}
evening-more-week = { $percent } % к прошлой неделе
evening-less-week = { $percent } % к прошлой неделе
evening-more-month = { $percent } % к прошлому месяцу
evening-less-month = { $percent } % к прошлому месяцу
evening-was-week = прошлая неделя: { $sum }
evening-was-month = прошлый месяц: { $sum }
evening-was-period = { $span }: { $sum }
evening-count = { $count ->
    [one] { $count } чек
    [few] { $count } чека
   *[other] { $count } чеков
}
evening-average = средний { $sum }
evening-no-receipts = чеков нет
evening-registers = { $count ->
    [one] { $count } касса
    [few] { $count } кассы
   *[other] { $count } касс
}

evening-title = <b>Итоги · { $span }</b>
evening-hand-over = К сдаче наличными: <b>{ $sum } ₸</b>
evening-drawer-equal = Пересчёт кассы: сошлось
evening-drawer-short = Пересчёт кассы: не хватает <b>{ $sum } ₸</b>
evening-drawer-over = Пересчёт кассы: лишние <b>{ $sum } ₸</b>
evening-unsent = Ждут отправки в ОФД: <b>{ $count }</b>. Уйдут сами
evening-offline = { $hours ->
    [0] Без связи с ОФД: { $minutes } мин
   *[other] Без связи с ОФД: { $hours } ч { $minutes } мин
}
evening-z = Z-отчёт № { $shift }: { $sum } ₸, закрыта { $time } · <code>{ $head }</code>
evening-z-more = … и ещё Z-отчётов: { $count }
evening-head = Голова цепи: <code>{ $head }</code>
evening-shift-open = Смена ещё открыта, итоги не окончательные
evening-behind = Ещё не подсчитано документов: { $count }. Откройте итоги ещё раз через минуту
evening-day-total = { $span }, всё вместе: <b>{ $sum } ₸</b>, чеков { $count }
evening-register = • { $title }: <b>{ $sum } ₸</b>, чеков { $count }
evening-register-more = … и ещё касс: { $count }, вместе { $sum } ₸
evening-register-cash = К сдаче { $sum } ₸
evening-register-unsent = ждут отправки: { $count }
evening-register-open = смена открыта

evening-view-goods = <b>По товарам · { $span }</b>
evening-view-cashiers = <b>По кассирам · { $span }</b>
evening-view-hours = <b>По часам · { $span }</b>
evening-view-registers = <b>По кассам · { $span }</b>
evening-view-vat = <b>НДС · { $span }</b>
evening-goods-class = <b>{ $kind }</b>: товаров { $count }, { $share } % выручки
evening-goods-more = … и ещё товаров: { $count } на { $sum } ₸
evening-goods-none = Товаров нет
evening-cashier = • { $name }: <b>{ $sum } ₸</b>, чеков { $count }, в среднем { $average } ₸
evening-cashier-returns = возвратов { $count } на { $sum } ₸
evening-cashier-more = … и ещё кассиров: { $count }, вместе { $sum } ₸
evening-cashier-nameless = Без имени
evening-hour = { $hour } · <b>{ $sum } ₸</b> · чеков { $count }
evening-hour-more = … и ещё часов: { $count }, вместе { $sum } ₸
evening-hour-best = Больше всего: { $hour }, { $sum } ₸
evening-vat = Ставка { $rate } %: оборот { $turnover } ₸, НДС <b>{ $tax } ₸</b>
evening-vat-total = НДС всего: <b>{ $tax } ₸</b>, возвраты и покупки вычтены
evening-vat-none = Оборота с НДС нет

evening-button-today = Сегодня
evening-button-yesterday = Вчера
evening-button-week = Неделя
evening-button-month = Месяц
evening-button-goods = По товарам
evening-button-cashiers = По кассирам
evening-button-hours = По часам
evening-button-registers = По кассам
evening-button-vat = НДС
evening-button-export = Файлы: Excel, 1С
evening-button-back = « К итогам
evening-button-all = « Все кассы
evening-button-offer = Показать { $span }

evening-no-right = Итоги видят владелец, управляющий и наблюдатель кассы. Ничего не потеряно. Итог смены покажет кнопка «X-отчёт», а за итогами дня попросите владельца.
evening-toast-no-right = Итоги видят владелец и управляющий
evening-toast-export = Готовлю файл
evening-unreadable = Не понял период, ничего не изменилось. Напишите, например: <code>итоги 1.11-15.11</code>
evening-backwards = Конец периода ({ $last }) раньше начала ({ $first }). Ничего не изменилось. Поменяйте даты местами или выберите:
evening-future = Период с { $first } ещё не наступил, итогов нет. Напишите другие даты или выберите:
evening-too-long = Итоги показываю не больше чем за { $days } дней сразу. Ничего не изменилось. Возьмите период короче или выберите:
evening-empty = Чеков не было: { $span }. Ничего не потеряно. Выберите другие дни или напишите, например: <code>итоги 1.11-15.11</code>
evening-empty-today = Сегодня чеков ещё не было. Откройте итоги после первого чека или выберите другие дни.
evening-empty-picture = Чеков не было
evening-empty-picture-today = Сегодня чеков ещё не было
evening-busy = Касса сейчас пробивает чек, поэтому итоги не готовы. Ничего не потеряно. Нажмите период ещё раз.
