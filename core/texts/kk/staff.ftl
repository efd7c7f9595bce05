### Алғашқы бастау, касса адамдары, кассашы шектері және баптаулар. Параметрлер HTML үшін қауіпсіз.

bot-command-registers = Кассаларым: таңдау немесе ашу
bot-command-people = Касса адамдары: шақыру, шектеу
bot-command-settings = Касса баптаулары

welcome-stranger =
    Сәлеметсіз бе! Бұл — Tiyn кассасы: «шай 150» деп жазасыз да, чекті осы чатта шығарасыз.

    Оқу кассасынан бастаңыз: бір минут, құжат керек емес. Шын кассаны қалаған кезде ашасыз.
    Кассаны басқа адам жүргізсе, одан шақыру сілтемесін сұраңыз.
welcome-button-practice = 🎓 Бір минутта оқу кассасы
welcome-button-real = 🧾 Шын касса ашу
welcome-button-back = « Артқа
welcome-button-cancel = Болдырмау
welcome-button-make = ✔ Кассаны ашу
welcome-button-same = Орысшасымен бірдей
welcome-button-place = 📍 Тұрған орнымды жіберу
welcome-button-okved = { $code }: бөлшек сауда
welcome-sample-title = Менің дүкенім
welcome-place = { $total } сұрақтың { $number }-сұрағы
welcome-place-left = Жақсы, орын туралы сұрақ бітті.
welcome-line = { $name } — <b>{ $value }</b>
welcome-unfit = Мұны жазып алу мүмкін болмады. Алдыңғы жауаптар сақталды. Мысалға қарап, қайта жауап беріңіз.
welcome-check = <b>Бәрі дұрыс па, тексеріңіз</b>
welcome-cancelled = Тоқтатылды, ештеңе ашылған жоқ. Кез келген уақытта бастай аласыз.
welcome-kept = Тоқтатылды. Кассаңыз бұрынғыдай, сата беруге болады.
welcome-toast-making = Касса ашылып жатыр…
welcome-practice-address = Оқу кассасы, мекенжайсыз
welcome-vat-yes = Иә, ҚҚС төлеушімін
welcome-vat-no = Жоқ, ҚҚС-сыз
welcome-opened-practice =
    🎓 <b>{ $title }</b>: оқу кассасы дайын.
    Оның чектері салық үшін ештеңе білдірмейді. Еркін байқап көріңіз.
welcome-opened-real =
    🧾 <b>{ $title }</b>: касса ашылды, есептегіштер ФДО-дан алынды.
    Токен жазылған хабарды чаттан өшірген дұрыс.
welcome-copied = Бұрынғы кассаның тауарлары көшірілді.
welcome-first-sale =
    Алғашқы чекті шығарыңыз. Не сатқаныңызды жазыңыз: <code>шай 150</code>
    Немесе батырманы басыңыз, сіз үшін өзім жазамын.

welcome-ask-practice-title =
    <b>Дүкеніңіз қалай аталады?</b>
    Бұл атау чекте көрінеді. Мысалы: <code>Айгүлдің кофеханасы</code>
welcome-ask-title =
    <b>Кассаның атауы</b>
    Ол чекте көрінеді. Мысалы: <code>Айгүлдің кофеханасы</code>
welcome-ask-iin-bin =
    <b>ЖСН немесе БСН</b>
    12 цифр, соңғысы — бақылау цифры. Мысалы: <code>900515301214</code>
welcome-ask-taxpayer =
    <b>Құжат бойынша сатушы кім?</b>
    Мысалы: <code>ЖК Серіков А. Б.</code> немесе <code>«Нан» ЖШС</code>
welcome-ask-address =
    <b>Кассаның орысша мекенжайы</b>
    Құжаттағыдай. Мысалы: <code>г. Алматы, ул. Абая, 10</code>
welcome-ask-address-kk =
    <b>Сол мекенжай қазақша</b>
    Мысалы: <code>Алматы қ., Абай көшесі, 10</code>
welcome-ask-place =
    <b>Касса қай жерде тұр?</b>
    Заң бойынша орны беріледі. Қазір кассаның жанында болсаңыз, төмендегі батырманы басыңыз.
    Немесе ендік пен бойлықты жазыңыз: <code>43.238949, 76.889709</code>
welcome-ask-vat =
    <b>Сіз ҚҚС төлеушісіз бе?</b>
    Мысалы, оңайлатылған режимдегі ЖК көбіне төлеуші емес. Чектегі салық осыған байланысты.
welcome-ask-okved =
    <b>ЭҚЖЖ коды</b>
    Қызмет түріңіздің 5 цифры. Мысалы: <code>47111</code>
welcome-ask-rnm =
    <b>Кассаның тіркеу нөмірі (РНМ)</b>
    Салық органы берген 12 цифр. Мысалы: <code>010102345678</code>
welcome-ask-znm =
    <b>Кассаның зауыттық нөмірі (ЗНМ)</b>
    ФДО кабинетіндегі нөмір. Мысалы: <code>TIYN00000001</code>
welcome-ask-operator =
    <b>Операторыңыз (ФДО) кім?</b>
    Шарт жасасқан оператор. Мысалы, «Қазақтелеком» АҚ.
welcome-ask-server =
    <b>Кассаларға арналған ФДО сервері</b>
    ФДО кабинетіндегі немесе хатындағы мекенжай мен порт. Мысалы: <code>ofd.example.kz:7777</code>
welcome-ask-device-id =
    <b>Кассаның ФДО-дағы нөмірі</b>
    Кабинеттегі құрылғы нөмірі. Мысалы: <code>1234567</code>
welcome-ask-token =
    <b>ФДО токені</b>
    Кабинеттегі сан. Оны шифрлап сақтаймын, ешкімге көрсетпеймін. Мысалы: <code>123456789</code>

welcome-name-iin-bin = ЖСН/БСН
welcome-name-taxpayer = Сатушы
welcome-name-title = Атауы
welcome-name-address = Орысша мекенжайы
welcome-name-address-kk = Қазақша мекенжайы
welcome-name-place = Орны
welcome-name-vat = ҚҚС
welcome-name-okved = ЭҚЖЖ
welcome-name-rnm = Тіркеу нөмірі
welcome-name-znm = Зауыттық нөмірі
welcome-name-operator = ФДО
welcome-name-server = ФДО сервері
welcome-name-device-id = ФДО-дағы нөмірі
welcome-name-token = ФДО токені

staff-role-owner = иесі
staff-role-manager = басқарушы
staff-role-cashier = кассашы
staff-role-viewer = бақылаушы
staff-people = <b>{ $title }</b>: адамдар
staff-line = • { $name } — { $role }
staff-nameless = { $chat } чаты
staff-invite-cashier = + Кассашы шақыру
staff-invite-manager = + Басқарушы шақыру
staff-invite-viewer = + Бақылаушы шақыру
staff-invite-owner = + Тағы бір ие шақыру
staff-button-people = « Адамдар
staff-button-remove = Кассадан шығару
staff-button-undo = Болдырмау: кассадан шығару
staff-button-card = Ашу және шектеу
staff-button-share = Сілтемені жіберу
staff-button-join = Қабылдау
staff-button-not-join = Қазір емес
staff-button-use = Осы кассада сату: { $title }
staff-card = <b>{ $name }</b> — { $role }, <b>{ $title }</b> кассасы
staff-limit-line = { $name } — <b>{ $value }</b>
staff-limit-receipt = Ең үлкен чек
staff-limit-return = Ең үлкен қайтару
staff-limit-withdrawal = Қолма-қол ақшаны ең көп алу
staff-limit-discount = Ең үлкен жеңілдік
staff-limit-none = шексіз
staff-limit-never = болмайды
staff-limit-money = { $total } ₸
staff-limit-percent = { $percent } %
staff-limit-ask-money = Кассашыға сізсіз қанша теңгеге дейін болады? Соманы жазыңыз, мысалы: <code>50000</code>
staff-limit-ask-percent = Кассашыға сізсіз неше пайызға дейін болады? Мысалы: <code>10</code>
staff-remove-ask =
    <b>{ $name }</b> дегенді <b>{ $title }</b> кассасынан шығарасыз ба?
    Экранындағы батырмалар бірден істемей қалады. Шығарған чектері сақталады.
staff-removed = Дайын: бұл адам <b>{ $title }</b> кассасында енді жоқ. Батырмалары істемейді, чектері орнында.
staff-you-are-removed = Сіз <b>{ $title }</b> кассасынан шығарылдыңыз. Чектеріңіз сақталды. Қате болса, иесінен жаңа сілтеме сұраңыз.
staff-invitation =
    <b>{ $title }</b> кассасына сілтеме, рөлі: { $role }.
    <code>{ $link }</code>
    Бір адамға жіберіңіз: 15 минут, бір рет жарамды. Кім келгенін айтамын.
staff-not-sent = Сілтеме жіберілмеді, онымен ешкім келмейді. Батырманы қайта басыңыз.
staff-join-ask = Сізді <b>{ $title }</b> кассасына шақырады, рөлі: <b>{ $role }</b>. Иесі атыңызды көреді.
staff-not-joined = Жарайды, қосылған жоқсыз. Сілтеме жасалғаннан бастап 15 минут жарамды.
staff-joined =
    Сіз <b>{ $title }</b> кассасындасыз, рөліңіз: { $role }.
    Не сатқаныңызды жазыңыз: <code>шай 150</code>
staff-joined-viewer = Сіз <b>{ $title }</b> кассасындасыз, рөліңіз: { $role }. Ауысым есебі: төмендегі «X-есеп» батырмасы.
staff-told-joined =
    👤 <b>{ $title }</b>: жаңа адам келді
    <b>{ $name }</b>, рөлі: { $role }. Шақырғаныңыз ол болмаса, бір батырмамен болдырмаңыз.
staff-registers = <b>Кассаларыңыз</b>
staff-register = • { $title } — { $kind }, рөліңіз: { $role }
staff-register-current = ✔ <b>{ $title }</b> — { $kind }, рөліңіз: { $role }. Осында сатып жатырсыз
staff-practice = оқу кассасы
staff-real = шын касса
staff-current = Енді <b>{ $title }</b> кассасында сатасыз.
staff-gone = Бұл енді мұнда жоқ. Ештеңе өзгерген жоқ. «Адамдар» бөлімін қайта ашыңыз.

settings-head = <b>{ $title }</b>: баптаулар
settings-done = ✔ Жазылды. Келесі чектен бастап күшінде.
settings-on = иә
settings-off = жоқ
settings-no-vat = ҚҚС-сыз
settings-name-title = Атауы
settings-name-address = Орысша мекенжайы
settings-name-address-kk = Қазақша мекенжайы
settings-name-vat = Жаңа тауардың ҚҚС-ы
settings-name-auto-close = Ауысым өзі жабылады
settings-name-at-once = Чек бірден, түймесіз
settings-name-place = Орны
settings-name-operator = ФДО
settings-name-server = ФДО сервері
settings-auto-on = Ауысым өзі жабылсын
settings-auto-off = Ауысым өзі жабылмасын
settings-once-on = Төлемі аталса, чек бірден берілсін
settings-once-off = Алдымен көрсетілсін, сосын берілсін
settings-at-once-means =
    Төлемі аталған сатылымға чек бірден беріледі: «2 кофе 800, қолма-қол 2000» — бұл 2 × 800 = 1 600, қайтарым 400. Қателессеңіз — чектің астындағы «Қайтару».
settings-fixed =
    Тіркеу нөмірі { $rnm }, зауыттық нөмірі { $znm }, ФДО-дағы нөмірі { $device }.
    Заң оларды өзгертуге рұқсат бермейді: басқа нөмірлер үшін жаңа касса ашыңыз.
settings-not-payer = Сіз ҚҚС төлеуші емессіз, сондықтан басқа мөлшерлеме жоқ.
settings-ask-title = Жаңа атауы, 64 таңбаға дейін. Мысалы: <code>Айгүлдің кофеханасы</code>
settings-ask-address =
    Орысша жаңа мекенжай. Мысалы: <code>г. Алматы, ул. Абая, 10</code>
    Касса көшсе, салық органына да хабарлаңыз: ол мұны менен білмейді.
settings-ask-address-kk = Қазақша жаңа мекенжай. Мысалы: <code>Алматы қ., Абай көшесі, 10</code>
settings-ask-place = Орныңызды 📎 арқылы жіберіңіз немесе ендік пен бойлықты жазыңыз: <code>43.238949, 76.889709</code>
settings-ask-server = ФДО берген сервердің жаңа мекенжайы. Мысалы: <code>ofd.example.kz:7777</code>
settings-ask-vat = Басқаша айтылмаса, жаңа жолда қандай ҚҚС мөлшерлемесі тұрады?

refusal-already-here-title = Сіз бұл кассада барсыз
refusal-already-here-detail = Рөліңіз сілтемедегіден төмен емес. Ештеңе өзгерген жоқ, сілтеме жарамды. Оны күтіп отырған адамға жіберіңіз.
refusal-answer-unfit-title = Мұндай мән жарамайды
refusal-answer-unfit-detail = Ештеңе өзгерген жоқ. Баптауларды ашып, қайта көріңіз.
refusal-discount-over-limit-title = Жеңілдік шегіңізден асады
refusal-discount-over-limit-detail = Сізге { $percent } % дейін болады. Чек шығарылған жоқ. Жеңілдікті азайтыңыз немесе иесін шақырыңыз.
refusal-last-owner-title = Бұл — соңғы ие
refusal-last-owner-detail = Касса иесіз қалмайды. Ештеңе өзгерген жоқ. Алдымен басқа иені шақырыңыз.
refusal-link-spent-title = Сілтеме енді жарамайды
refusal-link-spent-detail = Шақыру 15 минут, бір рет жарамды. Ештеңе өзгерген жоқ. Жаңа сілтеме сұраңыз.
refusal-receipt-over-limit-title = Чек шегіңізден асады
refusal-receipt-over-limit-detail = Сізге { $most } дейін болады, мұнда { $total }. Чек шығарылған жоқ. Иесін немесе басқарушыны шақырыңыз.
refusal-return-over-limit-title = Қайтару шегіңізден асады
refusal-return-over-limit-detail = Сізге { $most } дейін болады, мұнда { $total }. Қайтару жасалған жоқ. Иесін немесе басқарушыны шақырыңыз.
refusal-too-many-registers-title = Касса саны тым көп
refusal-too-many-registers-detail = Бір адамда { $limit } кассаға дейін болады. Жаңасы ашылған жоқ, бұрынғылары орнында. Солардың бірінде сатыңыз.
refusal-withdrawal-over-limit-title = Алынатын ақша шегіңізден асады
refusal-withdrawal-over-limit-detail = Сізге { $most } дейін болады, мұнда { $total }. Ақша кассада қалды. Иесін немесе басқарушыны шақырыңыз.
