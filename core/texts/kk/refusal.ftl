### Бас тартулар: не болды, не жоғалмады және не істеу керек. Ақша мұнда дайын жазылып келеді.

refusal-other-title = Қазір мұны істеу мүмкін емес
refusal-other-detail = Ештеңе өзгерген жоқ, бұрын жасалғанның бәрі сақталған. Бас тарту коды — { $code }: оны касса иесіне айтыңыз.

refusal-amount-out-of-range-title = Сома шектен тыс
refusal-amount-out-of-range-detail = Чек 9 999 999 999,99 ₸-ге дейін, ақша салу мен алу 0,01 ₸-ден 99 999 999,99 ₸-ге дейін болады. Құжат жасалмады. Соманы тексеріңіз.
refusal-autonomous-too-long-title = Автономды режим 72 сағаттан асты
refusal-autonomous-too-long-detail = Бұрынғы чектердің бәрі ФДО-ға жеткенше жаңа чек шығаруға болмайды. Бұрынғы чектер сақталған, өздері жіберіледі; ауысымды жабуға болады. ФДО-мен байланысты қалпына келтіріңіз.
refusal-bad-iin-bin-title = ЖСН не БСН қате
refusal-bad-iin-bin-detail = Бақылау цифры сәйкес емес. Чек жасалмады. 12 цифрды сатып алушының құжатымен салыстырыңыз.
refusal-body-too-large-title = Сұрау тым үлкен
refusal-body-too-large-detail = 1 МиБ-тан үлкен сұрау оқылмайды. Ештеңе жасалмады. Оны бөліп жіберіңіз.
refusal-broken-journal-title = Касса журналы сәйкес келмейді
refusal-broken-journal-detail = Ештеңе бүлінбеуі үшін касса тоқтатылды. Журнал өзгертілген жоқ. Касса иесін дереу шақырыңыз.
refusal-clock-went-back-title = Сағат артқа жылжытылған
refusal-clock-went-back-detail = Касса уақыты соңғы чектен ерте, сондықтан чек жасалмады. Бұрынғы чектер орнында, ауысымды жабуға болады. Сіздің кінәңіз жоқ: кассаға қызмет көрсететін адамға хабарлаңыз, сағатты түзетсін.
refusal-device-in-use-title = Бұл касса қосылып қойған
refusal-device-in-use-detail = Осы оператордағы мұндай нөмірлі кассаны Tiyn жүргізіп отыр. Ештеңе өзгерген жоқ. ФДО кабинетінен касса нөмірін тексеріңіз.
refusal-discount-and-markup-title = Жеңілдік пен үстеме бірге тұр
refusal-discount-and-markup-detail = Бүкіл чекке не жеңілдік, не үстеме беріледі. Чек жасалмады. Біреуін ғана қалдырыңыз.
refusal-discount-out-of-range-title = Жеңілдік не үстеме шектен тыс
refusal-discount-out-of-range-detail = Жеңілдік нөлден кем де, сомадан артық та болмайды, пайыз 0-ден 100-ге дейін. Чек жасалмады. Оны түзетіңіз.
refusal-discount-scopes-conflict-title = Жеңілдік тауарға да, чекке де берілген
refusal-discount-scopes-conflict-detail = Жеңілдік не тауарларға, не бүкіл чекке беріледі. Чек жасалмады. Біреуін ғана қалдырыңыз.
refusal-drawing-busy-title = Сурет сұраушылар тым көп
refusal-drawing-busy-detail = Қазір көп чек салынып жатыр. Чек сақталған, ештеңе жоғалған жоқ. Бірнеше секундтан кейін қайталаңыз.
refusal-forbidden-title = Бұған құқық жоқ
refusal-forbidden-detail = Сізде бұл әрекетке құқық жоқ. Ештеңе өзгерген жоқ. Касса иесінен құқық сұраңыз.
refusal-idempotency-key-required-title = Қайталау кілті керек
refusal-idempotency-key-required-detail = Чек екі рет шықпауы үшін Idempotency-Key тақырыбын жіберіңіз: 1-ден 64-ке дейін басылатын таңба. Ештеңе жасалмады.
refusal-idempotency-key-reused-title = Бұл қайталау кілті бос емес
refusal-idempotency-key-reused-detail = Бұл кілтпен басқа сұрау келген; оның құжаты сақталған. Жаңа құжатқа жаңа кілт алыңыз.
refusal-internal-title = Қате біздің жақта
refusal-internal-detail = Сұрау соңына дейін орындалмады. Шығарылған чектер сақталған. Сол кілтпен қайталаңыз: ештеңе екі рет шықпайды.
refusal-lane-stopped-title = ФДО-ға кезек тоқтап тұр
refusal-lane-stopped-detail = ФДО автономды чектердің бірін қабылдамады, кезек касса иесінің шешімін күтіп тұр. Чектер сақталған, ауысымды жабуға болады. Тоқтаған чекті не істеу керегін касса иесі шешеді.
refusal-method-not-allowed-title = Бұл мекенжайға бұлай жүгінбейді
refusal-method-not-allowed-detail = Бұл мекенжай мұндай сұрауды қабылдамайды. Ештеңе өзгерген жоқ. API сипаттамасын қараңыз.
refusal-name-required-title = Тауардың атауы жоқ
refusal-name-required-detail = Чектің әр жолында атау болуы керек. Чек жасалмады. Тауарды не қызметті атаңыз.
refusal-not-enough-cash-title = Кассада қолма-қол ақша жетпейді
refusal-not-enough-cash-detail = Кассада { $cash }, ал керегі { $needed }. Құжат жасалмады. Ақша салыңыз не соманы азайтыңыз.
refusal-not-found-title = Табылмады
refusal-not-found-detail = Мұнда ондай жоқ. Ештеңе өзгерген жоқ. Нөмірді не мекенжайды тексеріңіз.
refusal-ofd-refused-title = ФДО № { $number } құжатты қабылдамады
refusal-ofd-refused-detail = ФДО жауабы: { $text } (код { $result_code }). Құжат журналда қабылданбаған деп сақталды, кассада да, есептерде де ол жоқ. Себебін түзетіп, жаңасын шығарыңыз.
refusal-pairing-busy-title = Жаңа баспа көпірлері тым көп
refusal-pairing-busy-detail = Қазір бірден көп принтер қосылып жатыр. Ештеңе жасалмады. Бір минуттан кейін қайталаңыз.
refusal-pairing-unknown-title = Мұндай код жоқ
refusal-pairing-unknown-detail = Код қате терілген, ескірген немесе қолданылып қойған. Ештеңе өзгерген жоқ. tiyn-bridge pair бағдарламасын қайта іске қосып, жаңа кодты теріңіз.
refusal-parent-not-found-title = Негіз болған чек табылмады
refusal-parent-not-found-detail = Бұл кассада қайтаруға мұндай чек жоқ. Қайтару жасалмады. Чек нөмірін тексеріңіз.
refusal-parent-required-title = Негіз болған чек керек
refusal-parent-required-detail = Қайтару чек бойынша жасалады. Қайтару жасалмады. Осы кассаның чек нөмірін немесе басқа кассаның чегінің деректерін көрсетіңіз: белгісі, уақыты, МТН, сомасы және автономды болған-болмағаны.
refusal-payments-total-mismatch-title = Төлем жиынмен сәйкес емес
refusal-payments-total-mismatch-detail = Төленгені { $paid }, ал төлеуге тиісі { $total }. Чек жасалмады. Төлем сомаларын түзетіңіз.
refusal-price-out-of-range-title = Баға шектен тыс
refusal-price-out-of-range-detail = Баға 0,01 ₸-ден 99 999 999,99 ₸-ге дейін болады. Чек жасалмады. Бағаны түзетіңіз.
refusal-quantity-out-of-range-title = Саны шектен тыс
refusal-quantity-out-of-range-detail = Саны 0,001-ден 999 999 999-ға дейін болады. Чек жасалмады. Санын түзетіңіз.
refusal-register-blocked-title = Касса бұғатталған
refusal-register-blocked-detail = { $reason ->
    [blocked] ФДО кассаны бұғаттады; көбіне оның қызметі төленбеген болады. Төлеп, «Төледім — тексеру» түймесін басыңыз.
    [bad_token] ФДО кассаны танымайды: токен сәйкес емес. ФДО кабинетінен жаңа токен алып, енгізіңіз.
    [numbering] Касса мен ФДО-ның сұрау нөмірлері сәйкес емес. ФДО-ға хабарласып, содан кейін байланысты тексеріңіз.
    [restored] Касса көшірмеден қалпына келтірілді, ФДО-ның жаңа токенін күтіп тұр. Оны енгізіңіз.
   *[other] ФДО кассаға қазір қызмет көрсетпейтінін айтты. ФДО-ға хабарласып, содан кейін байланысты тексеріңіз.
} Чек жасалмады, бұрынғы чектер сақталған, ауысымды жабуға болады.
refusal-register-busy-title = Касса бос емес
refusal-register-busy-detail = Осы кассаның алдыңғы чегі әлі жауап күтіп тұр. Ештеңе жасалмады, кілт бос. Бірнеше секундтан кейін қайталаңыз.
refusal-return-exceeds-parent-title = Қайтару қалғанынан көп
refusal-return-exceeds-parent-detail = Бұл чек бойынша { $left } сомасынан артық қайтаруға болмайды. Қайтару жасалмады. Соманы не санын азайтыңыз.
refusal-same-taxpayer-and-customer-title = Сатып алушы мен сатушы бір
refusal-same-taxpayer-and-customer-detail = Сатып алушының ЖСН не БСН-і сатушынікімен бірдей. Чек жасалмады. Оны алып тастаңыз не түзетіңіз.
refusal-shift-not-open-title = Ауысым ашылмаған
refusal-shift-not-open-detail = Ашық ауысым жоқ. Ештеңе өзгерген жоқ. Ауысым бірінші чекпен өзі ашылады.
refusal-shift-too-long-title = Ауысым 24 сағаттан асты
refusal-shift-too-long-detail = Бұл ауысымда енді чек шығаруға болмайды. Бұрынғы чектер сақталған. Ауысымды жабыңыз: жаңасы бірінші чекпен өзі ашылады.
refusal-taken-less-than-cash-title = Алынғаны төлеуге тиісінен аз
refusal-taken-less-than-cash-detail = Алынғаны { $taken }, ал қолма-қол керегі { $cash }. Чек жасалмады. Сатып алушы қанша бергенін тексеріңіз.
refusal-total-not-positive-title = Жиыны нөлден артық емес
refusal-total-not-positive-detail = Жиыны нөл болатын чек шығарылмайды. Чек жасалмады. Бағаны, жеңілдікті және сторноны тексеріңіз.
refusal-unknown-outcome-title = Немен аяқталғаны әзірге белгісіз
refusal-unknown-outcome-detail = Әрекет ортасында дерекқормен байланыс үзілді. Ештеңе жоғалған жоқ. Сол кілтпен қайталаңыз: жауап дұрыс болады, ештеңе екі рет шықпайды.
refusal-unknown-payment-title = Төлем түрі белгісіз
refusal-unknown-payment-detail = Төлем қолма-қол, картамен не мобильді болады: cash, card, mobile. Чек жасалмады. Біреуін таңдаңыз.
refusal-unknown-unit-title = Өлшем бірлігі белгісіз
refusal-unknown-unit-detail = { $unit } коды бар өлшем бірлігі жоқ. Чек жасалмады. Кодты анықтамалықтан алыңыз; дана — 796.
refusal-unknown-vat-title = ҚҚС мөлшерлемесі белгісіз
refusal-unknown-vat-detail = Мөлшерлеме 16, 12, 10, 5, 0 не none — ҚҚС-сыз болады. Чек жасалмады. Біреуін таңдаңыз.
refusal-unreadable-title = Оқу мүмкін болмады
refusal-unreadable-detail = Мағынасы түсініксіз. Ештеңе жасалмады. Мысалы, былай жазыңыз: «кофе 800».
refusal-validation-title = Сұрау дұрыс құрылмаған
refusal-validation-detail = Сұрауда қате бар. Ештеңе жасалмады. Оны түзетіп, қайта жіберіңіз.
refusal-vat-not-allowed-title = Бұл ҚҚС мөлшерлемесі мұнда келмейді
refusal-vat-not-allowed-detail = { $vat } мөлшерлемесі чек күні қолданылмайды (12 % — тек 2026 жылға дейінгі чектерді қайтарғанда) немесе негіз болған чекте бұл тауардың мөлшерлемесі басқа, немесе сатушы ҚҚС төлемейді. Чек жасалмады. Мөлшерлемені алып тастаңыз: касса дұрысын өзі қояды.

## Автономды режим мен бұғаттау себептері.

reason-no-link = ФДО-мен байланыс жоқ
reason-timeout = ФДО 5 секундта жауап бермеді
reason-unavailable = ФДО уақытша қолжетімсіз
reason-blocked = ФДО кассаны бұғаттады, көбіне төлем жасалмағаннан болады
reason-bad-token = ФДО кассаның токенін қабылдамайды
reason-numbering = сұрау нөмірлері ФДО-мен сәйкес емес
reason-service = ФДО қызмет көрсетуден бас тартты
reason-shift-too-long = ауысым 24 сағаттан асты
reason-autonomous-too-long = автономды режим 72 сағаттан асты
reason-power-lost = касса ФДО жауабын күтпей өшіп қалды
reason-clock = сервер сағаты дұрыс уақытты көрсетпейді
reason-restored = касса көшірмеден қалпына келтірілді
refusal-ofd-not-answering-title = ФДО жауап бермейді
refusal-ofd-not-answering-detail = Касса қосылмады: оператор 5 секундта жауап бермеді. Ештеңе жоғалған да, жасалған да жоқ. Оператордағы мекенжай мен касса нөмірін тексеріп, қайталап көріңіз.
refusal-ofd-not-ready-title = ФДО кассаны қосуға дайын емес
refusal-ofd-not-ready-detail = Оператор { $result_code } кодымен жауап берді: «{ $text }». Касса қосылмады, ештеңе өзгерген жоқ. ФДО кабинетінен касса нөмірі мен токенді тексеріңіз.
refusal-shift-open-at-ofd-title = Операторда ауысым ашық тұр
refusal-shift-open-at-ofd-detail = ФДО-да бұл касса бойынша № { $shift } ауысым ашық. Касса қосылмады, ештеңе өзгерген жоқ. Бұрынғы кассада ауысымды жауып, қайталап көріңіз.
refusal-paid-day-past-title = Бұл күн өтіп кеткен
refusal-paid-day-past-detail = { $day } өтіп кетті. Ештеңе өзгерген жоқ. Қай күнге дейін төленгенін жылымен жазыңыз.
refusal-paid-day-far-title = Күн тым алыс
refusal-paid-day-far-detail = { $day } күніне үш жылдан көп бар. Ештеңе өзгерген жоқ. Жылын тексеріп, күнін қайта жазыңыз.
refusal-paid-day-impossible-title = Ондай күн жоқ
refusal-paid-day-impossible-detail = Күнтізбеде ондай күн жоқ. Ештеңе өзгерген жоқ. Күнін қайта жазыңыз.
refusal-too-many-webhooks-title = Вебхук тым көп
refusal-too-many-webhooks-detail = Ұйымда { $limit } вебхук бар. Ештеңе жасалған жоқ, бұрынғылары жұмыс істейді. Керексізін өшіріңіз.
