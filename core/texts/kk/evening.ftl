### Чат: иесінің кешкі картасы және кезең қорытындысы. Параметрлер пішімделген және HTML үшін қауіпсіз.

bot-command-today = Күн қорытындысы суретпен

evening-date = { $month ->
    [1] { $day } қаңтар
    [2] { $day } ақпан
    [3] { $day } наурыз
    [4] { $day } сәуір
    [5] { $day } мамыр
    [6] { $day } маусым
    [7] { $day } шілде
    [8] { $day } тамыз
    [9] { $day } қыркүйек
    [10] { $day } қазан
    [11] { $day } қараша
   *[12] { $day } желтоқсан
}
evening-date-year = { $year } жылғы { $date }
evening-weekday = { $weekday ->
    [1] дүйсенбі
    [2] сейсенбі
    [3] сәрсенбі
    [4] бейсенбі
    [5] жұма
    [6] сенбі
   *[7] жексенбі
}
evening-weekday-date = { $date }, { $weekday }
evening-weekday-short = { $weekday ->
    [1] дс
    [2] сс
    [3] ср
    [4] бс
    [5] жм
    [6] сб
   *[7] жс
}
evening-month-short = { $month ->
    [1] қаң
    [2] ақп
    [3] нау
    [4] сәу
    [5] мам
    [6] мау
    [7] шіл
    [8] там
    [9] қыр
    [10] қаз
    [11] қар
   *[12] жел
}
evening-scale = мың|млн|млрд

evening-more-day = { $weekday ->
    [1] өткен дүйсенбіден { $percent } % артық
    [2] өткен сейсенбіден { $percent } % артық
    [3] өткен сәрсенбіден { $percent } % артық
    [4] өткен бейсенбіден { $percent } % артық
    [5] өткен жұмадан { $percent } % артық
    [6] өткен сенбіден { $percent } % артық
   *[7] өткен жексенбіден { $percent } % артық
}
evening-less-day = { $weekday ->
    [1] өткен дүйсенбіден { $percent } % кем
    [2] өткен сейсенбіден { $percent } % кем
    [3] өткен сәрсенбіден { $percent } % кем
    [4] өткен бейсенбіден { $percent } % кем
    [5] өткен жұмадан { $percent } % кем
    [6] өткен сенбіден { $percent } % кем
   *[7] өткен жексенбіден { $percent } % кем
}
evening-more-week = өткен аптадан { $percent } % артық
evening-less-week = өткен аптадан { $percent } % кем
evening-more-month = өткен айдан { $percent } % артық
evening-less-month = өткен айдан { $percent } % кем
evening-was-week = өткен апта: { $sum }
evening-was-month = өткен ай: { $sum }
evening-was-period = бұрын, { $span }: { $sum }
evening-count = Чек саны: { $count }
evening-average = орташа { $sum }
evening-no-receipts = чек жоқ
evening-registers = Касса саны: { $count }

evening-title = <b>Қорытынды · { $span }</b>
evening-hand-over = Тапсыратын қолма-қол ақша: <b>{ $sum } ₸</b>
evening-drawer-equal = Касса саналды: дұрыс шықты
evening-drawer-short = Касса саналды: <b>{ $sum } ₸</b> жетпейді
evening-drawer-over = Касса саналды: <b>{ $sum } ₸</b> артық
evening-unsent = ФДО-ға жіберілуін күтіп тұр: <b>{ $count }</b>. Өзі жіберіледі
evening-offline = { $hours ->
    [0] ФДО-мен байланыссыз: { $minutes } мин
   *[other] ФДО-мен байланыссыз: { $hours } сағ { $minutes } мин
}
evening-z = № { $shift } Z-есеп: { $sum } ₸, { $time } жабылды · <code>{ $head }</code>
evening-z-more = … тағы Z-есеп: { $count }
evening-head = Тізбек басы: <code>{ $head }</code>
evening-shift-open = Ауысым әлі ашық, қорытынды түпкілікті емес
evening-behind = Әлі есептелмеген құжат: { $count }. Бір минуттан кейін қорытындыны қайта ашыңыз
evening-day-total = { $span }, барлығы бірге: <b>{ $sum } ₸</b>, чек саны { $count }
evening-register = • { $title }: <b>{ $sum } ₸</b>, чек саны { $count }
evening-register-more = … тағы касса: { $count }, бірге { $sum } ₸
evening-register-cash = Тапсыратыны { $sum } ₸
evening-register-unsent = жіберілуін күтіп тұр: { $count }
evening-register-open = ауысым ашық

evening-view-goods = <b>Тауар бойынша · { $span }</b>
evening-view-cashiers = <b>Кассашы бойынша · { $span }</b>
evening-view-hours = <b>Сағат бойынша · { $span }</b>
evening-view-registers = <b>Касса бойынша · { $span }</b>
evening-view-vat = <b>ҚҚС · { $span }</b>
evening-goods-class = <b>{ $kind }</b>: тауар саны { $count }, түсімнің { $share } %
evening-goods-more = … тағы тауар: { $count }, { $sum } ₸
evening-goods-none = Тауар жоқ
evening-cashier = • { $name }: <b>{ $sum } ₸</b>, чек саны { $count }, орташа { $average } ₸
evening-cashier-returns = қайтару { $count }, { $sum } ₸
evening-cashier-more = … тағы кассашы: { $count }, бірге { $sum } ₸
evening-cashier-nameless = Аты жоқ
evening-hour = { $hour } · <b>{ $sum } ₸</b> · чек { $count }
evening-hour-more = … тағы сағат: { $count }, бірге { $sum } ₸
evening-hour-best = Ең көбі: { $hour }, { $sum } ₸
evening-vat = { $rate } % мөлшерлеме: айналым { $turnover } ₸, ҚҚС <b>{ $tax } ₸</b>
evening-vat-total = Барлық ҚҚС: <b>{ $tax } ₸</b>, қайтарулар мен сатып алулар шегерілген
evening-vat-none = ҚҚС салынатын айналым жоқ

evening-button-today = Бүгін
evening-button-yesterday = Кеше
evening-button-week = Апта
evening-button-month = Ай
evening-button-goods = Тауар бойынша
evening-button-cashiers = Кассашылар
evening-button-hours = Сағат бойынша
evening-button-registers = Касса бойынша
evening-button-vat = ҚҚС
evening-button-export = Файлдар: Excel, 1С
evening-button-back = « Қорытындыға
evening-button-all = « Барлық касса
evening-button-offer = Көрсету: { $span }

evening-no-right = Қорытындыны касса иесі, басқарушы және бақылаушы көреді. Ештеңе жоғалған жоқ. Ауысым есебін «X-есеп» батырмасы көрсетеді, ал күн қорытындысын иесінен сұраңыз.
evening-toast-no-right = Қорытындыны иесі мен басқарушы көреді
evening-toast-export = Файл дайындап жатырмын
evening-unreadable = Кезең түсініксіз, ештеңе өзгерген жоқ. Мысалы, былай жазыңыз: <code>қорытынды 1.11-15.11</code>
evening-backwards = Кезеңнің соңы ({ $last }) басынан ({ $first }) бұрын. Ештеңе өзгерген жоқ. Күндерді ауыстырыңыз немесе таңдаңыз:
evening-future = { $first } басталатын кезең әлі келген жоқ, қорытынды да жоқ. Басқа күндерді жазыңыз немесе таңдаңыз:
evening-too-long = Қорытындыны бірден { $days } күннен артық көрсетпеймін. Ештеңе өзгерген жоқ. Қысқарақ кезең алыңыз немесе таңдаңыз:
evening-empty = { $span }: чек болған жоқ. Ештеңе жоғалған жоқ. Басқа күндерді таңдаңыз немесе жазыңыз, мысалы: <code>қорытынды 1.11-15.11</code>
evening-empty-today = Бүгін әлі чек болған жоқ. Алғашқы чектен кейін ашыңыз немесе басқа күндерді таңдаңыз.
evening-empty-picture = Чек болған жоқ
evening-empty-picture-today = Бүгін әлі чек болған жоқ
evening-busy = Касса қазір чек шығарып жатыр, сондықтан қорытынды дайын емес. Ештеңе жоғалған жоқ. Кезеңді қайта басыңыз.
