### Первый запуск, люди кассы, пределы кассира и настройки. Параметры безопасны для HTML.

bot-command-registers = Мои кассы: выбрать или завести
bot-command-people = Люди кассы: пригласить, ограничить
bot-command-settings = Настройки кассы

welcome-stranger =
    Здравствуйте! Это касса Tiyn: вы пишете «кофе 800» и пробиваете чек прямо в чате.

    Начните с учебной кассы: это минута, документы не нужны. Настоящую заведёте, когда захотите.
    Если кассу ведёт кто-то другой, попросите у него ссылку-приглашение.
welcome-button-practice = 🎓 Учебная касса за минуту
welcome-button-real = 🧾 Завести настоящую кассу
welcome-button-back = « Назад
welcome-button-cancel = Отмена
welcome-button-make = ✔ Завести кассу
welcome-button-same = Такой же, как по-русски
welcome-button-place = 📍 Отправить, где я сейчас
welcome-button-okved = { $code }: розничная торговля
welcome-sample-title = Моя лавка
welcome-place = Вопрос { $number } из { $total }
welcome-place-left = Хорошо, с местом всё.
welcome-line = { $name }: <b>{ $value }</b>
welcome-unfit = Так записать не получилось. Прежние ответы целы. Посмотрите на пример и ответьте ещё раз.
welcome-check = <b>Проверьте, всё ли верно</b>
welcome-cancelled = Отменено, ничего не заведено. Начать можно в любой момент.
welcome-kept = Отменено. Ваша касса прежняя, можно продавать.
welcome-toast-making = Завожу кассу…
welcome-practice-address = Учебная касса, без адреса
welcome-vat-yes = Да, плательщик НДС
welcome-vat-no = Нет, без НДС
welcome-opened-practice =
    🎓 <b>{ $title }</b>: учебная касса готова.
    Её чеки ничего не значат для налоговой. Пробуйте смело.
welcome-opened-real =
    🧾 <b>{ $title }</b>: касса заведена, счётчики взяты из ОФД.
    Сообщение с токеном лучше удалить из чата.
welcome-copied = Товары из прежней кассы перенесены.
welcome-first-sale =
    Пробейте первый чек. Напишите, что продали: <code>кофе 800</code>
    Или нажмите кнопку, я напишу за вас.

welcome-ask-practice-title =
    <b>Как называется ваша лавка?</b>
    Это имя увидят на чеке. Например: <code>Кофейня у Айгуль</code>
welcome-ask-title =
    <b>Название кассы</b>
    Его увидят на чеке. Например: <code>Кофейня у Айгуль</code>
welcome-ask-iin-bin =
    <b>Ваш ИИН или БИН</b>
    12 цифр, последняя проверочная. Например: <code>900515301214</code>
welcome-ask-taxpayer =
    <b>Кто продавец по документам?</b>
    Например: <code>ИП Сериков А. Б.</code> или <code>ТОО «Нан»</code>
welcome-ask-address =
    <b>Адрес кассы по-русски</b>
    Как в документах. Например: <code>г. Алматы, ул. Абая, 10</code>
welcome-ask-address-kk =
    <b>Тот же адрес по-казахски</b>
    Например: <code>Алматы қ., Абай көшесі, 10</code>
welcome-ask-place =
    <b>Где стоит касса?</b>
    Закон велит передавать место. Нажмите кнопку внизу, если вы сейчас у кассы.
    Или напишите широту и долготу: <code>43.238949, 76.889709</code>
welcome-ask-vat =
    <b>Вы плательщик НДС?</b>
    Пример: ИП на упрощёнке чаще всего не плательщик. От этого зависит налог на чеках.
welcome-ask-okved =
    <b>Код ОКЭД</b>
    5 цифр вашего вида деятельности. Например: <code>47111</code>
welcome-ask-rnm =
    <b>РНМ кассы</b>
    Регистрационный номер из 12 цифр, его дала налоговая. Например: <code>010102345678</code>
welcome-ask-znm =
    <b>ЗНМ кассы</b>
    Заводской номер из кабинета ОФД. Например: <code>TIYN00000001</code>
welcome-ask-operator =
    <b>Какой у вас оператор (ОФД)?</b>
    Тот, с кем подписан договор. Например, АО «Казахтелеком».
welcome-ask-server =
    <b>Сервер ОФД для касс</b>
    Адрес и порт из кабинета или письма ОФД. Например: <code>ofd.example.kz:7777</code>
welcome-ask-device-id =
    <b>Номер кассы у ОФД</b>
    Идентификатор устройства из кабинета. Например: <code>1234567</code>
welcome-ask-token =
    <b>Токен от ОФД</b>
    Число из кабинета. Храню его зашифрованным и никому не показываю. Например: <code>123456789</code>

welcome-name-iin-bin = ИИН/БИН
welcome-name-taxpayer = Продавец
welcome-name-title = Название
welcome-name-address = Адрес
welcome-name-address-kk = Адрес по-казахски
welcome-name-place = Место
welcome-name-vat = НДС
welcome-name-okved = ОКЭД
welcome-name-rnm = РНМ
welcome-name-znm = ЗНМ
welcome-name-operator = ОФД
welcome-name-server = Сервер ОФД
welcome-name-device-id = Номер у ОФД
welcome-name-token = Токен

staff-role-owner = владелец
staff-role-manager = управляющий
staff-role-cashier = кассир
staff-role-viewer = наблюдатель
staff-people = <b>{ $title }</b>: люди
staff-line = • { $name }: { $role }
staff-nameless = чат { $chat }
staff-invite-cashier = + Пригласить кассира
staff-invite-manager = + Пригласить управляющего
staff-invite-viewer = + Пригласить наблюдателя
staff-invite-owner = + Пригласить ещё одного владельца
staff-button-people = « Люди
staff-button-remove = Убрать из кассы
staff-button-undo = Отменить: убрать из кассы
staff-button-card = Открыть и ограничить
staff-button-share = Переслать ссылку
staff-button-join = Принять
staff-button-not-join = Не сейчас
staff-button-use = Продавать на: { $title }
staff-card = <b>{ $name }</b>: { $role }, касса <b>{ $title }</b>
staff-limit-line = { $name }: <b>{ $value }</b>
staff-limit-receipt = Самый большой чек
staff-limit-return = Самый большой возврат
staff-limit-withdrawal = Самое большое изъятие
staff-limit-discount = Самая большая скидка
staff-limit-none = без предела
staff-limit-never = нельзя
staff-limit-money = { $total } ₸
staff-limit-percent = { $percent } %
staff-limit-ask-money = Сколько можно кассиру без вас? Напишите сумму, например: <code>50000</code>
staff-limit-ask-percent = Сколько процентов можно кассиру без вас? Например: <code>10</code>
staff-remove-ask =
    Убрать <b>{ $name }</b> из кассы <b>{ $title }</b>?
    Кнопки на его экране перестанут работать сразу. Пробитые чеки останутся.
staff-removed = Готово: этого человека больше нет в кассе <b>{ $title }</b>. Его кнопки уже не работают, чеки на месте.
staff-you-are-removed = Вас убрали из кассы <b>{ $title }</b>. Ваши чеки сохранены. Если это ошибка, попросите владельца о новой ссылке.
staff-invitation =
    Ссылка в кассу <b>{ $title }</b>, роль: { $role }.
    <code>{ $link }</code>
    Перешлите её одному человеку: действует 15 минут и один раз. Я скажу, кто пришёл.
staff-not-sent = Ссылка не отправилась, никто по ней не придёт. Нажмите кнопку ещё раз.
staff-join-ask = Вас зовут в кассу <b>{ $title }</b>, роль: <b>{ $role }</b>. Владелец увидит ваше имя.
staff-not-joined = Хорошо, вы не присоединились. Ссылка действует 15 минут с её создания.
staff-joined =
    Вы в кассе <b>{ $title }</b>, роль: { $role }.
    Напишите, что продали: <code>кофе 800</code>
staff-joined-viewer = Вы в кассе <b>{ $title }</b>, роль: { $role }. Отчёт смены: кнопка «X-отчёт» внизу.
staff-told-joined =
    👤 <b>{ $title }</b>: пришёл новый человек
    <b>{ $name }</b>, роль: { $role }. Если это не тот, отмените одной кнопкой.
staff-registers = <b>Ваши кассы</b>
staff-register = • { $title }: { $kind }, вы { $role }
staff-register-current = ✔ <b>{ $title }</b>: { $kind }, вы { $role }. Продаёте здесь
staff-practice = учебная
staff-real = настоящая
staff-current = Теперь вы продаёте на кассе <b>{ $title }</b>.
staff-gone = Этого здесь уже нет. Ничего не изменено. Откройте «Люди» ещё раз.

settings-head = <b>{ $title }</b>: настройки
settings-done = ✔ Записано. Действует со следующего чека.
settings-on = да
settings-off = нет
settings-no-vat = без НДС
settings-name-title = Название
settings-name-address = Адрес
settings-name-address-kk = Адрес по-казахски
settings-name-vat = НДС на новый товар
settings-name-auto-close = Смена закрывается сама
settings-name-at-once = Чек сразу, без кнопки
settings-name-place = Место
settings-name-operator = ОФД
settings-name-server = Сервер ОФД
settings-auto-on = Закрывать смену саму
settings-auto-off = Не закрывать смену саму
settings-once-on = Пробивать сразу, если названа оплата
settings-once-off = Сначала показывать, потом пробивать
settings-at-once-means =
    Продажа, в которой названа оплата, пробивается сразу: «2 кофе 800, нал 2000» — это 2 × 800 = 1 600, сдача 400. Ошиблись — «Возврат» под чеком.
settings-fixed =
    РНМ { $rnm }, ЗНМ { $znm }, номер у ОФД { $device }.
    Их закон менять не даёт: для других номеров заведите новую кассу.
settings-not-payer = Вы не плательщик НДС, поэтому других ставок нет.
settings-ask-title = Новое название, до 64 знаков. Например: <code>Кофейня у Айгуль</code>
settings-ask-address =
    Новый адрес по-русски. Например: <code>г. Алматы, ул. Абая, 10</code>
    Если касса переехала, сообщите и налоговой: от меня она этого не узнает.
settings-ask-address-kk = Новый адрес по-казахски. Например: <code>Алматы қ., Абай көшесі, 10</code>
settings-ask-place = Пришлите место скрепкой 📎 или напишите широту и долготу: <code>43.238949, 76.889709</code>
settings-ask-server = Новый адрес сервера от вашего ОФД. Например: <code>ofd.example.kz:7777</code>
settings-ask-vat = Какая ставка НДС стоит на новой строке, если не сказать иначе?

refusal-already-here-title = Вы уже в этой кассе
refusal-already-here-detail = Ваша роль не ниже той, что в ссылке. Ничего не изменилось, ссылка цела. Перешлите её тому, кого ждут.
refusal-answer-unfit-title = Такое значение не подходит
refusal-answer-unfit-detail = Ничего не изменилось. Откройте настройки и попробуйте ещё раз.
refusal-discount-over-limit-title = Скидка больше вашего предела
refusal-discount-over-limit-detail = Вам можно до { $percent } %. Чек не создан. Уменьшите скидку или позовите владельца.
refusal-last-owner-title = Это последний владелец
refusal-last-owner-detail = Касса не может остаться без владельца. Ничего не изменилось. Сначала пригласите другого владельца.
refusal-link-spent-title = Ссылка уже не действует
refusal-link-spent-detail = Приглашение живёт 15 минут и срабатывает один раз. Ничего не изменилось. Попросите новую ссылку.
refusal-receipt-over-limit-title = Чек больше вашего предела
refusal-receipt-over-limit-detail = Вам можно до { $most }, а здесь { $total }. Чек не создан. Позовите владельца или управляющего.
refusal-return-over-limit-title = Возврат больше вашего предела
refusal-return-over-limit-detail = Вам можно до { $most }, а здесь { $total }. Возврат не сделан. Позовите владельца или управляющего.
refusal-too-many-registers-title = Касс уже слишком много
refusal-too-many-registers-detail = У одного человека их бывает до { $limit }. Новая не заведена, прежние целы. Продавайте на одной из них.
refusal-withdrawal-over-limit-title = Изъятие больше вашего предела
refusal-withdrawal-over-limit-detail = Вам можно до { $most }, а здесь { $total }. Деньги остались в кассе. Позовите владельца или управляющего.
