### Отказы: что случилось, что не потеряно и что сделать. Деньги приходят уже написанными словами.

refusal-other-title = Сделать это сейчас нельзя
refusal-other-detail = Ничего не изменилось, всё сделанное раньше сохранено. Код отказа — { $code }: назовите его владельцу кассы.

refusal-amount-out-of-range-title = Сумма вне пределов
refusal-amount-out-of-range-detail = Чек бывает до 9 999 999 999,99 ₸, внесение и изъятие — от 0,01 до 99 999 999,99 ₸. Документ не создан. Проверьте сумму.
refusal-autonomous-too-long-title = Автономный режим длится больше 72 часов
refusal-autonomous-too-long-detail = Новые чеки пробивать нельзя, пока все прежние не дойдут до ОФД. Прежние чеки сохранены и уйдут сами; смену закрыть можно. Восстановите связь с ОФД.
refusal-bad-iin-bin-title = ИИН или БИН с ошибкой
refusal-bad-iin-bin-detail = Контрольная цифра не сходится. Чек не создан. Сверьте 12 цифр с документом покупателя.
refusal-body-too-large-title = Запрос слишком большой
refusal-body-too-large-detail = Запрос больше 1 МиБ не читается. Ничего не создано. Разделите его на части.
refusal-broken-journal-title = Журнал кассы не сходится
refusal-broken-journal-detail = Касса остановлена, чтобы ничего не испортить. Журнал не изменён. Сразу позовите владельца кассы.
refusal-clock-went-back-title = Часы переведены назад
refusal-clock-went-back-detail = Время кассы раньше последнего чека, поэтому чек не создан. Прежние чеки на месте, смену закрыть можно. Вы ничего не сделали не так: сообщите тому, кто обслуживает кассу, пусть исправит часы.
refusal-device-in-use-title = Эта касса уже подключена
refusal-device-in-use-detail = Кассу с таким номером у этого оператора уже ведёт Tiyn. Ничего не изменилось. Проверьте номер кассы в кабинете ОФД.
refusal-discount-and-markup-title = Скидка и наценка вместе
refusal-discount-and-markup-detail = На весь чек можно дать либо скидку, либо наценку. Чек не создан. Оставьте что-то одно.
refusal-discount-out-of-range-title = Скидка или наценка вне пределов
refusal-discount-out-of-range-detail = Скидка не бывает меньше нуля и больше суммы, процент — от 0 до 100. Чек не создан. Исправьте её.
refusal-discount-scopes-conflict-title = Скидка и на товар, и на чек
refusal-discount-scopes-conflict-detail = Скидку дают либо на товары, либо на весь чек. Чек не создан. Оставьте одну из них.
refusal-drawing-busy-title = Картинок сразу слишком много
refusal-drawing-busy-detail = Сейчас рисуется много чеков. Чек сохранён и никуда не делся. Повторите через несколько секунд.
refusal-forbidden-title = Нет права на это
refusal-forbidden-detail = У вас нет права на это действие. Ничего не изменилось. Попросите право у владельца кассы.
refusal-idempotency-key-required-title = Нужен ключ повтора
refusal-idempotency-key-required-detail = Чтобы чек не пробился дважды, пришлите заголовок Idempotency-Key: от 1 до 64 печатных знаков. Ничего не создано.
refusal-idempotency-key-reused-title = Этот ключ повтора уже занят
refusal-idempotency-key-reused-detail = С этим ключом уже был другой запрос; его документ сохранён. Для нового документа возьмите новый ключ.
refusal-internal-title = Ошибка на нашей стороне
refusal-internal-detail = Запрос не выполнен до конца. Пробитые чеки сохранены. Повторите с тем же ключом: дважды ничего не пробьётся.
refusal-lane-stopped-title = Очередь в ОФД остановлена
refusal-lane-stopped-detail = ОФД не принял один из автономных чеков, и очередь ждёт решения владельца. Чеки сохранены, смену закрыть можно. Владелец решает, что делать с остановленным чеком.
refusal-method-not-allowed-title = Так сюда не обращаются
refusal-method-not-allowed-detail = По этому адресу такой запрос не принимается. Ничего не изменилось. Сверьтесь с описанием API.
refusal-name-required-title = Нет названия товара
refusal-name-required-detail = У каждой строки чека должно быть название. Чек не создан. Назовите товар или услугу.
refusal-not-enough-cash-title = В кассе не хватает наличных
refusal-not-enough-cash-detail = В кассе { $cash }, а нужно { $needed }. Документ не создан. Внесите наличные или уменьшите сумму.
refusal-not-found-title = Не найдено
refusal-not-found-detail = Такого здесь нет. Ничего не изменилось. Проверьте номер или адрес.
refusal-ofd-refused-title = ОФД не принял документ № { $number }
refusal-ofd-refused-detail = Ответ ОФД: { $text } (код { $result_code }). Документ сохранён в журнале как отклонённый, в кассе и отчётах его нет. Исправьте причину и пробейте новый.
refusal-pairing-busy-title = Слишком много новых мостов печати
refusal-pairing-busy-detail = Сейчас подключают много принтеров сразу. Ничего не создано. Повторите через минуту.
refusal-pairing-unknown-title = Такого кода нет
refusal-pairing-unknown-detail = Код введён с ошибкой, устарел или уже использован. Ничего не изменилось. Запустите tiyn-bridge pair ещё раз и введите новый код.
refusal-parent-not-found-title = Чек-основание не найден
refusal-parent-not-found-detail = На этой кассе нет такого чека для возврата. Возврат не создан. Проверьте номер чека.
refusal-parent-required-title = Нужен чек-основание
refusal-parent-required-detail = Возврат делают по чеку. Возврат не создан. Укажите номер чека этой кассы или данные чека другой кассы: признак, время, РНМ, сумму и был ли он автономным.
refusal-payments-total-mismatch-title = Оплата не сходится с итогом
refusal-payments-total-mismatch-detail = Оплачено { $paid }, а к оплате { $total }. Чек не создан. Поправьте суммы оплаты.
refusal-price-out-of-range-title = Цена вне пределов
refusal-price-out-of-range-detail = Цена бывает от 0,01 до 99 999 999,99 ₸. Чек не создан. Исправьте цену.
refusal-quantity-out-of-range-title = Количество вне пределов
refusal-quantity-out-of-range-detail = Количество бывает от 0,001 до 999 999 999. Чек не создан. Исправьте количество.
refusal-register-blocked-title = Касса заблокирована
refusal-register-blocked-detail = { $reason ->
    [blocked] ОФД заблокировал кассу; чаще всего не оплачены его услуги. Оплатите их и нажмите «Я оплатил — проверить».
    [bad_token] ОФД не узнаёт кассу: токен не подходит. Возьмите новый токен в кабинете ОФД и введите его.
    [numbering] Номера запросов у кассы и у ОФД разошлись. Позвоните в ОФД, затем проверьте связь.
    [restored] Касса восстановлена из копии и ждёт нового токена от ОФД. Введите его.
   *[other] ОФД отвечает, что обслуживать кассу сейчас нельзя. Позвоните в ОФД, затем проверьте связь.
} Чек не создан, прежние чеки сохранены, смену закрыть можно.
refusal-register-busy-title = Касса занята
refusal-register-busy-detail = Предыдущий чек этой кассы ещё ждёт ответа. Ничего не создано, ключ свободен. Повторите через несколько секунд.
refusal-return-exceeds-parent-title = Возврат больше, чем осталось
refusal-return-exceeds-parent-detail = По этому чеку осталось вернуть не больше { $left }. Возврат не создан. Уменьшите сумму или количество.
refusal-same-taxpayer-and-customer-title = Покупатель совпадает с продавцом
refusal-same-taxpayer-and-customer-detail = ИИН или БИН покупателя такой же, как у продавца. Чек не создан. Уберите его или исправьте.
refusal-shift-not-open-title = Смена не открыта
refusal-shift-not-open-detail = Открытой смены нет. Ничего не изменилось. Смена откроется сама с первым чеком.
refusal-shift-too-long-title = Смена длится больше 24 часов
refusal-shift-too-long-detail = В этой смене чеки больше пробивать нельзя. Прежние чеки сохранены. Закройте смену: новая откроется сама с первым чеком.
refusal-taken-less-than-cash-title = Получено меньше, чем к оплате
refusal-taken-less-than-cash-detail = Получено { $taken }, а наличными нужно { $cash }. Чек не создан. Проверьте, сколько дал покупатель.
refusal-total-not-positive-title = Итог не больше нуля
refusal-total-not-positive-detail = Чек с нулевым итогом не пробивают. Чек не создан. Проверьте цены, скидку и сторно.
refusal-unknown-outcome-title = Чем кончилось, пока неизвестно
refusal-unknown-outcome-detail = Связь с базой оборвалась посреди действия. Ничего не потеряно. Повторите с тем же ключом: ответ будет верным, дважды ничего не пробьётся.
refusal-unknown-payment-title = Неизвестный вид оплаты
refusal-unknown-payment-detail = Оплата бывает наличными, картой и мобильная: cash, card, mobile. Чек не создан. Выберите одну из них.
refusal-unknown-unit-title = Неизвестная единица измерения
refusal-unknown-unit-detail = Единицы с кодом { $unit } нет. Чек не создан. Возьмите код из справочника; штука — 796.
refusal-unknown-vat-title = Неизвестная ставка НДС
refusal-unknown-vat-detail = Ставка бывает 16, 12, 10, 5, 0 или none — без НДС. Чек не создан. Выберите одну из них.
refusal-unreadable-title = Не получилось прочитать
refusal-unreadable-detail = Смысл не понятен. Ничего не создано. Напишите, например: «кофе 800».
refusal-validation-title = Запрос составлен неверно
refusal-validation-detail = В запросе есть ошибка. Ничего не создано. Исправьте его и отправьте снова.
refusal-vat-not-allowed-title = Эта ставка НДС здесь не подходит
refusal-vat-not-allowed-detail = Ставка { $vat } на дату чека не действует (12 % — только при возврате чеков до 2026 года), либо у этого товара в чеке-основании была другая, либо продавец не платит НДС. Чек не создан. Уберите ставку: касса подставит верную.

## Причины автономного режима и блокировки.

reason-no-link = нет связи с ОФД
reason-timeout = ОФД не ответил за 5 секунд
reason-unavailable = ОФД временно недоступен
reason-blocked = ОФД заблокировал кассу, чаще всего из-за неоплаты
reason-bad-token = ОФД не принимает токен кассы
reason-numbering = номера запросов разошлись с ОФД
reason-service = ОФД отказал в обслуживании
reason-shift-too-long = смена длится больше 24 часов
reason-autonomous-too-long = автономный режим длится больше 72 часов
reason-power-lost = касса выключилась, не дождавшись ответа ОФД
reason-clock = часы сервера показывают не то время
reason-restored = касса восстановлена из копии
refusal-ofd-not-answering-title = ОФД не отвечает
refusal-ofd-not-answering-detail = Касса не подключена: оператор не ответил за 5 секунд. Ничего не потеряно и не создано. Проверьте адрес и номер кассы у оператора и попробуйте ещё раз.
refusal-ofd-not-ready-title = ОФД не готов подключить кассу
refusal-ofd-not-ready-detail = Оператор ответил кодом { $result_code }: «{ $text }». Касса не подключена, ничего не изменилось. Проверьте номер кассы и токен в кабинете ОФД.
refusal-shift-open-at-ofd-title = У оператора открыта смена
refusal-shift-open-at-ofd-detail = У ОФД по этой кассе открыта смена № { $shift }. Касса не подключена, ничего не изменилось. Закройте смену на прежней кассе и попробуйте ещё раз.
refusal-paid-day-past-title = Эта дата уже прошла
refusal-paid-day-past-detail = { $day } уже в прошлом. Ничего не изменено. Напишите день, до которого оплачено, с годом.
refusal-paid-day-far-title = Слишком далёкая дата
refusal-paid-day-far-detail = До { $day } больше трёх лет. Ничего не изменено. Проверьте год и напишите дату ещё раз.
refusal-paid-day-impossible-title = Такой даты нет
refusal-paid-day-impossible-detail = В календаре нет такого дня. Ничего не изменено. Напишите дату ещё раз.
refusal-too-many-webhooks-title = Слишком много вебхуков
refusal-too-many-webhooks-detail = У организации уже { $limit } вебхуков. Ничего не создано, прежние работают. Удалите ненужный.
