### Продажа касаниями: корзина, плитки, клавиатура, оплата. Параметры уже отформатированы и безопасны для HTML.

bot-menu-goods = Товары
bot-menu-repeat = ↻ Повторить чек
bot-command-goods = Товары: продать касаниями
bot-command-r = Повторить последний чек
bot-repeat-none = Повторять пока нечего: на этой кассе ещё не было продаж. Напишите, например: <code>кофе 800</code>

cart-empty = Корзина пуста. Нажимайте товары или напишите часть названия.
cart-no-goods-owner = Каталог пока пуст. Напишите продажу, например <code>кофе 800</code>: товар запомнится сам. Или добавьте товары списком: «Каталог».
cart-no-goods = Каталог пока пуст. Напишите продажу, например <code>кофе 800</code>: товар запомнится сам.
cart-found = Нашлось по «{ $words }»: { $count }
cart-sections = Выберите раздел
cart-section-none = Без раздела
cart-line-gone = Этой позиции в корзине уже нет.
cart-moved = Корзина ниже.
cart-changed = Корзина изменилась. Ничего не пробито. Проверьте итог и нажмите ещё раз.
cart-button-amount = Сумма без товара
cart-button-sections = Разделы
cart-button-all = Все товары
cart-button-lines = Изменить
cart-button-discount = Скидка
cart-button-pay = Оплата { $total } ₸
cart-button-clear = Очистить корзину
cart-button-quantity = Количество
cart-button-remove = Убрать
cart-button-other-percent = Другой процент
cart-button-discount-sum = Скидка в ₸
cart-button-no-discount = Без скидки
cart-button-exact = Наличные без сдачи { $total } ₸
cart-button-note = { $given } → { $change }
cart-pay-hint = На кнопках: сколько дали → сдача.
cart-button-given = Другая сумма
cart-button-mixed = Смешанная оплата
cart-button-mixed-card = Наличные { $cash } + карта { $rest } ₸
cart-button-mixed-mobile = Наличные { $cash } + QR { $rest } ₸
cart-keypad-amount = Сумма без названия товара
cart-keypad-quantity = Сколько?
cart-keypad-percent = Скидка на весь чек, в процентах
cart-keypad-discount = Скидка на весь чек, в тенге
cart-keypad-given = К оплате { $total } ₸. Сколько дал покупатель?
cart-keypad-mixed = К оплате { $total } ₸. Сколько из них наличными?
cart-button-enter-amount = Добавить { $value } ₸
cart-button-enter-quantity = Поставить { $value }
cart-button-enter-percent = Скидка { $value } %
cart-button-enter-discount = Скидка { $value } ₸
cart-ask-name =
    Код <code>{ $code }</code> встретился впервые.
    Напишите название и цену, например: <code>Чай 350</code>. Я запомню.
cart-ask-price =
    Код <code>{ $code }</code>: <b>{ $name }</b>.
    Напишите цену, например: <code>350</code>. Я запомню.
cart-ask-bad = Не понял. Нужно одно название и цена, например: <code>Чай 350</code>
cart-toast-gone = Этого товара в каталоге уже нет
cart-toast-changed = Корзина изменилась, проверьте итог
