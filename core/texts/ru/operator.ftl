### Оператор (ОФД): как оплатить его услуги. Какие шаги у кого, сказано в таблице операторов.

operator-where-phone = телефон { $phone }
operator-where-cabinet = кабинет { $cabinet }
operator-where-contract = телефон в договоре с ОФД
operator-where-practice = переключатель на странице показа
operator-step-call = Позвоните на { $phone }: по ИИН/БИН скажут, оплачен ли ОФД и до какого дня
operator-step-cabinet = Откройте кабинет { $cabinet } и посмотрите оплату
operator-step-contract = Спросите поддержку { $operator }, оплачено ли: её телефон в вашем договоре
operator-step-pay = Оплатите услуги { $operator } по своему договору
operator-step-probe = Нажмите «Я оплатил — проверить»
operator-step-no-fee = За { $operator } платить не нужно: у Kaspi Кассы он без платы
operator-step-practice = Это учебный оператор: платить ему не нужно
operator-step-switch-on = Включите его снова на странице показа
operator-note-fee = Сама касса Tiyn бесплатная. Платят только оператору, отдельно.
operator-note-no-fee = Сама касса Tiyn бесплатная, и этот оператор платы не берёт.
