### Тауарлар каталогы: бас тартулар.

refusal-name-taken-title = Мұндай тауар бар
refusal-name-taken-detail = «{ $name }» каталогта бар. Ештеңе өзгерген жоқ. Басқаша атаңыз немесе сол тауарды өзгертіңіз.
refusal-barcode-taken-title = Бұл код басқа тауарда
refusal-barcode-taken-detail = { $barcode } штрихкоды басқа тауарға жазылған. Ештеңе өзгерген жоқ. Кодты тексеріңіз.
refusal-bad-barcode-title = Код оқылмайды
refusal-bad-barcode-detail = «{ $barcode }» штрихкодқа ұқсамайды: цифрларын тексеріңіз. Ештеңе өзгерген жоқ.
refusal-bad-ntin-title = ҰТК коды оқылмайды
refusal-bad-ntin-detail = «{ $ntin }» ҰТК кодына ұқсамайды: онда тек цифрлар мен латын әріптері болады. Ештеңе өзгерген жоқ.
refusal-section-too-long-title = Бөлім атауы тым ұзын
refusal-section-too-long-detail = Бөлім атауы { $limit } таңбадан аспауы керек. Ештеңе өзгерген жоқ. Қысқартып жазыңыз.
refusal-too-many-sections-title = Бөлімдер тым көп
refusal-too-many-sections-detail = Бөлім саны { $limit } дейін ғана болады. Ештеңе өзгерген жоқ. Барларының бірін таңдаңыз.
refusal-catalogue-full-title = Каталог толды
refusal-catalogue-full-detail = Каталогта { $limit } тауарға дейін ғана болады. Ештеңе өзгерген жоқ. Артығын өшіріңіз.
refusal-catalogue-busy-title = Каталогты қазір өзгертіп жатыр
refusal-catalogue-busy-detail = Бұл каталогты тағы біреу өзгертіп жатыр. Ештеңе өзгерген жоқ. Бір минуттан кейін қайталаңыз.
refusal-cart-full-title = Себет толды
refusal-cart-full-detail = Бір чекте { $limit } жолға дейін ғана болады. Себеттегі қалған тауар сақталған. Осы чекті шығарып, жаңасын бастаңыз.

# Файлдар мен суреттерге бас тарту
refusal-table-unreadable-title = Файл оқылмайды
refusal-table-unreadable-detail = Бұл Excel не CSV кестесіне ұқсамайды. Ештеңе өзгерген жоқ. .xlsx немесе .csv файлын жіберіңіз, біздің үлгімен де болады.
refusal-table-old-excel-title = Excel тым ескі
refusal-table-old-excel-detail = Мұндай файлдарды (.xls) оқымаймын. Ештеңе өзгерген жоқ. Excel-де ашып, .xlsx етіп сақтаңыз.
refusal-table-too-long-title = Тізім тым ұзын
refusal-table-too-long-detail = Бір ретте { $limit } жолға дейін оқимын. Ештеңе өзгерген жоқ. Файлды бөліп, бір-бірлеп жіберіңіз.
refusal-table-without-goods-title = Файлда тауар көрінбейді
refusal-table-without-goods-detail = Кемінде атауы мен бағасы керек. Ештеңе өзгерген жоқ. Үлгіні жүктеп алып, толтырып жіберіңіз.
refusal-file-too-large-title = Файл тым үлкен
refusal-file-too-large-detail = { $limit } МБ дейінгі файлдарды қабылдаймын. Ештеңе өзгерген жоқ. Файлды бөліңіз немесе кішірек фото жіберіңіз.
refusal-picture-unreadable-title = Фото оқылмайды
refusal-picture-unreadable-detail = Бұл файл фотоға ұқсамайды. Ештеңе өзгерген жоқ. Кодты қайта суретке түсіріңіз.
refusal-picture-too-large-title = Фото тым үлкен
refusal-picture-too-large-detail = Фотода 40 мегапиксельден көп. Ештеңе өзгерген жоқ. Кодты телефонның кәдімгі камерасымен түсіріңіз.

goods-column-name = Атауы
goods-column-price = Бағасы
goods-column-unit = Өлшем бірлігі
goods-column-section = Бөлім
goods-column-vat = ҚҚС
goods-column-barcode = Штрих-код
goods-column-ntin = ҰТК
goods-column-favourite = Таңдаулы
goods-no-vat = ҚҚС-сыз
goods-template-example = Үлгі
goods-template-first-name = Капучино кофесі
goods-template-first-section = Сусындар
goods-template-second-name = Ірімшік, 1 кг
goods-template-second-section = Сүт тағамдары
goods-bad-row = Жол
goods-bad-column = Баған
goods-bad-value = Жазылғаны
goods-bad-mend = Нені түзету керек
goods-mend-name-required = Атауы жоқ. Жазыңыз, 128 таңбаға дейін
goods-mend-price-missing = Бағасы жоқ. Жазыңыз, мысалы 800
goods-mend-price-unreadable = Баға оқылмайды. Санмен жазыңыз, мысалы 800 немесе 1200,50
goods-mend-price-out-of-range = Баға 0,01 мен 99 999 999,99 аралығында болуы керек
goods-mend-unknown-unit = «{ $value }» деген бірлік жоқ. Дана, кг, л, м немесе бірлік кодын жазыңыз
goods-mend-unknown-vat = «{ $value }» мөлшерлемесі жоқ. 16, 10, 5, 0 немесе «ҚҚС-сыз» деп жазыңыз
goods-mend-vat-not-allowed = { $value } % мөлшерлемесі қазір қолданылмайды. Басқасын жазыңыз немесе бос қалдырыңыз
goods-mend-bad-barcode = Штрихкод цифрларын тексеріңіз: соңғысы сәйкес емес
goods-mend-barcode-exponent = Excel кодты бұзған. Бағанды мәтіндік етіп, кодты қайта жазыңыз
goods-mend-barcode-taken = Бұл код каталогтағы басқа тауарда. Кодын не атауын тексеріңіз
goods-mend-barcode-twice = Бұл код { $value }-жолда тұр. Біреуін қалдырыңыз
goods-mend-name-twice = Бұл атау { $value }-жолда тұр. Басқаша атаңыз
goods-mend-item-twice = Бұл { $value }-жолдағы тауардың өзі. Бір жолды қалдырыңыз
goods-mend-bad-ntin = ҰТК коды: тек цифрлар мен латын әріптері
goods-mend-section-too-long = Бөлім атауы 32 таңбадан ұзын. Қысқартыңыз
goods-mend-too-many-sections = Бөлім саны 200-ден асты. Барларының бірін таңдаңыз
goods-mend-catalogue-full = Каталог толды: онда { $value } тауарға дейін ғана болады
goods-mend-favourite-unreadable = «Иә» деп жазыңыз немесе бос қалдырыңыз

# Чаттағы каталог
bot-command-catalogue = Тауарлар каталогы: қосу, жүктеу
goods-button-catalogue = Тауар каталогы
goods-home =
    <b>Тауар каталогы</b> · { $title }
    Тауар саны: { $count }.
    Тізімді жүктеу үшін осында Excel не CSV файлын жіберіңіз.
goods-button-new = Тауар қосу
goods-button-list = Тізім және түзету
goods-button-template = Excel үлгісі
goods-button-export = Бәрін жүктеп алу
goods-button-copy = Басқа кассаға көшіру
goods-copy-ask = «{ $title }» кассасының тауарларын қай кассаға көшіру керек? Онда ештеңе өшпейді: бірдейі жаңарады, жаңасы қосылады.
goods-copied = Көшірілді.
goods-list = Тауар саны: { $count }. Тауарды түртіңіз немесе атауының бөлігін жазыңыз.
goods-ask-new = Атауы мен бағасын жазыңыз, мысалы: <code>Кофе 800</code> немесе <code>Ірімшік 3200 кг</code>
goods-ask-name = «{ $name }» қалай аталсын? Жаңа атауын жазыңыз.
goods-ask-price = «{ $name }» қанша тұрады? Бағасын жазыңыз, мысалы: <code>800</code>
goods-ask-barcode = «{ $name }» штрихкодын жазыңыз. Кодты алып тастау үшін <code>жоқ</code> деп жазыңыз
goods-ask-section = «{ $name }» қай бөлімде? Түртіңіз немесе жаңасын жазыңыз. Бөлімнен шығару үшін <code>жоқ</code> деп жазыңыз
goods-ask-unit = «{ $name }» немен өлшенеді?
goods-ask-vat = «{ $name }» үшін ҚҚС мөлшерлемесі
goods-price-bad = Баға оқылмайды.
goods-changed = ✔ Өзгертілді.
goods-added = ✔ Қосылды.
goods-deleted = Өшірілді. Шығарылған чектерде атауы қалады.
goods-delete-ask = «{ $name }» каталогтан өшірілсін бе? Шығарылған чектер өзгермейді.
goods-button-delete = Өшіру
goods-button-delete-now = Иә, «{ $name }» өшірілсін
goods-button-star = ★ Таңдаулыға қосу
goods-button-unstar = ☆ Таңдаулыдан алу
goods-card-price = Бағасы: { $price } ₸, өлшемі { $unit }
goods-card-section = Бөлімі: { $section }
goods-card-sold = Сатылғаны: { $count } рет
goods-card-learnt = Чектен өзі есте қалды: бағасы соңғы сатудан алынады.
goods-vat-usual = кассадағыдай
goods-template-caption = Осы файлды толтырып, осында жіберіңіз. Екінші парақта үлгі бар.
goods-export-caption = Бүкіл каталог. Түзетіп, қайта жіберіңіз: тауарлар жаңарады.
goods-file-not-sent = Файл жіберілмеді: Telegram оны қабылдамады. Каталог сақталған. Бір минуттан кейін қайталап көріңіз.
goods-not-yours = Каталогты иесі немесе басқарушы өзгертеді. Ештеңе өзгерген жоқ. Одан сата аласыз.
goods-loaded = <b>Каталог жүктелді.</b> Жаңасы: { $added }, өзгергені: { $changed }, өзгермегені: { $same }.
goods-loaded-bad = Жүктелмеген жолдар: <b>{ $count }</b>
goods-row-plain = <b>{ $row }-жол</b>, { $column }. { $mend }
goods-row-value = <b>{ $row }-жол</b>, { $column } «{ $value }». { $mend }
goods-loaded-more = … және тағы { $count } жол. Бәрі төмендегі файлда.
goods-loaded-mend = Түзетіп, файлды қайта жіберіңіз, артық ештеңе қосылмайды.
goods-bad-file = Жүктелмеген жолдар және оларда нені түзету керек.
refusal-file-not-fetched-title = Файл жетпеді
refusal-file-not-fetched-detail = Telegram файлды бермеді. Ештеңе өзгерген жоқ. Оны қайта жіберіңіз.

# Кодтардың суреттері
scan-nothing = Фотода код көрінбейді. Ештеңе жасалған жоқ. Кодты жақынырақ, тік түсіріңіз немесе атауы мен бағасын жазыңыз, мысалы: <code>шай 350</code>
scan-not-goods = Бұл тауар коды да, чек те емес. Ештеңе жасалған жоқ. Қаптамадағы штрихкодты немесе чектегі QR-ды түсіріңіз.
