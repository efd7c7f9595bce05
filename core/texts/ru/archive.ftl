### Архив кассы за пять лет: что в нём лежит и что говорит программа проверки.

archive-column-digest = Отпечаток документа закрытия
archive-readme =
    АРХИВ КАССЫ

    Налогоплательщик: { $taxpayer }, ИИН/БИН { $iin_bin }
    Касса: { $title }, { $address }
    РНМ { $rnm }, ЗНМ { $znm }
    Архив составлен { $made_at } (UTC+5)

    Документов: { $documents }, номер последнего: { $last }
    Записей журнала: { $entries }, ответов ОФД: { $answers }, номер последней смены: { $shifts }
    Отпечаток последнего документа: { $document_head }
    Отпечаток последней записи:     { $entry_head }

    КАК ПРОВЕРИТЬ
    Нужен только Python 3.9 или новее; ни интернет, ни база данных, ни сама касса не нужны.

        python3 verify.py АРХИВ.zip

    Программа лежит в этом же архиве. Она заново считает каждую цепочку, каждый номер, суммы каждого Z-отчёта и отпечатки, словами
    говорит, что нашла, и возвращает 0, если всё сходится, иначе 1. Отпечаток («голова цепочки») с бумажного Z-отчёта или из чата
    владельца можно дать ей так: --head ОТПЕЧАТОК. Если он находится в архиве и цепочка цела, всё до этого документа
    осталось таким, каким было в день Z-отчёта. Переписать прошлое так, чтобы сошлись и старые бумажные отчёты, нельзя.
    Если вы не доверяете тому, кто дал вам архив, возьмите verify.py из другого места: например, из архива другой кассы.

    ЧТО ЛЕЖИТ В АРХИВЕ
    documents.jsonl    документы: чеки, возвраты, внесения, изъятия, закрытия смен с Z-отчётом. В строке один документ; body —
                       его замороженные байты, digest = SHA-256(previous_digest + body). Суммы в тиынах, количество в тысячных.
    entries.jsonl      записи журнала: каждый документ, его исход (registered — принят ОФД, autonomous — сделан автономно,
                       refused — отклонён), автономные периоды, блокировки, решения людей. Цепочка устроена так же.
    answers.jsonl      ответы ОФД такими, какими пришли (body_hex), с фискальным признаком и ссылкой проверки.
    shifts.csv         закрытые смены: суммы Z-отчётов и отпечатки. Открывается в Excel.
    registration.json  кому и какой кассе принадлежит архив.
    manifest.json      размеры и SHA-256 всех файлов, концы цепочек, последнее состояние кассы.
    verify.py          программа проверки.

    Жетонов ОФД, ключей и паролей в архиве нет. Запросов к ОФД тоже нет: всё, что в них стояло, есть в документах.

archive-check-register = Касса: { $taxpayer }, РНМ { $rnm }
archive-check-counts = Записей: { $entries }; документов: { $documents }; ответов ОФД: { $answers }; закрытых смен: { $shifts }
archive-check-outcomes = Принято ОФД сразу: { $registered }; сделано автономно: { $autonomous }; отклонено: { $refused }; учебных: { $practice }
archive-check-heads = Отпечаток последнего документа { $document }, последней записи { $entry }
archive-check-head-found = Отпечаток { $head } найден: { $where }. До этого места всё осталось таким, каким было, когда его выдали
archive-check-head-unknown = такого отпечатка в архиве нет: прошлое переписано или отпечаток от другой кассы
archive-check-good = ВСЁ СХОДИТСЯ
archive-check-bad = НЕ СХОДИТСЯ. Найдено: { $count }
archive-check-more = … и ещё { $count }
archive-check-sums-until = Дальше места { $where } номера и суммы не пересчитаны: сначала надо вернуть то, что там было
archive-check-not-whole = файл архива обрывается здесь или испорчен и не открывается как ZIP. Возьмите другую копию
archive-check-file-missing = файла нет
archive-check-file-twice = один и тот же файл лежит дважды
archive-check-file-strange = этого файла в архиве быть не должно
archive-check-file-differs = файл не тот, что назван в manifest.json: другой размер или SHA-256
archive-check-cut-off = строка обрывается
archive-check-spoilt = дальше файл не читается: данные испорчены
archive-check-line-unreadable = строку нельзя прочесть
archive-check-manifest-changed = manifest.json изменён: печать не сходится
archive-check-manifest-unknown = это не архив Tiyn или архив другой версии
archive-check-chain-broken = цепочка порвана: строка называет не ту, что стоит перед ней. Строку убрали, вставили или переставили
archive-check-bytes-changed = байты изменены: они не дают своего отпечатка
archive-check-out-of-order = номер не по порядку, должен быть { $expected }
archive-check-columns-differ = номер или вид строки не тот, что в её байтах
archive-check-document-missing = документа № { $number } нет на своём месте
archive-check-no-entry = у документа № { $number } нет записи в журнале
archive-check-entry-differs = запись журнала называет другие байты документа № { $number }
archive-check-facts-strange = здесь стоит не то, что пишет касса: { $what }
archive-check-number-missing = документ № { $number }, а должен быть № { $expected }
archive-check-no-outcome = у документа № { $number } нет исхода, а уже сделан следующий
archive-check-other-shift = документ № { $number } назван не в той смене, должна быть { $expected }
archive-check-other-place = документ № { $number } не { $expected }-й в своей смене
archive-check-time-back = время документа № { $number } раньше, чем у предыдущего
archive-check-sign-repeated = автономный признак документа № { $number } не больше всех прежних
archive-check-z-differs = Z-отчёт смены { $shift } (документ № { $number }) не равен сумме документов: { $what }
archive-check-strange-outcome = такого исхода не бывает (документ № { $number })
archive-check-outcome-of-none = исход документа № { $number }, которого никто не ждал
archive-check-answer-missing = документ № { $number } назван принятым, а ответа ОФД о нём нет
archive-check-answer-sign = фискальный признак документа № { $number } не тот, что дал ОФД
archive-check-drawer-negative = после документа № { $number } в кассе меньше нуля
archive-check-answer-unreadable = это не ответ ОФД
archive-check-answer-differs = код или фискальный признак рядом с ответом не тот, что в его байтах
archive-check-accepted-twice = документ № { $number } принят ОФД дважды
archive-check-other-register = файл от другой кассы
archive-check-registration-differs = { $name } не тот, что в документе № { $number }
archive-check-shift-differs = строка не равна Z-отчёту смены { $shift }
archive-check-shifts-missing = в списке смен { $told }, в журнале закрыто { $counted }
archive-check-end-differs = конец цепочки { $name } другой: сосчитано { $count }, последний отпечаток { $head }. Что-то убрали или добавили
archive-check-register-differs = последнее состояние кассы другое: { $what }
