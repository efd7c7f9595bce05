### Қалта кассасы: бас бармақпен жұмыс істейтін бет. Жақша ішіндегі сөздерді беттің өзі толтырады.

bot-menu-pocket = Касса

pocket-title = Касса беті
pocket-back = Артқа
pocket-more = Тағы
pocket-tab-sell = Сату
pocket-tab-receipts = Чектер
pocket-tab-shift = Ауысым
pocket-keypad = Цифрлар
pocket-erase = Өшіру
pocket-comma = Үтір

pocket-state-no-signal = Кассамен байланыс жоқ
pocket-state-blocked = Касса бұғатталған
pocket-state-stopped = ФДО-ға кезек тоқтап тұр
pocket-state-autonomous = Автономды · кезекте: { $count }
pocket-state-shift = № { $number } ауысым ашық
pocket-state-no-shift = Ауысым бірінші чекпен ашылады
pocket-no-signal = Байланыс жоқ. Ештеңе жоғалған жоқ: байланыс шыққанда қайталаңыз.
pocket-no-signal-price = Байланыс жоқ, бағасын сұрайтын жер жоқ. Себет орнында, өзім қайта сұраймын.

## Сату

pocket-search = Тауар іздеу
pocket-sections = Бөлімдер
pocket-all-goods = Барлығы
pocket-to-keypad = Тауарсыз сома
pocket-to-tiles = Тауарларға
pocket-goods = Тауар
pocket-add-amount = Чекке қосу
pocket-more-goods = Тағы { $count }
pocket-nothing-found = Ештеңе табылмады
pocket-no-goods = Каталог әзірге бос. Жоғарғы оң жақтағы пернетақтада соманы теріңіз: ол бірінші чек болады.
pocket-code-unknown = { $code } коды каталогта жоқ. Соманы пернетақтада теріңіз.
pocket-cart-count = Тауар түрі: { $count }
pocket-pay = Төлем { $total }
pocket-pay-unknown = Төлем…
pocket-quantity-of = Саны: { $name }
pocket-less-of = Азайту: { $name }
pocket-more-of = Көбейту: { $name }
pocket-set-quantity = Саны { $value } болсын
pocket-discount = Жеңілдік
pocket-no-discount = Жеңілдіксіз
pocket-other-discount = Басқа
pocket-set-discount = Жеңілдік { $value } %
pocket-total = Барлығы
pocket-clear-cart = Себетті тазалау

## Төлем

pocket-to-pay = Төлеу керек
pocket-notes = Қағаз ақшамен берді
pocket-cash-exact = Қолма-қол, қайтарымсыз
pocket-change-short = қайтарым { $change }
pocket-card = Банк картасы
pocket-mobile = QR, мобильді
pocket-other-given = Басқа сома берді
pocket-mixed = Аралас
pocket-given-title = Төлеу керек: { $total }. Қанша берді?
pocket-given-none = Қанша бергенін теріңіз
pocket-sell-with-change = Чек шығару · қайтарым { $change }
pocket-mixed-title = Төлеу керек: { $total }. Қаншасы қолма-қол?
pocket-rest-card = Қалғаны картамен: { $rest }
pocket-rest-mobile = Қалғаны QR-мен: { $rest }
pocket-change = Қайтарым

## Әрекет немен аяқталды

pocket-making-sell = Чек шығарып жатырмын…
pocket-making-sell-return = Қайтаруды рәсімдеп жатырмын…
pocket-making-deposit = Қолма-қол ақшаны салып жатырмын…
pocket-making-withdrawal = Қолма-қол ақшаны алып жатырмын…
pocket-making-close = Ауысымды жауып жатырмын…
pocket-lost-title = Байланыс үзілді, тексеріп жатырмын
pocket-lost-text = Касса бәрін жасап қойған болуы мүмкін, сондықтан екінші рет баспаңыз. Байланыс қайтқанда дұрыс жауап осы жерде шығады.
pocket-do-not-make = Жасамау
pocket-dropping = Тоқтатып жатырмын: касса әлі жасамаған болса, енді жасамайды.
pocket-nothing-title = Жасалмады
pocket-nothing-text = Сұрау кассаға жетпеді: чек жоқ, ақша есептелмеді. Қазір жасайық па?
pocket-make-now = Қазір жасау
pocket-understood = Түсінікті
pocket-ofd-refused = ФДО № { $number } құжатты қабылдамады: { $text }. Ол есепке кірмейді, себет орнында. Түзетіп, қайта шығарыңыз.
pocket-new-receipt = Жаңа чек
pocket-done = Дайын

## Құжат

pocket-kind-sell = № { $number } чек
pocket-kind-sell-return = № { $number } қайтару
pocket-kind-buy = № { $number } сатып алу
pocket-kind-buy-return = № { $number } сатып алуды қайтару
pocket-kind-deposit = № { $number } ақша салу
pocket-kind-withdrawal = № { $number } ақша алу
pocket-kind-shift-close = № { $number } Z-есеп
pocket-mark-saved = Тіркеліп жатыр…
pocket-mark-registered = ФДО қабылдады
pocket-mark-autonomous = Автономды, ФДО-ға өзі жіберіледі
pocket-mark-autonomous-registered = Автономды, ФДО қабылдады
pocket-mark-refused = ФДО қабылдамады
pocket-mark-stopped = Автономды, кезек тоқтап тұр
pocket-mark-settled = Автономды, басқа жолмен жеткізілді
pocket-mark-practice = Оқу чегі
pocket-practice = Оқу кассасы: заңды күші жоқ
pocket-open-receipt = Чекті ашу
pocket-send-receipt = Жіберу
pocket-share-text = { $total } чегі
pocket-code-hint = Сатып алушы кодты түсіріп, чегін алады
pocket-lines = Тауарлар
pocket-paid-cash = Қолма-қол
pocket-paid-card = Карта арқылы
pocket-paid-mobile = Мобильді төлем
pocket-taken = Алынды
pocket-made-at = Уақыты
pocket-cashier = Кассашы
pocket-fiscal-sign = ФБ
pocket-autonomous-sign = Автономды ФБ
pocket-return = Қайтару

## Чектер мен қайтару

pocket-search-receipts = Нөмірі, сомасы, тауары
pocket-filter = Қайсысын көрсету керек
pocket-kept-all = Барлығы
pocket-kept-unsent = ФДО-да жоқ
pocket-kept-returns = Қайтарулар
pocket-kept-cash = Қолма-қол ақша
pocket-older = Бұрынғысын көрсету
pocket-no-receipts = Мұнда әзірге ештеңе жоқ
pocket-return-title = № { $number } чекті қайтару
pocket-returned = Қайтарылып қойған
pocket-left-of = Қалғаны { $left }, бағасы { $price }
pocket-pay-back = Ақшаны қалай қайтарасыз
pocket-as-paid = Қалай төленсе, солай
pocket-return-total = Қайтарылады
pocket-return-now = { $total } қайтару
pocket-return-nothing = Не қайтарылғанын таңдаңыз

## Ауысым

pocket-shift-number = № { $number } ауысым
pocket-no-shift = Ауысым ашылмаған
pocket-no-shift-text = Ол бірінші чекпен өзі ашылады.
pocket-closes-before = { $time } дейін жабыңыз
pocket-opened-at = Ашылды
pocket-counted = { $name } саны: { $count }
pocket-op-sell = Сату
pocket-op-sell-return = Қайтару
pocket-op-buy = Сатып алу
pocket-op-buy-return = Сатып алуды қайтару
pocket-op-deposit = Ақша салу
pocket-op-withdrawal = Ақша алу
pocket-revenue = Түсім
pocket-in-drawer = Кассадағы қолма-қол ақша
pocket-cash-in = Ақша салу
pocket-cash-out = Ақша алу
pocket-cash-in-now = { $sum } салу
pocket-cash-out-now = { $sum } алу
pocket-close-shift = Ауысымды жабу
pocket-close-title = № { $number } ауысым жабылсын ба?
pocket-close-text = Z-есеп басылады. Жаңа ауысым келесі чекпен ашылады.
pocket-withdraw-all = Барлық қолма-қол ақшаны алу: { $sum }
pocket-close-now = Z-есеппен жабу
pocket-shift-closed = № { $number } ауысым жабылды

## Кім және қайда

pocket-language = Тіл
pocket-registers = Кассалар
pocket-phones = Телефондар
pocket-close-others = Басқа телефондарымда кассаны жабу
pocket-others-closed = жабылған телефон саны: { $count }
pocket-close-theirs = Телефондарында кассаны жабу: { $name }
pocket-sign-out = Осы телефонда шығу
pocket-role-owner = иесі
pocket-role-manager = басқарушы
pocket-role-cashier = кассашы
pocket-role-viewer = бақылаушы
pocket-closed-title = Касса чаттан ашылады
pocket-closed-text = Telegram-да ботпен чатты ашып, хабарлама жолының жанындағы «Касса» батырмасын басыңыз.
pocket-over-title = Кіру аяқталды
pocket-over-text = Себет пен чектер орнында. Кассаны ботпен чаттан қайта ашыңыз.
pocket-lost-start-title = Кассамен байланыс жоқ
pocket-lost-start-text = Себет пен чектер орнында. Интернетті тексеріп, қайталап көріңіз.
pocket-try-again = Қайталап көру
pocket-close-app = Жабу

## Бас тартулар

refusal-act-dropped-title = Бұл әрекет тоқтатылған
refusal-act-dropped-detail = Ол кассаға жетпей тұрып телефоннан тоқтатылған. Ештеңе жасалмады. Керек болса, басынан бастаңыз.
refusal-launch-forged-title = Telegram кіруді растамады
refusal-launch-forged-detail = Кіру деректеріне бұл бот қол қоймаған немесе олар жолда өзгерген. Ештеңе ашылған да, өзгерген де жоқ. Кассаны ботпен чаттан ашыңыз.
refusal-launch-stale-title = Кіру ескірді
refusal-launch-stale-detail = Telegram бұл кіру деректерін тым бұрын берген. Чектер мен себет орнында. Кассаны жауып, чаттан қайта ашыңыз.
refusal-launch-stranger-title = Сіз бірде-бір кассада жоқсыз
refusal-launch-stranger-detail = Чектер мен сатулар орнында, бірақ бұл аккаунтқа касса берілмеген. Иесінен шақыру сұраңыз немесе ботпен чатта өз кассаңызды бастаңыз.
refusal-launch-used-title = Бұл кіру пайдаланылып қойған
refusal-launch-used-detail = Бір кіру кассаны бір телефонда ғана ашады. Чектер орнында. Кассаны жауып, чаттан қайта ашыңыз.
refusal-no-bot-title = Бот қосылмаған
refusal-no-bot-detail = Бұл серверге бот берілмеген, сондықтан кіргізетін ештеңе жоқ. Ештеңе өзгерген жоқ. Кассаға қызмет көрсететін адамға айтыңыз: TIYN_TELEGRAM_TOKEN керек.
refusal-session-over-title = Кіру мерзімі аяқталды
refusal-session-over-detail = Бұл телефонда касса жабылды: уақыты бітті, оны жапты немесе құқық алынды. Чектер орнында. Кассаны чаттан қайта ашыңыз.
