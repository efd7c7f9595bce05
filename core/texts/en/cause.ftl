### The cause, what waits, what is left and what to do: every message about trouble is made of these lines.

cause-line = Cause: { $reason }.
cause-line-said = Cause: { $reason }: “{ $text }”.
cause-line-stopped = Cause: the OFD did not take document { $number }: { $text } (code { $code }).
cause-waiting = { $count ->
    [one] { $count } document waits to be sent
   *[other] { $count } documents wait to be sent
}
cause-hours-minutes = { $hours } h { $minutes } min
cause-hours = { $hours } h
cause-minutes = { $minutes } min
cause-sells = Keep selling, nothing is lost.
cause-sells-waiting = Keep selling, nothing is lost: { $waiting }, { $left } of 72 h are left.
cause-no-sales = No new receipts; the shift can be closed. Earlier receipts are saved.
cause-no-sales-waiting = No new receipts; the shift can be closed. Nothing is lost: { $waiting }.
cause-no-sales-left = No new receipts; the shift can be closed. Nothing is lost: { $waiting }, { $left } of 72 h are left.
cause-limit = No new receipts until all is sent. Nothing is lost: { $waiting }; the shift can be closed.
cause-shift = No new receipts in this shift. Earlier receipts are saved.
cause-unpaid-likely = It looks as if the OFD were not paid (the register itself is free). { $paid }
cause-unpaid-possible = This happens when the OFD is not paid (the register itself is free). { $paid }

todo-nothing = What to do: nothing, the register is in touch with the OFD.
todo-wait = What to do: nothing. All goes by itself as soon as the OFD answers.
todo-check-fee = What to do: check whether the OFD is paid ({ $where }). If it is, tap “I have paid — check”.
todo-pay = What to do: pay the OFD ({ $where }) and tap “I have paid — check”.
todo-token = What to do: take a new token in the OFD's cabinet and send it here as a message, for example: <code>token 123456789</code>
todo-retry = What to do: mend the cause in the OFD's cabinet or with its support and tap “Send again”.
todo-resolve = What to do: mend the cause with the OFD's support and tap “Send again”. Have you settled this document yourself? Tap “Settled it myself”. Did the support name the version of the protocol as the cause? Tap “Send in the other version”.
todo-close-shift = What to do: close the shift with the button. The next one opens by itself with the first receipt.
todo-set-clock = What to do: ask whoever runs the register to set its clock.
todo-owner = What to do: call the owner or the manager, only they can decide.
todo-owner-named = What to do: call somebody who can decide: { $names }.

news-autonomous = ☁✕ <b>{ $title }: the register works autonomously</b>
news-blocked = ✖ <b>{ $title }: the register is blocked</b>
news-stopped = ☁✕ ⚠ <b>{ $title }: the queue to the OFD stands</b>
news-ending = ☁✕ <b>{ $title }: { $left } of autonomous work left</b>
news-limit = ☁✕ ⚠ <b>{ $title }: the 72 hours of autonomous work are over</b>
news-silent = ☁✕ <b>{ $title }: the OFD has been silent for over 10 minutes</b>
news-shift-over = ⚠ <b>{ $title }: the shift is over 24 hours old</b>
news-online-again =
    ✔✔ <b>{ $title }: you can sell again</b>
    All is sent to the OFD, the 72 hours hold nothing any more.
refused-nothing-made = No receipt was made.

fee-unknown = I do not know until when it is paid.
fee-known = As noted, it is paid until { $day }.
fee-today = As noted, today is the last paid day.
fee-past = { $days ->
    [one] As noted, the paid time ended { $days } day ago ({ $day }).
   *[other] As noted, the paid time ended { $days } days ago ({ $day }).
}
fee-how-title = <b>How to pay the OFD</b> · { $operator }
fee-no-operator = This register is connected to no OFD: there is nothing to pay.
fee-ask =
    <b>Until which day is the OFD paid?</b>
    Tap or write the date, for example: <code>30.11</code> or <code>30 November</code>. I remind you 7, 3 and 1 day before and on the last day.
fee-set = { $days ->
    [0] Noted: the OFD is paid until { $day }, that is today.
    [one] Noted: the OFD is paid until { $day }, { $days } day is left. I shall remind you.
   *[other] Noted: the OFD is paid until { $day }, { $days } days are left. I shall remind you.
}
fee-reminder = { $days ->
    [0] <b>{ $title }: today is the last paid day of the OFD</b>
    [one] <b>{ $title }: the OFD is paid for { $days } day more</b>
   *[other] <b>{ $title }: the OFD is paid for { $days } days more</b>
}
fee-reminder-why = Paid until { $day }. Unpaid, the register goes autonomous and stops after 72 hours.
fee-not-yours = The owner or the manager notes the paid day. Nothing has changed.
fee-button-how = How to pay
fee-button-ask = Note the paid day
fee-button-renewed = Paid — new date
fee-button-change = Correct the date
fee-button-month = For a month: { $day }
fee-button-year = For a year: { $day }
fee-toast-how = Showing how to pay
fee-toast-ask = Write the date
fee-toast-set = Noting it
button-check = Check

probe-freed = ✔✔ <b>The OFD answered: the register is in touch, all is sent.</b> Keep selling.
probe-fine = ✔✔ The OFD answered: the register is in touch, all is well.
probe-moving = ✔ The OFD answered, the queue moves: { $waiting }. I write when all is sent.
probe-blocked = ✖ <b>The OFD answered, but the register is still blocked.</b> I go on asking every minute.
probe-silent = ☁✕ <b>The OFD did not answer.</b> I go on asking every minute.
probe-silent-online = ☁✕ The OFD did not answer just now. Nothing waits and you can sell: without an answer the receipt becomes autonomous.
probe-too-soon = I asked the OFD just now. Tap again in 5 seconds.

state-online = ✔✔ In touch with the OFD, all is sent.
state-practice = A practice register: its receipts are sent nowhere.
state-shift = Shift { $shift } is open, close it before { $until }.
state-shift-itself = Shift { $shift } is open, it closes by itself before { $until }.
state-no-shift = No shift is open.
state-operator = OFD: { $operator }.
