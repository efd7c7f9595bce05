### Чат: мәзір, сату, чек, ауысым, хабарлар. Параметрлер дайын пішімде, HTML үшін қауіпсіз.

bot-menu-x = X-есеп
bot-menu-deposit = Ақша салу
bot-menu-withdrawal = Ақша алу
bot-menu-close = Ауысымды жабу
bot-menu-help = Көмек
bot-menu-language = Тіл
bot-menu-placeholder = Мысалы: шай 150

bot-command-start = Бастау
bot-command-x = X-есеп: ауысымның қазіргі қорытындысы
bot-command-deposit = Кассаға қолма-қол ақша салу
bot-command-withdrawal = Кассадан қолма-қол ақша алу
bot-command-close = Ауысымды жабу
bot-command-state = Касса мен ФДО күйі
bot-command-pay = ФДО-ны қалай төлеу керек
bot-command-help = Мысалдармен көмек
bot-command-lang = Тілді таңдау: қазақша, русский, English

bot-example-text = шай 150
bot-button-example = Байқап көру: шай 150
bot-button-cancel = Бас тарту

bot-start-vendor =
    <b>{ $title }</b>
    Касса дайын. Не сатқаныңызды жазыңыз, мен есептеп, чекті көрсетемін. Бір батырмамен шығарасыз.

    Жазыңыз: <code>шай 150</code>
    Немесе былай: <code>2 кофе 800, нан 350, қолма-қол 2000</code>
bot-start-practice = Бұл оқу кассасы: оның чектерінің салық үшін мәні жоқ. Еркін байқап көріңіз.
bot-start-viewer =
    <b>{ $title }</b>
    Сіз бұл кассаның есептерін көре аласыз. Сату үшін кассашы рөлі керек: иесінен сұраңыз.
bot-start-receipt = Сіздің чегіңіз: <b>{ $title }</b>, { $total } ₸, { $when }.
bot-start-receipt-button = Чекті ашу
bot-start-receipt-unknown = Мұндай чек жоқ. Сілтемені тексеріңіз немесе чектегі QR кодты қайта сканерлеңіз.
bot-stranger = Сізде касса жоқ, сондықтан чек шығарылған жоқ. Иесінен сізді қосуын сұраңыз. Чат нөміріңіз: <code>{ $chat }</code>
bot-not-allowed = Бұл кассада сіз тек есептерді көре аласыз. Ештеңе жасалған жоқ. Иесінен кассашы рөлін сұраңыз.
bot-group = Мен тек жеке чатта жұмыс істеймін: касса бөтен көзге арналмаған. Менімен чат ашып, жазыңыз: шай 150
bot-language-ask = Тілді таңдаңыз
bot-language-set = Дайын, енді қазақша жазамын.
bot-help =
    <b>Қалай сатамын?</b>
    Тауар мен бағасын жазыңыз, мен есептеймін:
    <code>шай 150</code>
    <code>2 кофе 800, нан 350</code>
    <code>1,5 кг ірімшік 3200 карта</code>
    <code>шай 150 нан 200 қолма-қол 2000</code>
    Қорытындыны тексеріп, сомасы жазылған батырманы басыңыз.

    <b>Түртіп сату</b>: төмендегі «Тауарлар» батырмасы, штрихкод фотосы немесе атауының бөлігі. Каталог: осында Excel файлы немесе /catalogue.
    <b>Қайтару</b>: чек хабарына «қайтару» деп жауап беріңіз немесе астындағы «Қайтару» батырмасын басыңыз. Бөлігі: <code>қайтару кофе</code>
    <b>Чектер</b>: <code>чектер</code>, <code>іздеу кофе</code>, <code>іздеу 800</code>
    <b>Қолма-қол ақша</b>: <code>салу 5000</code>, <code>алу 2000</code>
    <b>Ауысым</b> алғашқы чекпен өзі ашылады. Жабу батырмасы төменде.
    <b>Қорытынды</b> суретпен: <code>қорытынды</code>, <code>қорытынды кеше</code>, <code>қорытынды 1.11-15.11</code>

    <b>ФДО</b>: <code>касса</code> — жағдайы, <code>қалай төлеймін</code> — төлеу қадамдары мен мерзімі.

    <b>Белгілер</b>: ✔ сақталды, ✔✔ ФДО қабылдады, ☁✕ автономды (ФДО-ға өзі кетеді), ✖ ФДО қабылдамады.
    Байланыс жоқ па? Сата беріңіз: касса 72 сағат автономды жұмыс істейді.
bot-not-text = Мен мәтінді, штрихкод немесе чек QR-ының фотосын және тауар файлын түсінемін. Ештеңе жасалған жоқ. Жазыңыз, мысалы: <code>шай 150</code>
bot-too-long = Хабар тым ұзын: { $length } таңба, ал мен { $limit } таңбаға дейін оқимын. Ештеңе жасалған жоқ. Чекті бөліп жазыңыз.
bot-unreadable =
    Түсінбедім, ештеңе жасалған жоқ.
    Тауар мен бағасын жазыңыз, мысалы: <code>шай 150</code> немесе <code>2 кофе 800, нан 350, қолма-қол 2000</code>
bot-unreadable-fragments =
    Түсінбедім: { $fragments }. Ештеңе жасалған жоқ.
    Тауар мен бағасын жазыңыз, мысалы: <code>шай 150</code> немесе <code>2 кофе 800, нан 350, қолма-қол 2000</code>
bot-broken =
    Біздің тараптағы қатеден жауап көрсетілмеді. Шығарылған чектер жоғалған жоқ.
    Бір минуттан кейін қайталап көріңіз.

bot-sale-total = Барлығы: <b>{ $total } ₸</b>
bot-sale-more-lines = … және тағы { $count } тауар
bot-sale-discount = Жеңілдік: { $sum } ₸
bot-sale-markup = Үстеме: { $sum } ₸
bot-line-discount = жеңілдік { $sum }
bot-line-markup = үстеме { $sum }
bot-sale-how-paid = Қалай төледі?
bot-pay-cash = Қолма-қол
bot-pay-card = Банк картасы
bot-pay-mobile = QR төлемі
bot-paid = { $type } { $sum } ₸
bot-paid-taken = алынды { $taken } ₸
bot-paid-change = қайтарым <b>{ $change } ₸</b>
bot-button-make = Чек беру: { $total } ₸
bot-button-make-change = Чек беру: { $total } ₸ · қайтарым { $change }
bot-button-pay-cash = Қолма-қол { $total } ₸
bot-button-pay-card = Картамен { $total } ₸
bot-button-pay-mobile = QR арқылы { $total } ₸
bot-button-reading = Жоқ, барлығы { $total } ₸: { $line }
bot-button-refused = ✖ № { $number } чекті ФДО қабылдамады
bot-cancelled = Бас тартылды, чек шығарылған жоқ.

bot-toast-making = Чекті жасап жатырмын: { $total } ₸…
bot-toast-already = Чек шығарылып қойған: № { $number }
bot-toast-already-refused = № { $number } чекті ФДО қабылдамады
bot-toast-in-work = Жасап жатырмын…
bot-toast-cancelled = Бұл чектен бас тартылған. Қайта жазыңыз
bot-toast-cancelling = Бас тартып жатырмын
bot-toast-reading = Былай есептеймін: { $total } ₸
bot-toast-old = Бұл батырма ескірген. Чекті қайта жазыңыз
bot-toast-foreign = Бұл сіздің батырмаңыз емес
bot-toast-not-allowed = Бұл кассада құқығыңыз жоқ
bot-toast-return = № { $number } чекті қайтару
bot-toast-close = Ауысымды жауып жатырмын
bot-toast-deposit = Ақша салуды жасап жатырмын: { $total } ₸…
bot-toast-withdrawal = Ақша алуды жасап жатырмын: { $total } ₸…
bot-toast-probe = ФДО-мен байланысты тексеремін

bot-title-sell = № { $number } чек
bot-title-sell-return = № { $number } қайтару
bot-title-buy = № { $number } сатып алу
bot-title-buy-return = № { $number } сатып алуды қайтару
bot-title-deposit = № { $number } ақша салу
bot-title-withdrawal = № { $number } ақша алу
bot-title-shift-close = № { $number } Z-есеп
bot-head-change = қайтарым { $change } ₸
bot-basis = Негізі: № { $number } чек
bot-practice = Оқу чегі, фискалдық емес
bot-button-receipt = Чекті ашу
bot-button-return = Қайтару
bot-qr-caption = { $title } · { $total } ₸. Сатып алушы сканерлеп, өз чегін көреді.
bot-cash-now = Кассада { $cash } ₸

bot-state-saved = Сақталды, ФДО жауабын күтіп тұрмыз…
bot-state-registered = ФБ { $sign } · ФДО қабылдады: { $time }
bot-state-registered-plain = ФДО қабылдады: { $time }
bot-state-autonomous = Автономды: { $reason }. ФДО-ға өзі кетеді
bot-state-autonomous-queue = Автономды: { $reason }. Кезекте { $place }-орында, ФДО-ға өзі кетеді
bot-state-autonomous-sign = Автономды ФБ { $sign }
bot-state-autonomous-registered = ФБ { $sign } · автономды болған, ФДО қабылдады: { $time }
bot-state-autonomous-registered-plain = Автономды болған, ФДО қабылдады: { $time }
bot-state-refused = ФДО қабылдамады: { $text }. Ақша есепке алынған жоқ, чек жарамсыз. Түзетіп, қайта шығарыңыз
bot-state-stopped = ФДО кезегі осы чекте тұр: { $text }. Чек жарамды, иесі шешуі керек
bot-state-settled = ФДО-мен кезектен тыс реттелді: иесі солай шешті
bot-state-practice = Оқу чегі сақталды, ФДО-ға жіберілмейді

bot-reason-no-link = ФДО-мен байланыс жоқ
bot-reason-timeout = ФДО 5 секундта жауап бермеді
bot-reason-unavailable = ФДО қызметі уақытша қолжетімсіз
bot-reason-blocked = ФДО кассаны бұғаттады
bot-reason-bad-token = ФДО касса токенін танымады
bot-reason-numbering = ФДО сұрау нөмірін қабылдамады
bot-reason-service = ФДО кассаға қызмет көрсетуден бас тартты
bot-reason-shift-too-long = ауысым 24 сағаттан асты
bot-reason-autonomous-too-long = автономды режим 72 сағаттан асты
bot-reason-power-lost = касса ФДО жауабын күтпей өшіп қалды
bot-reason-rejected = ФДО құжатты қабылдамады
bot-reason-clock = сағат бұзылған
bot-reason-restored = касса көшірмеден қалпына келтірілген
bot-reason-other = ФДО жауап бермейді

bot-return-ask =
    № { $number } чекті толық қайтару: <b>{ $total } ₸</b>?
    { $payments }
bot-return-not-sale = Тек сату чегін қайтаруға болады. Ештеңе жасалған жоқ.
bot-button-return-make = { $total } ₸ қайтару

bot-cash-ask-deposit = Кассаға қанша салу керек? Соманы басыңыз немесе жазыңыз, мысалы: <code>5000</code>
bot-cash-ask-withdrawal = Кассадан қанша алу керек? Қазір онда { $cash } ₸ бар. Соманы басыңыз немесе жазыңыз, мысалы: <code>2000</code>
bot-cash-confirm-deposit = Кассаға <b>{ $total } ₸</b> салу керек пе?
bot-cash-confirm-withdrawal = Кассадан <b>{ $total } ₸</b> алу керек пе?
bot-button-deposit = { $total } ₸ салу
bot-button-withdrawal = { $total } ₸ алу
bot-button-withdrawal-all = Бәрін алу: { $total } ₸
bot-cash-bad = Сома 0,01 мен 99 999 999,99 ₸ аралығында болуы керек. Ештеңе жасалған жоқ. Мысалы, былай жазыңыз: <code>салу 5000</code>

bot-x-title = <b>X-есеп</b> · № { $shift } ауысым · { $time }
bot-x-opened = Ашылған уақыты { $opened }, жабу мерзімі { $until }
bot-shift-none =
    Ауысым ашылмаған: әлі чек болған жоқ.
    Алғашқы чекпен өзі ашылады. Жазыңыз: <code>шай 150</code>
bot-close-ask =
    № { $shift } ауысымды жабу керек пе?
    Чектер: { $count }, түсім { $revenue } ₸, кассада { $cash } ₸.
bot-button-close = № { $shift } ауысымды жабу
bot-button-close-withdraw = Жабу және { $cash } ₸ алу
bot-z-title = <b>{ $mark } Z-есеп</b> · № { $shift } ауысым жабылды: { $time }
bot-z-autonomous-mark = Автономды жабылды, ФДО-ға өзі кетеді
bot-sum-payment = { $type } { $sum } ₸
bot-sum-returns = Қайтарулар: { $count }, { $sum } ₸
bot-sum-purchases = Сатып алулар: { $count }, { $sum } ₸
bot-sum-placements = Салынды { $deposits } ₸, алынды { $withdrawals } ₸
bot-sum-cash = Кассада: <b>{ $cash } ₸</b>
bot-sum-offline = Автономды чектер: { $count }
bot-sum-head = Тізбек басы: <code>{ $head }</code>

bot-button-paid = Төледім — тексеру
bot-news-online = { $count ->
    [0] ✔✔ <b>{ $title }</b>: ФДО-мен байланыс бар
   *[other] ✔✔ <b>{ $title }</b>: ФДО-мен байланыс бар, { $count } құжат жіберілді
}
bot-news-replay = <b>{ $title }</b>: ФДО-ға жіберіп жатырмын, { $left } қалды
bot-news-replay-done = <b>{ $title }</b>: бәрі ФДО-ға жіберілді
bot-news-clock =
    ⚠ <b>{ $title }: сағат алға секірді</b>
    Уақыт дұрыс болса, ештеңе істеудің қажеті жоқ. Дұрыс болмаса, келесі чекке дейін сервер сағатын түзетіңіз.
bot-news-closes-soon =
    <b>{ $title }: ауысымға жақында 24 сағат болады</b>
    Жабу мерзімі { $until }. Жабылмаса, жаңа чек болмайды.

bot-operator-silent = ФДО себебін айтпады (коды { $code })
bot-operator-no-words = ФДО себебін айтпады
bot-sum-digest = Осы Z-есеп, № { $number } құжат: <code>{ $digest }</code>
bot-toast-qr = № { $number } чектің QR коды
bot-toast-ready = Дайын
bot-news-difference =
    ⚠ <b>{ $title }: ФДО есептегіштері біздікінен өзгеше</b>
    Айырмашылық саны: { $count }. Біздің деректер өзгерген жоқ, сатуға болады.
    Не істеу керек: касса есебін ФДО кабинетімен салыстырып, ФДО-ға қоңырау шалыңыз.

bot-button-retry = Қайталау
bot-button-settle = ФДО-мен өзім реттедім
bot-button-settled = Иә, № { $number } құжат реттелді
bot-button-encode = Басқа нұсқада жіберу
bot-button-encoded = Иә, { $version } нұсқасында жіберу
bot-toast-retry = Қайта жіберіп жатырмын
bot-toast-settled = Жазып жатырмын: № { $number } құжат реттелді
bot-toast-encoded = № { $number } құжатты басқа нұсқада жіберіп жатырмын
bot-toast-confirm = Тексеріп, растаңыз
bot-toast-not-yours = Иесі немесе басқарушы шешеді
bot-settle-ask =
    <b>№ { $number } құжат ФДО-мен реттеліп қойды ма?</b>
    Құжатты ФДО-ға басқа жолмен өзіңіз тапсырған болсаңыз немесе ФДО оны тапсырудың қажеті жоқ деп жауап берсе ғана растаңыз.
    Касса бұл құжатты енді ешқашан жібермейді. Ол журналда және есептерде қалады, кезек әрі қарай жүреді. Бұл шешімді кері қайтару мүмкін емес.
bot-settle-left = Шешім қабылданған жоқ. № { $number } құжат өзгермеді, кезек күтіп тұр.
bot-encode-ask =
    <b>№ { $number } құжатты хаттаманың басқа нұсқасында жіберу керек пе?</b>
    Қазір касса ФДО-мен { $now } нұсқасында сөйлеседі. Бұл құжат пен одан кейінгілердің бәрі { $other } нұсқасында кетеді; чектер, сомалар мен нөмірлер өзгермейді.
    ФДО қолдау қызметі мәселе хаттаманың нұсқасында деп айтса ғана растаңыз.
bot-lane-settled = Шешіміңіз жазылды: № { $number } құжат ФДО-мен кассасыз реттелді.
bot-lane-encoded = Касса { $version } нұсқасына көшті: № { $number } құжат сол нұсқада қайта жіберілді.
bot-lane-runs = Бұл шешім енді керек емес: касса бұған бола тоқтап тұрған жоқ. Ештеңе өзгерген жоқ.
bot-lane-busy = Касса қазір ФДО-мен алмасып жатыр. Ештеңе өзгерген жоқ, бір минуттан кейін қайталап көріңіз.
bot-lane-fine = ✔✔ Касса ФДО-мен байланыста, бәрі жіберілді.
bot-token-given = Жаңа токен кассаға берілді. Ол жазылған хабарды чаттан өшірген дұрыс.
bot-token-bad = Бұл токенге ұқсамайды: 1 мен 4 294 967 295 аралығындағы бүтін сан керек. Ештеңе өзгерген жоқ. Былай жіберіңіз: <code>токен 123456789</code>
bot-token-not-yours = ФДО касса токенін танымады, бірақ жаңасын енгізуге құқығыңыз жоқ. Ештеңе өзгерген жоқ.
bot-token-not-wanted =
    Қазір жаңа токен керек емес, ештеңе өзгерген жоқ.
    «Токен» деген тауар сатсаңыз, оны басқаша атаңыз, мысалы: <code>жетон 500</code>

bot-news-closes-itself =
    <b>{ $title }: ауысымға жақында 24 сағат болады</b>
    Ештеңе істеудің қажеті жоқ: ол өзі жабылады, мерзімі { $until }. Ертерек жабуға да болады.
bot-news-close-refused =
    ⚠ <b>{ $title }: № { $shift } ауысым өзі жабылмады</b>
    ФДО жабуды қабылдамады: { $text } (коды { $code }). Шығарылған чектер жоғалған жоқ.
    Не істеу керек: ауысымды батырмамен жабыңыз. ФДО тағы қабылдамаса, оған қоңырау шалып, осы кодты айтыңыз.
bot-news-not-compared =
    ⚠ <b>{ $title }: ФДО есептегіштерді салыстыруға бермеді</b>
    Салыстыру сұрауына ол былай жауап берді: { $text } (коды { $code }). Біздің деректер өзгерген жоқ, сатуға болады.
    Не істеу керек: ФДО-ға қоңырау шалып, осы кодты айтыңыз.

bot-return-already =
    <b>Бұл чек толық қайтарылып қойған</b>
    Оны екінші рет қайтаруға болмайды. Ештеңе жасалған жоқ.
bot-cash-how = Ештеңе жасалған жоқ. Кассаға ақша салу және алу былай жазылады: <code>салу 5000</code> немесе <code>алу 2000</code>
bot-toast-return-making = Қайтаруды жасап жатырмын: { $total } ₸…
bot-shift-none-no-sales = Қазір ауысым ашылмаған.
bot-news-closed-itself =
    <b>{ $title }: № { $shift } ауысым автоматты түрде жабылды</b>
    Түсім { $revenue } ₸, кассада { $cash } ₸.
