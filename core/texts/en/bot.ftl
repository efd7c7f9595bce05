### The chat: menu, sale, receipt, shift, news. Parameters come formatted and safe for HTML.

bot-menu-x = X-report
bot-menu-deposit = Cash in
bot-menu-withdrawal = Cash out
bot-menu-close = Close shift
bot-menu-help = Help
bot-menu-language = Language
bot-menu-placeholder = For example: coffee 800

bot-command-start = Begin
bot-command-x = X-report: the shift so far
bot-command-deposit = Put cash into the drawer
bot-command-withdrawal = Take cash out of the drawer
bot-command-close = Close the shift
bot-command-state = State of the register and the OFD
bot-command-pay = How to pay the OFD
bot-command-help = Help with examples
bot-command-lang = Language: қазақша, русский, English

bot-example-text = coffee 800
bot-button-example = Try it: coffee 800
bot-button-cancel = Cancel

bot-start-vendor =
    <b>{ $title }</b>
    The register is ready. Write what you sold and I show the receipt with its sums. One tap makes it.

    Write: <code>coffee 800</code>
    Or: <code>2 coffee 800, bread 350, cash 2000</code>
bot-start-practice = This is a practice register: its receipts mean nothing to the tax office. Try anything.
bot-start-viewer =
    <b>{ $title }</b>
    You can read this register's reports. Selling needs the role of a cashier: ask the owner.
bot-start-receipt = Your receipt: <b>{ $title }</b>, { $total } ₸, { $when }.
bot-start-receipt-button = Open the receipt
bot-start-receipt-unknown = There is no such receipt. Check the link or scan the QR on the receipt again.
bot-stranger = You have no register, so nothing was made. Ask the owner to add you. The number of your chat: <code>{ $chat }</code>
bot-not-allowed = You may only read reports on this register. Nothing was done. Ask the owner for the role of a cashier.
bot-group = I work only in a private chat: a till is not for other eyes. Open a chat with me and write: coffee 800
bot-language-ask = Choose a language
bot-language-set = Done, English from now on.
bot-help =
    <b>How to sell</b>
    Write the item and its price, I do the sums:
    <code>coffee 800</code>
    <code>2 coffee 800, bread 350</code>
    <code>1.5 kg cheese 3200 card</code>
    <code>tea 150 bread 200 cash 2000</code>
    Check the total and tap the button that names it.

    <b>By taps</b>: the button “Goods” below, a photo of a barcode or a part of a name. Catalogue: an Excel file here or /catalogue.
    <b>Return</b>: reply “return” to the receipt's message or tap “Return” under it. A part: <code>return coffee</code>
    <b>Receipts</b>: <code>receipts</code>, <code>find coffee</code>, <code>find 800</code>
    <b>Cash</b>: <code>deposit 5000</code>, <code>withdraw 2000</code>
    <b>The shift</b> opens by itself with the first receipt. Close it with the button below.
    <b>Summary</b> with a picture: <code>summary</code>, <code>summary yesterday</code>, <code>summary 1.11-15.11</code>

    <b>OFD</b>: <code>status</code> shows how it stands, <code>how to pay</code> the steps and the paid day.

    <b>Marks</b>: ✔ saved, ✔✔ registered with the OFD, ☁✕ autonomous (it goes to the OFD by itself), ✖ refused by the OFD.
    No link? Keep selling: the register works autonomously for 72 hours.
bot-not-text = I understand text, a photo of a barcode or of a receipt's QR, and a file of goods. Nothing was made. Write, for example: <code>coffee 800</code>
bot-too-long = The message is too long: { $length } characters, I read up to { $limit }. Nothing was done. Split the receipt.
bot-unreadable =
    I did not understand; nothing was done.
    Write the item and its price, for example: <code>coffee 800</code> or <code>2 coffee 800, bread 350, cash 2000</code>
bot-unreadable-fragments =
    I did not understand: { $fragments }. Nothing was done.
    Write the item and its price, for example: <code>coffee 800</code> or <code>2 coffee 800, bread 350, cash 2000</code>
bot-broken =
    I could not show the answer because of a mistake on our side. What was made is not lost.
    Try again in a minute.

bot-sale-total = Total: <b>{ $total } ₸</b>
bot-sale-more-lines = { $count ->
    [one] … and { $count } more item
   *[other] … and { $count } more items
}
bot-sale-discount = Discount: { $sum } ₸
bot-sale-markup = Markup: { $sum } ₸
bot-line-discount = discount { $sum }
bot-line-markup = markup { $sum }
bot-sale-how-paid = How was it paid?
bot-pay-cash = Cash
bot-pay-card = Card
bot-pay-mobile = QR payment
bot-paid = { $type }: { $sum } ₸
bot-paid-taken = received { $taken } ₸
bot-paid-change = change <b>{ $change } ₸</b>
bot-button-make = Make { $total } ₸
bot-button-make-change = Make { $total } ₸ · change { $change }
bot-button-pay-cash = Cash { $total } ₸
bot-button-pay-card = Card { $total } ₸
bot-button-pay-mobile = QR { $total } ₸
bot-button-reading = No, { $total } ₸ in all: { $line }
bot-button-refused = ✖ Receipt { $number }: refused by the OFD
bot-cancelled = Cancelled, nothing was made.

bot-toast-making = Making the receipt: { $total } ₸…
bot-toast-already = Already made: receipt { $number }
bot-toast-already-refused = Receipt { $number } was refused by the OFD
bot-toast-in-work = Working on it…
bot-toast-cancelled = This receipt was cancelled. Write it again
bot-toast-cancelling = Cancelling
bot-toast-reading = Reading it so: { $total } ₸
bot-toast-old = This button is out of date. Write the receipt again
bot-toast-foreign = This button is not yours
bot-toast-not-allowed = You have no rights on this register
bot-toast-return = Return of receipt { $number }
bot-toast-close = Closing the shift
bot-toast-deposit = Making the cash in: { $total } ₸…
bot-toast-withdrawal = Making the cash out: { $total } ₸…
bot-toast-probe = Asking the OFD

bot-title-sell = Receipt { $number }
bot-title-sell-return = Return { $number }
bot-title-buy = Purchase { $number }
bot-title-buy-return = Purchase return { $number }
bot-title-deposit = Cash in { $number }
bot-title-withdrawal = Cash out { $number }
bot-title-shift-close = Z-report { $number }
bot-head-change = change { $change } ₸
bot-basis = Basis: receipt { $number }
bot-practice = Practice receipt, not a fiscal one
bot-button-receipt = Open
bot-button-return = Return
bot-qr-caption = { $title } · { $total } ₸. The customer scans it and sees their receipt.
bot-cash-now = { $cash } ₸ in the drawer

bot-state-saved = Saved, waiting for the OFD…
bot-state-registered = Fiscal sign { $sign } · registered at { $time }
bot-state-registered-plain = Registered with the OFD at { $time }
bot-state-autonomous = Autonomous: { $reason }. It goes to the OFD by itself
bot-state-autonomous-queue = Autonomous: { $reason }. Place { $place } in the queue, it goes to the OFD by itself
bot-state-autonomous-sign = Autonomous sign { $sign }
bot-state-autonomous-registered = Fiscal sign { $sign } · was autonomous, registered at { $time }
bot-state-autonomous-registered-plain = Was autonomous, registered at { $time }
bot-state-refused = Refused by the OFD: { $text }. The money is not counted, the receipt is not valid. Mend it and make it again
bot-state-stopped = The queue to the OFD stands at this receipt: { $text }. The receipt is valid, the owner must decide
bot-state-settled = Settled with the OFD outside the queue, as the owner decided
bot-state-practice = Practice receipt saved, it is not sent to the OFD

bot-reason-no-link = no link to the OFD
bot-reason-timeout = the OFD did not answer within 5 seconds
bot-reason-unavailable = the OFD's service is unavailable for now
bot-reason-blocked = the OFD blocked the register
bot-reason-bad-token = the OFD did not know the register's token
bot-reason-numbering = the OFD did not take the request number
bot-reason-service = the OFD refuses to serve the register
bot-reason-shift-too-long = the shift is longer than 24 hours
bot-reason-autonomous-too-long = autonomous for more than 72 hours
bot-reason-power-lost = the register went off before the OFD answered
bot-reason-rejected = the OFD did not take a document
bot-reason-clock = the clock was wrong
bot-reason-restored = the register was restored from a copy
bot-reason-other = the OFD does not answer

bot-return-ask =
    Return the whole receipt { $number } of <b>{ $total } ₸</b>?
    { $payments }
bot-return-not-sale = Only a sale can be returned. Nothing was done.
bot-button-return-make = Return { $total } ₸

bot-cash-ask-deposit = How much goes into the drawer? Tap a sum or write it, for example: <code>5000</code>
bot-cash-ask-withdrawal = How much comes out of the drawer? It holds { $cash } ₸. Tap a sum or write it, for example: <code>2000</code>
bot-cash-confirm-deposit = Put <b>{ $total } ₸</b> into the drawer?
bot-cash-confirm-withdrawal = Take <b>{ $total } ₸</b> out of the drawer?
bot-button-deposit = Put in { $total } ₸
bot-button-withdrawal = Take out { $total } ₸
bot-button-withdrawal-all = Take out all: { $total } ₸
bot-cash-bad = The sum must be from 0.01 to 99,999,999.99 ₸. Nothing was done. Write, for example: <code>deposit 5000</code>

bot-x-title = <b>X-report</b> · shift { $shift } · { $time }
bot-x-opened = Opened { $opened }, close it before { $until }
bot-shift-none =
    No shift is open: there were no receipts yet.
    The first one opens it. Write: <code>coffee 800</code>
bot-close-ask =
    Close shift { $shift }?
    Receipts: { $count }, takings { $revenue } ₸, in the drawer { $cash } ₸.
bot-button-close = Close shift { $shift }
bot-button-close-withdraw = Close and take out { $cash } ₸
bot-z-title = <b>{ $mark } Z-report</b> · shift { $shift } closed { $time }
bot-z-autonomous-mark = Closed autonomously, it goes to the OFD by itself
bot-sum-payment = { $type }: { $sum } ₸
bot-sum-returns = Returns: { $count } of { $sum } ₸
bot-sum-purchases = Purchases: { $count } of { $sum } ₸
bot-sum-placements = Put in { $deposits } ₸, taken out { $withdrawals } ₸
bot-sum-cash = In the drawer: <b>{ $cash } ₸</b>
bot-sum-offline = Autonomous receipts: { $count }
bot-sum-head = Head of the chain: <code>{ $head }</code>

bot-button-paid = I have paid — check
bot-news-online = { $count ->
    [0] ✔✔ <b>{ $title }</b>: the OFD answers again
    [one] ✔✔ <b>{ $title }</b>: the OFD answers again, { $count } document sent
   *[other] ✔✔ <b>{ $title }</b>: the OFD answers again, { $count } documents sent
}
bot-news-replay = <b>{ $title }</b>: sending to the OFD, { $left } left
bot-news-replay-done = <b>{ $title }</b>: all is sent to the OFD
bot-news-clock =
    ⚠ <b>{ $title }: the clock jumped forward</b>
    If the time is right, nothing is to be done. If not, set the server's clock before the next receipt.
bot-news-closes-soon =
    <b>{ $title }: the shift is nearly 24 hours old</b>
    Close it before { $until }, or there will be no new receipts.

bot-operator-silent = the OFD gave no reason (code { $code })
bot-operator-no-words = the OFD gave no reason
bot-sum-digest = This Z-report, document { $number }: <code>{ $digest }</code>
bot-toast-qr = QR of receipt { $number }
bot-toast-ready = Done
bot-news-difference =
    ⚠ <b>{ $title }: the OFD's counters differ from ours</b>
    Differences: { $count }. Our figures are unchanged, you can sell.
    What to do: compare the register's report with the OFD's cabinet and call the OFD.

bot-button-retry = Send again
bot-button-settle = Settled it myself
bot-button-settled = Yes, document { $number } is settled
bot-button-encode = Send in the other version
bot-button-encoded = Yes, send in version { $version }
bot-toast-retry = Sending again
bot-toast-settled = Noting it: document { $number } is settled
bot-toast-encoded = Sending document { $number } in the other version
bot-toast-confirm = Check it and confirm
bot-toast-not-yours = The owner or the manager decides
bot-settle-ask =
    <b>Is document { $number } already settled with the OFD?</b>
    Confirm only if you gave it to the OFD in another way yourself, or if the OFD told you that it need not be given.
    The register will never send this document again. It stays in the journal and in the reports, and the queue goes on. This decision cannot be taken back.
bot-settle-left = Nothing was decided. Document { $number } is untouched, the queue waits.
bot-encode-ask =
    <b>Send document { $number } in the other version of the protocol?</b>
    The register now talks to the OFD in version { $now }. This document and all that follow will go in version { $other }; receipts, sums and numbers stay as they are.
    Confirm if the OFD's support told you that the version is the cause.
bot-lane-settled = Your decision is noted: document { $number } was settled with the OFD without the register.
bot-lane-encoded = The register has moved to version { $version }: document { $number } was sent again in it.
bot-lane-runs = This decision is not needed any more: the register does not stand at it. Nothing has changed.
bot-lane-busy = The register is busy talking to the OFD. Nothing has changed, try again in a minute.
bot-lane-fine = ✔✔ The register is in touch with the OFD, all is sent.
bot-token-given = The register has the new token. Better delete the message with it from the chat.
bot-token-bad = This does not look like a token: it is a whole number from 1 to 4,294,967,295. Nothing has changed. Send it so: <code>token 123456789</code>
bot-token-not-yours = The OFD did not know the register's token, but you may not give a new one. Nothing has changed.
bot-token-not-wanted =
    No new token is needed now, nothing has changed.
    If you sell a “token”, give the item another name, for example: <code>chip 500</code>

bot-news-closes-itself =
    <b>{ $title }: the shift is nearly 24 hours old</b>
    Nothing is to be done: it closes by itself before { $until }. You may close it earlier.
bot-news-close-refused =
    ⚠ <b>{ $title }: shift { $shift } did not close by itself</b>
    The OFD did not take the close: { $text } (code { $code }). What was made is not lost.
    What to do: close the shift with the button. If the OFD refuses again, call it and name the code.
bot-news-not-compared =
    ⚠ <b>{ $title }: the OFD would not compare the counters</b>
    It answered the comparison so: { $text } (code { $code }). Our figures are unchanged, you can sell.
    What to do: call the OFD and name this code.

bot-return-already =
    <b>This receipt was already returned in full</b>
    It cannot be returned again. Nothing was done.
bot-cash-how = Nothing was done. Write cash in and out like this: <code>deposit 5000</code> or <code>withdraw 2000</code>
bot-toast-return-making = Making the return: { $total } ₸…
bot-shift-none-no-sales = No shift is open now.
bot-news-closed-itself =
    <b>{ $title }: shift { $shift } was closed automatically</b>
    Takings { $revenue } ₸, in the drawer { $cash } ₸.
