### Кассаның бес жылдық мұрағаты: ішінде не бар және тексеру бағдарламасы не айтады.

archive-column-digest = Жабу құжатының таңбасы
archive-readme =
    КАССА МҰРАҒАТЫ

    Салық төлеуші: { $taxpayer }, ЖСН/БСН { $iin_bin }
    Касса: { $title }, { $address }
    МТН { $rnm }, МЗН { $znm }
    Мұрағат жасалған уақыт: { $made_at } (UTC+5)

    Құжат саны: { $documents }, соңғысының нөмірі: { $last }
    Журнал жазбалары: { $entries }, ФДО жауаптары: { $answers }, соңғы ауысымның нөмірі: { $shifts }
    Соңғы құжаттың таңбасы:  { $document_head }
    Соңғы жазбаның таңбасы: { $entry_head }

    ҚАЛАЙ ТЕКСЕРУГЕ БОЛАДЫ
    Тек Python 3.9 немесе одан жаңасы керек; интернет те, дерекқор да, кассаның өзі де керек емес.

        python3 verify.py МҰРАҒАТ.zip

    Бағдарлама осы мұрағаттың ішінде. Ол әр тізбекті, әр нөмірді, әр Z-есептің сомаларын және таңбаларын қайта есептейді,
    не тапқанын сөзбен айтады, бәрі сәйкес болса 0, болмаса 1 қайтарады. Қағаз Z-есептегі немесе иесінің чатындағы тізбек басын оған
    былай беруге болады: --head ТАҢБА. Ол мұрағаттан табылса және тізбек бүтін болса, сол құжатқа дейінгінің бәрі Z-есеп
    шыққан күнгі қалпында. Ескі қағаз есептермен де сәйкес келетіндей етіп өткенді қайта жазу мүмкін емес.
    Мұрағатты берген адамға сенбесеңіз, verify.py файлын басқа жерден алыңыз: мысалы, басқа кассаның мұрағатынан.

    МҰРАҒАТТА НЕ БАР
    documents.jsonl    құжаттар: чектер, қайтарулар, ақша салу, ақша алу, Z-есебі бар ауысым жабулары. Бір жолда бір құжат; body —
                       оның қатырылған байттары, digest = SHA-256(previous_digest + body). Сома тиынмен, саны мыңнан бірмен.
    entries.jsonl      журнал жазбалары: әр құжат, оның нәтижесі (registered — ФДО қабылдаған, autonomous — автономды жасалған,
                       refused — қабылданбаған), автономды кезеңдер, бұғаттаулар, адам шешімдері. Тізбегі де сондай.
    answers.jsonl      ФДО жауаптары қалай келсе, солай (body_hex), фискалдық белгісі мен тексеру сілтемесі қасында.
    shifts.csv         жабылған ауысымдар: Z-есеп сомалары мен бақылау қосындылары. Excel-де ашылады.
    registration.json  мұрағат кімнің және қай кассаның екені.
    manifest.json      барлық файлдың көлемі мен SHA-256 мәні, тізбектердің ұштары, кассаның соңғы күйі.
    verify.py          тексеру бағдарламасы.

    Мұрағатта ФДО жетондары, кілттер мен құпиясөздер жоқ. ФДО-ға жіберілген сұраулар да жоқ: олардағының бәрі құжаттарда бар.

archive-check-register = Касса: { $taxpayer }, МТН { $rnm }
archive-check-counts = Жазба: { $entries }; құжат: { $documents }; ФДО жауабы: { $answers }; жабылған ауысым: { $shifts }
archive-check-outcomes = ФДО бірден қабылдаған: { $registered }; автономды жасалған: { $autonomous }; қабылданбаған: { $refused }; оқу құжаты: { $practice }
archive-check-heads = Соңғы құжаттың таңбасы { $document }, соңғы жазбанікі { $entry }
archive-check-head-found = { $head } таңбасы табылды: { $where }. Осы жерге дейінгінің бәрі ол берілген күнгі қалпында
archive-check-head-unknown = мұндай таңба мұрағатта жоқ: өткен қайта жазылған немесе ол басқа кассадан
archive-check-good = БӘРІ СӘЙКЕС
archive-check-bad = СӘЙКЕС ЕМЕС. Табылғаны: { $count }
archive-check-more = … тағы { $count }
archive-check-sums-until = { $where } жерінен әрі нөмірлер мен сомалар есептелген жоқ: алдымен онда не болғанын қалпына келтіру керек
archive-check-not-whole = мұрағат файлы осы жерде үзілген немесе бүлінген, ZIP болып ашылмайды. Басқа көшірмесін алыңыз
archive-check-file-missing = файл жоқ
archive-check-file-twice = бір файл екі рет салынған
archive-check-file-strange = бұл файл мұрағатта болмауы керек
archive-check-file-differs = файл manifest.json атаған файл емес: көлемі немесе SHA-256 мәні басқа
archive-check-cut-off = жол үзілген
archive-check-spoilt = файл осы жерден әрі оқылмайды: деректер бүлінген
archive-check-line-unreadable = жолды оқу мүмкін емес
archive-check-manifest-changed = manifest.json өзгертілген: мөрі сәйкес емес
archive-check-manifest-unknown = бұл Tiyn мұрағаты емес немесе басқа нұсқаның мұрағаты
archive-check-chain-broken = тізбек үзілген: жол алдында тұрған жолды атамайды. Жолды алып тастаған, қосқан немесе орнын ауыстырған
archive-check-bytes-changed = байттар өзгертілген: олардан өз таңбасы шықпайды
archive-check-out-of-order = нөмірі ретімен емес, { $expected } болуы керек
archive-check-columns-differ = жолдың нөмірі немесе түрі өз байттарындағыдан басқа
archive-check-document-missing = № { $number } құжат өз орнында жоқ
archive-check-no-entry = № { $number } құжаттың журналда жазбасы жоқ
archive-check-entry-differs = журнал жазбасы № { $number } құжаттың басқа байттарын атайды
archive-check-facts-strange = мұнда касса жазбайтын нәрсе тұр: { $what }
archive-check-number-missing = № { $number } құжат тұр, ал № { $expected } болуы керек
archive-check-no-outcome = № { $number } құжаттың нәтижесі жоқ, ал келесісі жасалып қойған
archive-check-other-shift = № { $number } құжат басқа ауысымда тұр, { $expected } болуы керек
archive-check-other-place = № { $number } құжат өз ауысымында { $expected }-ші емес
archive-check-time-back = № { $number } құжаттың уақыты алдыңғысынан ерте
archive-check-sign-repeated = № { $number } құжаттың автономды белгісі бұрынғылардың бәрінен үлкен емес
archive-check-z-differs = { $shift } ауысымның Z-есебі (№ { $number } құжат) құжаттар жиынына тең емес: { $what }
archive-check-strange-outcome = мұндай нәтиже болмайды (№ { $number } құжат)
archive-check-outcome-of-none = № { $number } құжаттың нәтижесі, оны ешкім күтпеген
archive-check-answer-missing = № { $number } құжат қабылданған делінген, ал ол туралы ФДО жауабы жоқ
archive-check-answer-sign = № { $number } құжаттың фискалдық белгісі ФДО берген белгі емес
archive-check-drawer-negative = № { $number } құжаттан кейін кассада нөлден аз қалады
archive-check-answer-unreadable = бұл ФДО жауабы емес
archive-check-answer-differs = жауаптың қасындағы код немесе фискалдық белгі оның байттарындағыдан басқа
archive-check-accepted-twice = № { $number } құжатты ФДО екі рет қабылдаған
archive-check-other-register = файл басқа кассадан
archive-check-registration-differs = { $name } мәні № { $number } құжаттағыдан басқа
archive-check-shift-differs = жол { $shift } ауысымның Z-есебіне тең емес
archive-check-shifts-missing = тізімде { $told } ауысым, журналда { $counted } жабылған
archive-check-end-differs = { $name } тізбегінің ұшы басқа: саналғаны { $count }, соңғы таңбасы { $head }. Бірдеңе алынған немесе қосылған
archive-check-register-differs = кассаның соңғы күйі басқа: { $what }
