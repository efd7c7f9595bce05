### Барлық бөлмеге ортақ сөздер.

yes = Иә
no = Жоқ
cancel = Бас тарту
back = Артқа
language-name = Қазақша
hours-left = { $hours } сағат қалды
