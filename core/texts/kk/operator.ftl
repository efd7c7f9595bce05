### Оператор (ФДО): қызметін қалай төлеу керек. Қадамдар операторлар кестесінде көрсетілген.

operator-where-phone = { $phone } нөмірі
operator-where-cabinet = { $cabinet } кабинеті
operator-where-contract = нөмірі ФДО шартында
operator-where-practice = көрсетілім парағындағы ауыстырғыш
operator-step-call = { $phone } нөміріне қоңырау шалыңыз: ФДО қай күнге дейін төленгенін ЖСН/БСН бойынша айтады
operator-step-cabinet = { $cabinet } кабинетін ашып, төлемді қараңыз
operator-step-contract = Төлем жайын { $operator } қолдау қызметінен сұраңыз: нөмірі шартыңызда жазылған
operator-step-pay = { $operator } қызметін шартыңыз бойынша төлеңіз
operator-step-probe = «Төледім — тексеру» батырмасын басыңыз
operator-step-no-fee = { $operator } үшін төлеудің қажеті жоқ: Kaspi Кассада ол ақысыз
operator-step-practice = Бұл оқу операторы: оған төлеудің қажеті жоқ
operator-step-switch-on = Оны көрсетілім парағында қайта қосыңыз
operator-note-fee = Tiyn кассасының өзі тегін. Төлем тек операторға, бөлек.
operator-note-no-fee = Tiyn кассасының өзі тегін, бұл оператор да ақы алмайды.
