### Слова на чеке, отчёте и странице чека: единственная таблица обозначений (DOMAIN.md 5).

## Шапка чека

receipt-fiscal = ФИСКАЛЬНЫЙ ЧЕК
receipt-autonomous = АВТОНОМНЫЙ
receipt-practice = УЧЕБНЫЙ
receipt-practice-note = Учебный документ, законной силы не имеет
receipt-saved = регистрируется
receipt-refused = НЕ ПРИНЯТ
receipt-refused-note = Оператор не принял этот документ, он недействителен
receipt-copy = ДУБЛИКАТ
receipt-bin = БИН
receipt-iin = ИИН

## Названия документов

receipt-title-sell = ПРОДАЖА
receipt-title-sell-return = ВОЗВРАТ ПРОДАЖИ
receipt-title-buy = ПОКУПКА
receipt-title-buy-return = ВОЗВРАТ ПОКУПКИ
receipt-title-deposit = ВНЕСЕНИЕ НАЛИЧНЫХ
receipt-title-withdrawal = ИЗЪЯТИЕ НАЛИЧНЫХ
receipt-title-shift-close = Z-ОТЧЁТ
receipt-title-x-report = X-ОТЧЁТ
receipt-document = Документ
receipt-number = Порядковый номер чека
receipt-shift = Смена
receipt-cashier = Кассир

## Строки и суммы

receipt-ntin = НТИН
receipt-marking = Маркировка
receipt-storno = Сторно
receipt-cost = Стоимость
receipt-subtotal = Промежуточный итог
receipt-discount = Скидка
receipt-markup = Наценка
receipt-total = ИТОГО
receipt-sum = Сумма
receipt-vat = в т.ч. НДС
receipt-no-vat = Без НДС
receipt-vat-name = НДС
receipt-pay-cash = Наличные
receipt-pay-card = Банковская карта
receipt-pay-mobile = Мобильный платёж
receipt-taken = Получено
receipt-change = Сдача
receipt-customer = Покупатель
receipt-parent = Чек-основание для возврата
receipt-parent-number = Номер чека

## Признаки и проверка

receipt-autonomous-sign = Автономный ФП
receipt-fiscal-sign = ФП
receipt-time = Время
receipt-rnm = РНМ
receipt-znm = ЗНМ
receipt-ofd = ОФД
receipt-check-site = Для проверки чека зайдите на сайт
receipt-scan = Сканируйте для проверки
receipt-scan-page = Страница чека

## X- и Z-отчёт

receipt-x-note = отчёт без гашения
receipt-z-note = отчёт с гашением
receipt-opened = Открыта
receipt-closed = Закрыта
receipt-start-sums = Необнуляемые суммы на начало смены
receipt-end-sums = Необнуляемые суммы на конец смены
receipt-section = Секция
receipt-operations = Итог по секциям
receipt-discounts = Скидки
receipt-markups = Наценки
receipt-total-result = Итог по операциям
receipt-taxes = Налоги
receipt-turnover = Облагаемый оборот
receipt-tax-sum = Сумма налога
receipt-turnover-without-tax = Оборот без налога
receipt-op-sell = Продажа
receipt-op-sell-return = Возврат продажи
receipt-op-buy = Покупка
receipt-op-buy-return = Возврат покупки
receipt-tickets-sell = Чеки продаж
receipt-tickets-sell-return = Чеки возврата продаж
receipt-tickets-buy = Чеки покупок
receipt-tickets-buy-return = Чеки возврата покупок
receipt-count = За смену
receipt-count-ever = С регистрации
receipt-count-autonomous = Сделано автономно
receipt-tickets-discount = Скидки на чеки
receipt-tickets-markup = Наценки на чеки
receipt-placements = Внесения и изъятия
receipt-op-deposit = Внесение наличных
receipt-op-withdrawal = Изъятие наличных
receipt-cash = Наличных в кассе
receipt-revenue = Выручка смены
receipt-checksum = Контрольная сумма
receipt-chain-head = Голова журнала

## Страница чека

receipt-page-language = Язык
receipt-page-refresh = Обновить
receipt-page-check = Проверить у оператора
receipt-page-state = Состояние чека
receipt-page-digest = Отпечаток документа
receipt-page-kept = Сохраните эту страницу: она будет открываться не меньше пяти лет.
receipt-page-pdf = Скачать PDF
receipt-page-pdf-a4 = PDF на A4
receipt-page-keep = Сохранить в Telegram
receipt-page-share = Поделиться
receipt-page-more = Что можно сделать с чеком
receipt-proof-about = Отпечаток считается из байтов документа и отпечатка предыдущего документа кассы. Изменить чек задним числом и сохранить отпечаток нельзя, а Z-отчёт, который закрывает смену, несёт отпечаток её последнего документа.
receipt-proof-digest = Отпечаток этого документа (SHA-256)
receipt-proof-before = Отпечаток предыдущего
receipt-proof-z = Z-отчёт № { $number } смены { $shift } несёт этот отпечаток; документов между ними: { $between }
receipt-proof-open = Смена { $shift } ещё открыта
receipt-proof-later = Отпечаток её последнего документа появится на Z-отчёте.
receipt-proof-button = Пересчитать отпечаток здесь
receipt-proof-file = Байты и путь до Z-отчёта файлом
receipt-proof-good = Отпечаток сошёлся: чек не менялся с момента создания.
receipt-proof-bad = Отпечаток не сошёлся, этой странице нельзя верить. Проверьте чек у оператора. Получилось:
receipt-proof-unable = Этот браузер не может пересчитать отпечаток. Возьмите файл с байтами и посчитайте SHA-256 на компьютере.
receipt-state-registered = Зарегистрирован
receipt-state-autonomous = Автономный, в очереди
receipt-state-autonomous-registered = Автономный, позже зарегистрирован
receipt-state-saved = Регистрируется…
receipt-state-refused = Не принят
receipt-state-stopped = Автономный, доставка остановлена
receipt-state-settled = Автономный, передан иным путём
receipt-state-practice = Учебный документ
receipt-about-registered = Оператор фискальных данных принял этот документ и дал ему фискальный признак.
receipt-about-registered-slip = Оператор фискальных данных принял этот документ.
receipt-about-autonomous = В момент создания документа не было связи с оператором. Документ действителен: касса поставила на нём свой автономный признак. Когда связь вернётся, он уйдёт оператору сам.
receipt-about-autonomous-registered = Документ создан без связи с оператором, поэтому отметка «автономный» остаётся на нём навсегда. Позже оператор его принял.
receipt-about-saved = Документ сохранён в журнале кассы, ждём ответа оператора. Это займёт несколько секунд.
receipt-about-refused = Оператор не принял этот документ, поэтому он недействителен и нигде не учтён. Попросите у продавца новый чек.
receipt-about-stopped = Документ создан без связи и действителен. Доставка оператору остановилась, продавец с этим разбирается.
receipt-about-settled = Документ создан без связи и действителен. Владелец кассы подтвердил, что оператор получил его иным путём.
receipt-about-practice = Этот документ сделан на учебной кассе. Законной силы он не имеет.
receipt-registered-at = Принят оператором { $time }
receipt-missing-title = Такого чека здесь нет
receipt-missing-text = Возможно, ссылка скопирована не целиком или закрыта. Попросите у продавца ссылку ещё раз. По данным с бумажного чека его можно проверить и на сайте оператора:
