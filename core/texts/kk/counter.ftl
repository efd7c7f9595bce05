### Чат: чектер, қайтарулар, кассаны санау, таспа, жұмыс күні. Параметрлер пішімделген және HTML үшін қауіпсіз.

bot-menu-feed = Чектер
bot-command-receipts = Ауысым чектері, іздеу
bot-command-day = Жұмыс күні қашан басталады

counter-button-details = Толығырақ
counter-button-send = Жіберу
counter-button-print = Көшірмесін басу
counter-button-pdf = PDF файл
counter-button-copy-link = Сілтемені көшіру
counter-copy-asked = № { $number } чектің көшірмесі принтерге жіберілді.
counter-copy-no-printer = Бұл кассаға принтер қосылмаған, сондықтан көшірме басылмады. Чекті файлмен немесе сілтемемен жіберіңіз.
counter-toast-copy = № { $number } чектің көшірмесі
counter-toast-pdf = PDF дайындап жатырмын
counter-toast-changed = Сома өзгерді: { $total } ₸. Қайта тексеріңіз

counter-return-title = № { $number } чекті қайтару: не қайтарылды?
counter-return-left = Қайтаруға қалғаны: { $left } ₸
counter-return-rest =
    № { $number } чектің бір бөлігі қайтарылған. Қалған <b>{ $total } ₸</b> қайтарылсын ба?
counter-return-total = Қайтарылады: <b>{ $total } ₸</b>
counter-return-nothing = Әзірге ештеңе таңдалмады. Не қайтарылғанын белгілеңіз.
counter-button-part = Чектің бөлігі немесе басқа төлем
counter-button-page = Тағы позициялар · { $page } / { $pages }
counter-link-unreadable = Чек сілтемесі танылмады, ештеңе жасалмады. Чектің QR-кодындағы сілтемені толық жіберіңіз.
counter-link-lacks = Бұл сілтемеде касса, сома немесе чектің күні көрінбейді, сондықтан оны мұнда қайтаруға болмайды. Ештеңе жасалмады. Чек шығарылған кассада қайтарыңыз.
counter-elsewhere-title = Басқа кассаның чегін қайтару
counter-elsewhere-facts =
    ФБ { $sign } · КТН { $rnm }
    { $made } шығарылған, { $total } ₸
counter-elsewhere-goods = Тауар
counter-return-which = Қай чекті қайтарамыз?
counter-return-which-other = Керегі мұнда жоқ болса: чек хабарына «қайтару» деп жауап беріңіз, сілтемесін не QR-кодының фотосын жіберіңіз.
counter-return-nothing-sold = Қайтаратын ештеңе жоқ: бұл кассада әлі сату болған жоқ. Басқа кассаның чегін сілтемесі не QR-кодының фотосы арқылы қайтаруға болады.
counter-elsewhere-how = Бәрі қайтарылмай ма? Соманы немесе тауарды жазыңыз, мысалы: <code>кофе 800</code>
counter-elsewhere-unread = Не қайтарылғаны түсініксіз, ештеңе жасалмады. Соманы немесе тауарды бағасымен жазыңыз, мысалы: <code>кофе 800</code>

counter-time-made = { $time } · шығарылды
counter-time-made-by = { $time } · шығарылды, кассашы { $name }
counter-time-registered = { $time } · жіберілді, ФДО қабылдады
counter-time-autonomous = { $time } · автономды: { $reason }
counter-time-refused = { $time } · ФДО қабылдамады: { $text } (код { $code })
counter-time-practice = { $time } · оқу чегі, ФДО-ға жіберілмейді
counter-time-retry = { $time } · қайта жіберу шешілді: { $why }
counter-time-encode-again = { $time } · хаттаманың басқа нұсқасымен жіберу шешілді: { $why }
counter-time-settled-outside = { $time } · ФДО-мен кассасыз реттелді деп шешілді: { $why }
counter-time-unanswered = Жауапсыз қалған әрекет: { $count }
counter-time-now-saved = ФДО жауабын күтіп тұр
counter-time-now-autonomous = Кезекте тұр, ФДО-ға өзі жіберіледі
counter-time-now-stopped = Кезек осы чекте тұр: { $text }. Иесі шешеді
counter-time-told-later = { $time } · кезектен жіберілді, ФДО қабылдады
counter-time-print-printed = Басып шығарылды
counter-time-print-waiting = Принтерді күтіп тұр
counter-time-print-failed = Басылмады: принтер дайын емес, өзі қайталайды
counter-time-copies = Көшірме: { $count }, басылғаны { $printed }
counter-time-returned = № { $number } қайтару, { $total } ₸
counter-time-more = … тағы жазба: { $count }

counter-kept-registered = Чекті фискалдық деректер операторы қабылдады: { $time }
counter-kept-autonomous = Чек жарамды. Байланыс пайда болғанда деректер операторға жіберіледі
counter-kept-refused = Оператор бұл чекті қабылдамады: ол жарамсыз. Сатушыдан жаңасын сұраңыз
counter-kept-practice = Бұл оқу чегі, фискалдық емес
counter-kept-saved = Чек тіркеліп жатыр…

counter-button-equal = Дұрыс: { $cash } ₸
counter-button-type = Басқа сома
counter-count-ask = Кассада қанша қолма-қол ақша бар? { $cash } ₸ болуы керек. Санағаныңызды жазыңыз, мысалы: <code>5000</code>
counter-count-equal = Саналды: { $counted } ₸, касса дұрыс шықты
counter-count-short = Саналды: { $counted } ₸, <b>{ $difference } ₸</b> жетпейді
counter-count-over = Саналды: { $counted } ₸, <b>{ $difference } ₸</b> артық
counter-close-moved = Ауысымды жабу төменде.
counter-count-bad = Сома түсініксіз, ештеңе жасалмады. Санағаныңызды жазыңыз, мысалы: <code>5000</code>
counter-reason-ask = Неге? Себебін басыңыз немесе жазыңыз.
counter-reason-change = Қайтарымда қателестік
counter-reason-missed = Чек шығарылмай қалды
counter-reason-expenses = Шығынға алынды
counter-reason-unknown = Белгісіз
counter-reason-none = себебі айтылмады

counter-sum-sales = Сату: { $count } чек, <b>{ $sum } ₸</b>, орташа { $average } ₸
counter-sum-buy-returns = Сатып алуды қайтару: { $count }, { $sum } ₸
counter-sum-revenue = Түсім: <b>{ $sum } ₸</b>, қайтарулар мен сатып алулар шегерілген
counter-sum-payment-net = { $type }: { $came } − { $went } = { $sum } ₸

counter-feed-shift = № { $shift } ауысымның чектері
counter-feed-today = Бүгінгі чектер
counter-feed-found = «{ $words }» бойынша табылғаны
counter-feed-empty = Мұнда бос.
counter-feed-not-found = Ештеңе табылмады. Нөмірі, сомасы және тауар атауы бойынша іздеймін.
counter-feed-none =
    Әлі чек болған жоқ.
    Жазыңыз: <code>кофе 800</code>
counter-feed-ask = Нені табу керек? Нөмірін, сомасын немесе тауарды жазыңыз, мысалы: <code>кофе</code>
counter-filter-all = Барлығы
counter-filter-unsent = ФДО-да жоқ
counter-filter-returns = Қайтару
counter-filter-cash = Салу мен алу
counter-button-older = Бұрынғы ›
counter-button-newest = « Жаңаларына
counter-button-today = Бүгін
counter-button-find = Іздеу
counter-button-shift = № { $shift } ауысым
counter-button-feed-back = « Ауысым чектеріне

counter-day-words = жұмыс күні
counter-day-is =
    <b>Жұмыс күні сағат { $hour } басталады</b>
    Бүгінгісі { $began } басталды. «Бүгінгі чектер» соған қарай есептеледі; ауысымдар мен Z-есептер оған тәуелді емес.
counter-day-ask = Түнде жұмыс істейсіз бе? Жаңа күн басталатын сағатты таңдаңыз.
counter-day-not-yours = Өзгертуге иесі немесе басқарушы құқылы.
