### Слова API и страниц.

web-key-needed-title = Нужен ключ
web-key-needed-detail = Ключа нет или он не подходит. Ничего не изменилось. Пришлите заголовок Authorization: Bearer и ключ, полученный от владельца кассы.
web-unreadable-fragments = Не понято: { $fragments }. Ничего не создано. Исправьте это и отправьте снова.
web-validation-both = Поле { $field } задано двумя способами сразу. Ничего не создано. Оставьте один.
web-validation-control-characters = В поле { $field } есть непечатные знаки. Ничего не создано. Уберите их.
web-validation-length = Поле { $field } слишком короткое или слишком длинное. Ничего не создано. Исправьте его.
web-validation-malformed = Значение поля { $field } написано не так. Ничего не создано. Деньги пишутся текстом с двумя знаками после точки — "1950.00", количество и процент — с тремя.
web-validation-missing = Нет обязательного поля { $field }. Ничего не создано. Добавьте его.
web-validation-not-json = Тело запроса — не JSON в UTF-8, либо имя поля в нём повторяется. Ничего не создано. Исправьте его.
web-validation-not-object = Тело запроса должно быть объектом JSON. Ничего не создано.
web-validation-not-text = Поле { $field } должно быть текстом: числа пишутся в кавычках, например "1950.00". Ничего не создано.
web-validation-running = Очередь этой кассы не остановлена, решать нечего. Ничего не изменилось.
web-validation-type = Значение поля { $field } не того вида. Ничего не создано. Сверьтесь с описанием API.
web-validation-unknown-field = Поля { $field } здесь не бывает. Ничего не создано. Уберите его или исправьте название.
web-validation-unknown-kind = Такого вида документа нет. Ничего не создано. Виды: sell, sell_return, buy, buy_return, deposit, withdrawal.

web-home-title = Tiyn — касса в чате
web-home-text = Здесь живут чеки. Чтобы увидеть свой, откройте ссылку или QR-код с чека.
web-home-api = Описание API
