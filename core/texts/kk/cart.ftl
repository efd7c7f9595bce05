### Түртіп сату: себет, тауарлар, пернетақта, төлем. Параметрлер пішімделген және HTML үшін қауіпсіз.

bot-menu-goods = Тауарлар
bot-menu-repeat = ↻ Чекті қайталау
bot-command-goods = Тауарлар: түртіп сату
bot-command-r = Соңғы чекті қайталау
bot-repeat-none = Әзірге қайталайтын ештеңе жоқ: бұл кассада сату болған жоқ. Жазыңыз, мысалы: <code>шай 150</code>

cart-empty = Себет бос. Тауарды түртіңіз немесе атауының бөлігін жазыңыз.
cart-no-goods-owner = Каталог әзірге бос. Сатуды жазыңыз, мысалы <code>шай 150</code>: тауар өзі есте қалады. Немесе тауарларды тізіммен қосыңыз: «Тауар каталогы».
cart-no-goods = Каталог әзірге бос. Сатуды жазыңыз, мысалы <code>шай 150</code>: тауар өзі есте қалады.
cart-found = «{ $words }» бойынша табылды: { $count }
cart-sections = Бөлімді таңдаңыз
cart-section-none = Бөлімсіз
cart-line-gone = Бұл тауар себетте енді жоқ.
cart-moved = Себет төменде.
cart-changed = Себет өзгерді. Чек шығарылған жоқ. Жиынын тексеріп, қайта басыңыз.
cart-button-amount = Тауарсыз сома
cart-button-sections = Бөлімдер
cart-button-all = Барлық тауар
cart-button-lines = Өзгерту
cart-button-discount = Жеңілдік
cart-button-pay = Төлем { $total } ₸
cart-button-clear = Себетті тазалау
cart-button-quantity = Саны
cart-button-remove = Алып тастау
cart-button-other-percent = Басқа пайыз
cart-button-discount-sum = Жеңілдік, ₸
cart-button-no-discount = Жеңілдіксіз
cart-button-exact = Қолма-қол, қайтарымсыз { $total } ₸
cart-button-note = { $given } → { $change }
cart-pay-hint = Батырмаларда: қанша берді → қайтарым.
cart-button-given = Басқа сома
cart-button-mixed = Аралас төлем
cart-button-mixed-card = Қолма-қол { $cash } + карта { $rest } ₸
cart-button-mixed-mobile = Қолма-қол { $cash } + QR { $rest } ₸
cart-keypad-amount = Тауар атауынсыз сома
cart-keypad-quantity = Қанша?
cart-keypad-percent = Бүкіл чекке жеңілдік, пайызбен
cart-keypad-discount = Бүкіл чекке жеңілдік, теңгемен
cart-keypad-given = Төлеу керек: { $total } ₸. Сатып алушы қанша берді?
cart-keypad-mixed = Төлеу керек: { $total } ₸. Оның қаншасы қолма-қол?
cart-button-enter-amount = { $value } ₸ қосу
cart-button-enter-quantity = Саны { $value } болсын
cart-button-enter-percent = Жеңілдік { $value } %
cart-button-enter-discount = Жеңілдік { $value } ₸
cart-ask-name =
    <code>{ $code }</code> коды алғаш рет кездесті.
    Атауы мен бағасын жазыңыз, мысалы: <code>Шай 350</code>. Есте сақтаймын.
cart-ask-price =
    <code>{ $code }</code> коды: <b>{ $name }</b>.
    Бағасын жазыңыз, мысалы: <code>350</code>. Есте сақтаймын.
cart-ask-bad = Түсінбедім. Бір атау мен баға керек, мысалы: <code>Шай 350</code>
cart-toast-gone = Бұл тауар каталогта енді жоқ
cart-toast-changed = Себет өзгерді, жиынын тексеріңіз
