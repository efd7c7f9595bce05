### Каталог товаров: отказы.

refusal-name-taken-title = Такой товар уже есть
refusal-name-taken-detail = «{ $name }» уже есть в каталоге. Ничего не изменилось. Назовите иначе или измените тот товар.
refusal-barcode-taken-title = Этот код у другого товара
refusal-barcode-taken-detail = Штрихкод { $barcode } уже записан за другим товаром. Ничего не изменилось. Проверьте код.
refusal-bad-barcode-title = Код не читается
refusal-bad-barcode-detail = «{ $barcode }» не похоже на штрихкод: проверьте цифры. Ничего не изменилось.
refusal-bad-ntin-title = Код НКТ не читается
refusal-bad-ntin-detail = «{ $ntin }» не похоже на код НКТ: в нём только цифры и латинские буквы. Ничего не изменилось.
refusal-section-too-long-title = Слишком длинный раздел
refusal-section-too-long-detail = В названии раздела может быть до { $limit } знаков. Ничего не изменилось. Напишите короче.
refusal-too-many-sections-title = Слишком много разделов
refusal-too-many-sections-detail = Разделов может быть до { $limit }. Ничего не изменилось. Выберите один из имеющихся.
refusal-catalogue-full-title = Каталог заполнен
refusal-catalogue-full-detail = В каталоге может быть до { $limit } товаров. Ничего не изменилось. Удалите лишние.
refusal-catalogue-busy-title = Каталог сейчас меняют
refusal-catalogue-busy-detail = Кто-то ещё меняет этот каталог. Ничего не изменилось. Повторите через минуту.
refusal-cart-full-title = Корзина заполнена
refusal-cart-full-detail = В одном чеке может быть до { $limit } позиций. Остальное в корзине цело. Пробейте этот чек и начните новый.

# Отказы файлам и снимкам
refusal-table-unreadable-title = Файл не читается
refusal-table-unreadable-detail = Это не похоже на таблицу Excel или CSV. Ничего не изменилось. Пришлите файл .xlsx или .csv, можно по нашему шаблону.
refusal-table-old-excel-title = Слишком старый Excel
refusal-table-old-excel-detail = Такие файлы (.xls) я не читаю. Ничего не изменилось. Откройте его в Excel и сохраните как .xlsx.
refusal-table-too-long-title = Слишком длинный список
refusal-table-too-long-detail = За раз я читаю до { $limit } строк. Ничего не изменилось. Разделите файл на части и пришлите по одной.
refusal-table-without-goods-title = В файле не видно товаров
refusal-table-without-goods-detail = Нужны хотя бы название и цена. Ничего не изменилось. Скачайте шаблон, заполните и пришлите его.
refusal-file-too-large-title = Слишком большой файл
refusal-file-too-large-detail = Я принимаю файлы до { $limit } МБ. Ничего не изменилось. Разделите его или пришлите фото поменьше.
refusal-picture-unreadable-title = Фото не читается
refusal-picture-unreadable-detail = Этот файл не похож на фотографию. Ничего не изменилось. Сфотографируйте код ещё раз.
refusal-picture-too-large-title = Слишком большое фото
refusal-picture-too-large-detail = На фото больше 40 мегапикселей. Ничего не изменилось. Сфотографируйте код обычной камерой телефона.

goods-column-name = Наименование
goods-column-price = Цена
goods-column-unit = Ед. изм.
goods-column-section = Раздел
goods-column-vat = НДС
goods-column-barcode = Штрихкод
goods-column-ntin = НКТ
goods-column-favourite = Избранное
goods-no-vat = Без НДС
goods-template-example = Пример
goods-template-first-name = Кофе капучино
goods-template-first-section = Напитки
goods-template-second-name = Сыр, 1 кг
goods-template-second-section = Молочное
goods-bad-row = Строка
goods-bad-column = Колонка
goods-bad-value = Написано
goods-bad-mend = Что исправить
goods-mend-name-required = Нет названия. Напишите его, до 128 знаков
goods-mend-price-missing = Нет цены. Напишите её, например 800
goods-mend-price-unreadable = Цена не читается. Напишите числом, например 800 или 1200,50
goods-mend-price-out-of-range = Цена должна быть от 0,01 до 99 999 999,99
goods-mend-unknown-unit = Единицы «{ $value }» нет. Напишите шт, кг, л, м или код единицы
goods-mend-unknown-vat = Ставки «{ $value }» нет. Напишите 16, 10, 5, 0 или «без НДС»
goods-mend-vat-not-allowed = Ставка { $value } % сейчас не действует. Напишите другую или оставьте пусто
goods-mend-bad-barcode = Проверьте цифры штрихкода: последняя не сходится
goods-mend-barcode-exponent = Excel испортил код. Сделайте колонку текстовой и впишите код заново
goods-mend-barcode-taken = Этот код у другого товара в каталоге. Проверьте код или название
goods-mend-barcode-twice = Этот код уже стоит в строке { $value }. Оставьте одну
goods-mend-name-twice = Это название уже стоит в строке { $value }. Назовите иначе
goods-mend-item-twice = Это тот же товар, что в строке { $value }. Оставьте одну строку
goods-mend-bad-ntin = Код НКТ: только цифры и латинские буквы
goods-mend-section-too-long = Название раздела длиннее 32 знаков. Сократите
goods-mend-too-many-sections = Разделов больше 200. Выберите один из имеющихся
goods-mend-catalogue-full = Каталог заполнен: в нём до { $value } товаров
goods-mend-favourite-unreadable = Напишите «да» или оставьте пусто

# Каталог в чате
bot-command-catalogue = Каталог товаров: добавить, загрузить
goods-button-catalogue = Каталог
goods-home =
    <b>Каталог</b> · { $title }
    Товаров: { $count }.
    Чтобы загрузить список, пришлите сюда файл Excel или CSV.
goods-button-new = Добавить товар
goods-button-list = Список и правка
goods-button-template = Шаблон Excel
goods-button-export = Скачать всё
goods-button-copy = Скопировать на другую кассу
goods-copy-ask = На какую кассу скопировать товары с кассы «{ $title }»? Там ничего не удалится: одинаковые обновятся, новые добавятся.
goods-copied = Скопировано.
goods-list = Товаров: { $count }. Нажмите товар или напишите часть названия.
goods-ask-new = Напишите название и цену, например: <code>Кофе 800</code> или <code>Сыр 3200 кг</code>
goods-ask-name = Как назвать «{ $name }»? Напишите новое название.
goods-ask-price = Сколько стоит «{ $name }»? Напишите цену, например: <code>800</code>
goods-ask-barcode = Напишите штрихкод для «{ $name }». Чтобы убрать код, напишите <code>нет</code>
goods-ask-section = В каком разделе «{ $name }»? Нажмите или напишите новый. Чтобы убрать из раздела, напишите <code>нет</code>
goods-ask-unit = В чём считать «{ $name }»?
goods-ask-vat = Ставка НДС для «{ $name }»
goods-price-bad = Цена не читается.
goods-changed = ✔ Изменено.
goods-added = ✔ Добавлено.
goods-deleted = Удалено. В пробитых чеках название остаётся.
goods-delete-ask = Удалить «{ $name }» из каталога? Пробитые чеки не изменятся.
goods-button-delete = Удалить
goods-button-delete-now = Да, удалить «{ $name }»
goods-button-star = ★ В избранное
goods-button-unstar = ☆ Убрать из избранного
goods-card-price = Цена: { $price } ₸ за { $unit }
goods-card-section = Раздел: { $section }
goods-card-sold = Продано раз: { $count }
goods-card-learnt = Запомнился сам по чеку: цена берётся из последней продажи.
goods-vat-usual = как у кассы
goods-template-caption = Заполните и пришлите этот файл сюда. На втором листе пример.
goods-export-caption = Весь каталог. Исправьте и пришлите обратно: товары обновятся.
goods-file-not-sent = Файл не отправился: Telegram его не взял. Каталог цел. Попробуйте ещё раз через минуту.
goods-not-yours = Каталог меняет владелец или управляющий. Ничего не изменилось. Продавать из него вы можете.
goods-loaded = <b>Каталог загружен.</b> Новых: { $added }, изменено: { $changed }, без изменений: { $same }.
goods-loaded-bad = Не загружено строк: <b>{ $count }</b>
goods-row-plain = <b>Строка { $row }</b>, { $column }. { $mend }
goods-row-value = <b>Строка { $row }</b>, { $column } «{ $value }». { $mend }
goods-loaded-more = … и ещё строк: { $count }. Все они в файле ниже.
goods-loaded-mend = Исправьте их и пришлите файл ещё раз, лишнего не добавится.
goods-bad-file = Строки, которые не загрузились, и что в них исправить.
refusal-file-not-fetched-title = Файл не дошёл
refusal-file-not-fetched-detail = Telegram не отдал файл. Ничего не изменилось. Пришлите его ещё раз.

# Снимки кодов
scan-nothing = Не вижу на фото кода. Ничего не сделано. Снимите код ближе и ровнее или напишите название и цену, например: <code>чай 350</code>
scan-not-goods = Это не код товара и не чек. Ничего не сделано. Снимите штрихкод на упаковке или QR с чека.
