### Words that every room uses.

yes = Yes
no = No
cancel = Cancel
back = Back
language-name = English
hours-left = { $hours ->
    [one] { $hours } hour left
   *[other] { $hours } hours left
}
