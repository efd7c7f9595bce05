### Слова, общие для всех комнат.

yes = Да
no = Нет
cancel = Отмена
back = Назад
language-name = Русский
hours-left = { $hours ->
    [one] остался { $hours } час
    [few] осталось { $hours } часа
   *[other] осталось { $hours } часов
}
