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
