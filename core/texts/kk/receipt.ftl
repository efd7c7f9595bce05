### Чекте, есепте және чек парағында жазылатын сөздер: белгілердің жалғыз кестесі (DOMAIN.md 5).

## Чектің басы

receipt-fiscal = ФИСКАЛДЫҚ ЧЕК
receipt-autonomous = АВТОНОМДЫ
receipt-practice = ОҚУ
receipt-practice-note = Оқу құжаты, заңды күші жоқ
receipt-saved = тіркелуде
receipt-refused = ҚАБЫЛДАНБАДЫ
receipt-refused-note = Оператор бұл құжатты қабылдамады, ол жарамсыз
receipt-copy = КӨШІРМЕ
receipt-bin = БСН
receipt-iin = ЖСН

## Құжат атаулары

receipt-title-sell = САТУ
receipt-title-sell-return = САТУДЫ ҚАЙТАРУ
receipt-title-buy = САТЫП АЛУ
receipt-title-buy-return = САТЫП АЛУДЫ ҚАЙТАРУ
receipt-title-deposit = ҚОЛМА-ҚОЛ АҚША САЛУ
receipt-title-withdrawal = ҚОЛМА-ҚОЛ АҚША АЛУ
receipt-title-shift-close = Z-ЕСЕП
receipt-title-x-report = X-ЕСЕП
receipt-document = Құжат
receipt-number = Чектің реттік нөмірі
receipt-shift = Ауысым
receipt-cashier = Кассашы

## Жолдар мен сомалар

receipt-ntin = ҰТИН
receipt-marking = Таңбалау
receipt-storno = Болдырмау
receipt-cost = Құны
receipt-subtotal = Аралық жиынтық
receipt-discount = Жеңілдік
receipt-markup = Үстеме
receipt-total = БАРЛЫҒЫ
receipt-sum = Сомасы
receipt-vat = соның ішінде ҚҚС
receipt-no-vat = ҚҚС-сыз
receipt-vat-name = ҚҚС
receipt-pay-cash = Қолма-қол
receipt-pay-card = Банк картасы
receipt-pay-mobile = Мобильді төлем
receipt-taken = Алынды
receipt-change = Қайтарым
receipt-customer = Сатып алушы
receipt-parent = Қайтаруға негіз болған чек
receipt-parent-number = Чек нөмірі

## Белгілер мен тексеру

receipt-autonomous-sign = Автономды ФБ
receipt-fiscal-sign = ФБ
receipt-time = Уақыты
receipt-rnm = МТН
receipt-znm = МЗН
receipt-ofd = ФДО
receipt-check-site = Чекті тексеру үшін сайтқа кіріңіз
receipt-scan = Тексеру үшін сканерлеңіз
receipt-scan-page = Чектің парағы

## X- және Z-есеп

receipt-x-note = өшірусіз есеп
receipt-z-note = ауысымды жабу
receipt-opened = Ашылды
receipt-closed = Жабылды
receipt-start-sums = Ауысым басындағы нөлденбейтін сомалар
receipt-end-sums = Ауысым соңындағы нөлденбейтін сомалар
receipt-section = Бөлім
receipt-operations = Бөлімдер бойынша жиыны
receipt-discounts = Жеңілдіктер
receipt-markups = Үстемелер
receipt-total-result = Операциялар бойынша жиыны
receipt-taxes = Салықтар
receipt-turnover = Салық салынатын айналым
receipt-tax-sum = Салық сомасы
receipt-turnover-without-tax = Салықсыз айналым
receipt-op-sell = Сату
receipt-op-sell-return = Сатуды қайтару
receipt-op-buy = Сатып алу
receipt-op-buy-return = Сатып алуды қайтару
receipt-tickets-sell = Сату чектері
receipt-tickets-sell-return = Сатуды қайтару чектері
receipt-tickets-buy = Сатып алу чектері
receipt-tickets-buy-return = Сатып алуды қайтару чектері
receipt-count = Ауысымда
receipt-count-ever = Тіркелгелі
receipt-count-autonomous = Автономды жасалғаны
receipt-tickets-discount = Чектерге жеңілдік
receipt-tickets-markup = Чектерге үстеме
receipt-placements = Кассадағы ақша қозғалысы
receipt-op-deposit = Қолма-қол ақша салу
receipt-op-withdrawal = Қолма-қол ақша алу
receipt-cash = Кассадағы қолма-қол ақша
receipt-revenue = Ауысым түсімі
receipt-checksum = Бақылау сомасы
receipt-chain-head = Журнал басы

## Чек парағы

receipt-page-language = Тіл
receipt-page-refresh = Жаңарту
receipt-page-check = Оператордан тексеру
receipt-page-state = Чектің жай-күйі
receipt-page-digest = Құжаттың таңбасы
receipt-page-kept = Бұл парақты сақтап қойыңыз: ол кемінде бес жыл ашылады.
receipt-page-pdf = PDF жүктеп алу
receipt-page-pdf-a4 = A4 PDF
receipt-page-keep = Telegram-да сақтау
receipt-page-share = Бөлісу
receipt-page-more = Чекпен не істеуге болады
receipt-proof-about = Таңба құжаттың байттарынан және кассаның алдыңғы құжатының таңбасынан есептеледі. Чекті кейін өзгертіп, таңбасын сақтап қалу мүмкін емес, ал ауысымды жабатын Z-есепте оның соңғы құжатының таңбасы тұрады.
receipt-proof-digest = Осы құжаттың таңбасы (SHA-256)
receipt-proof-before = Алдыңғы құжаттың таңбасы
receipt-proof-z = { $shift }-ауысымның № { $number } Z-есебінде мына таңба тұр; араларындағы құжаттар саны: { $between }
receipt-proof-open = { $shift }-ауысым әлі ашық
receipt-proof-later = Оның соңғы құжатының таңбасы Z-есепте жазылады.
receipt-proof-button = Таңбаны осы жерде есептеу
receipt-proof-file = Байттар мен Z-есепке дейінгі жол файл түрінде
receipt-proof-good = Таңба сәйкес келді: чек жасалғаннан бері өзгермеген.
receipt-proof-bad = Таңба сәйкес келмеді, бұл параққа сенуге болмайды. Чекті оператордан тексеріңіз. Шыққан таңба:
receipt-proof-unable = Бұл браузер таңбаны есептей алмайды. Байттары бар файлды алып, SHA-256 мәнін компьютерде есептеңіз.
receipt-state-registered = Тіркелді
receipt-state-autonomous = Автономды, кезекте
receipt-state-autonomous-registered = Автономды, кейін тіркелді
receipt-state-saved = Тіркелуде…
receipt-state-refused = Қабылданбады
receipt-state-stopped = Автономды, жеткізу тоқтап тұр
receipt-state-settled = Автономды, басқа жолмен тапсырылды
receipt-state-practice = Оқу құжаты
receipt-about-registered = Фискалдық деректер операторы бұл құжатты қабылдап, оған фискалдық белгі берді.
receipt-about-registered-slip = Фискалдық деректер операторы бұл құжатты қабылдады.
receipt-about-autonomous = Құжат жасалған сәтте оператормен байланыс болмады. Құжат жарамды: касса оған өзінің автономды белгісін қойды. Байланыс қалпына келгенде ол операторға өздігінен жіберіледі.
receipt-about-autonomous-registered = Құжат оператормен байланыссыз жасалды, сондықтан «автономды» деген белгі қалады. Кейін оператор оны қабылдады.
receipt-about-saved = Құжат касса журналында сақталды, оператордың жауабы күтілуде. Бұл бірнеше секунд алады.
receipt-about-refused = Оператор бұл құжатты қабылдамады, сондықтан ол жарамсыз және есепке алынбайды. Сатушыдан жаңа чек сұраңыз.
receipt-about-stopped = Құжат байланыссыз жасалды және жарамды. Операторға жеткізу тоқтап тұр, сатушы мұны шешуде.
receipt-about-settled = Құжат байланыссыз жасалды және жарамды. Касса иесі оның операторға басқа жолмен тапсырылғанын растады.
receipt-about-practice = Бұл құжат оқу кассасында жасалды. Оның заңды күші жоқ.
receipt-registered-at = Оператор қабылдаған уақыт: { $time }
receipt-missing-title = Мұндай чек табылмады
receipt-missing-text = Сілтеме толық көшірілмеген немесе жабылған болуы мүмкін. Сатушыдан сілтемені қайта сұраңыз. Қағаз чектегі деректермен чекті оператордың сайтынан да тексеруге болады:
