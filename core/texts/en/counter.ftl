### Chat: receipts, returns, counting the drawer, the feed, the business day. Parameters are formatted and safe for HTML.

bot-menu-feed = Receipts
bot-command-receipts = Receipts of the shift, search
bot-command-day = When the business day begins

counter-button-details = Details
counter-button-send = Send
counter-button-print = Print a copy
counter-button-pdf = PDF
counter-button-copy-link = Copy the link
counter-copy-asked = A copy of receipt № { $number } was sent to the printer.
counter-copy-no-printer = No printer is connected to this register, so no copy was printed. Send the receipt as a file or a link.
counter-toast-copy = A copy of receipt № { $number }
counter-toast-pdf = Making the PDF
counter-toast-changed = The sum has changed: { $total } ₸. Please check again

counter-return-title = Return of receipt № { $number }: what came back?
counter-return-left = Left to return: { $left } ₸
counter-return-rest =
    A part of receipt № { $number } was returned before. Return the rest, <b>{ $total } ₸</b>?
counter-return-total = To pay back: <b>{ $total } ₸</b>
counter-return-nothing = Nothing is chosen yet. Mark what came back.
counter-button-part = A part of it, or paid back otherwise
counter-button-page = More lines · { $page } of { $pages }
counter-link-unreadable = I do not know this link, nothing was done. Send the whole link from the receipt's QR code.
counter-link-lacks = This link does not tell the register, the sum or the date, so the receipt cannot be returned here. Nothing was done. Return it on the register that made it.
counter-elsewhere-title = Return of another register's receipt
counter-elsewhere-facts =
    Fiscal sign { $sign } · register { $rnm }
    Made { $made }, { $total } ₸
counter-elsewhere-goods = Goods
counter-return-which = Which receipt is returned?
counter-return-which-other = Not on the list? Reply “return” to its message, or send its link or a photo of its QR code.
counter-return-nothing-sold = Nothing to return: this register has made no sale yet. Another register's receipt is returned by its link or a photo of its QR code.
counter-elsewhere-how = Not all of it? Write the sum or the goods, for example: <code>coffee 800</code>
counter-elsewhere-unread = I did not understand what came back, nothing was done. Write the sum or the goods with the price, for example: <code>coffee 800</code>

counter-time-made = { $time } · made
counter-time-made-by = { $time } · made by { $name }
counter-time-registered = { $time } · sent, taken by the OFD
counter-time-autonomous = { $time } · autonomous: { $reason }
counter-time-refused = { $time } · refused by the OFD: { $text } (code { $code })
counter-time-practice = { $time } · practice, not sent to the OFD
counter-time-retry = { $time } · decided to send it again: { $why }
counter-time-encode-again = { $time } · decided to send it in the other version of the protocol: { $why }
counter-time-settled-outside = { $time } · decided that it is settled with the OFD without the register: { $why }
counter-time-unanswered = Tries without an answer: { $count }
counter-time-now-saved = Waiting for the OFD's answer
counter-time-now-autonomous = Waiting in the queue, will be sent by itself
counter-time-now-stopped = The queue stands at it: { $text }. The owner decides
counter-time-told-later = { $time } · sent from the queue, taken by the OFD
counter-time-print-printed = Printed
counter-time-print-waiting = Waiting for the printer
counter-time-print-failed = Not printed: the printer is not ready, it will try again
counter-time-copies = Copies: { $count }, printed { $printed }
counter-time-returned = Return № { $number }, { $total } ₸
counter-time-more = … and more entries: { $count }

counter-kept-registered = Taken by the fiscal data operator at { $time }
counter-kept-autonomous = This receipt is valid. The operator will be told once there is a link
counter-kept-refused = The operator refused this receipt: it is not valid. Ask the seller for a new one
counter-kept-practice = This is a practice receipt, not a fiscal one
counter-kept-saved = The receipt is being registered…

counter-button-equal = It agrees: { $cash } ₸
counter-button-type = Another sum
counter-count-ask = How much cash is in the drawer? It should be { $cash } ₸. Write what you counted, for example: <code>5000</code>
counter-count-equal = Counted { $counted } ₸, the drawer agrees
counter-count-short = Counted { $counted } ₸, <b>{ $difference } ₸</b> missing
counter-count-over = Counted { $counted } ₸, <b>{ $difference } ₸</b> too much
counter-close-moved = The close of the shift is below.
counter-count-bad = I did not understand the sum, nothing was done. Write what you counted, for example: <code>5000</code>
counter-reason-ask = Why? Press a reason or write it.
counter-reason-change = Wrong change
counter-reason-missed = A sale was not rung up
counter-reason-expenses = Taken for expenses
counter-reason-unknown = Nobody knows
counter-reason-none = no reason given

counter-sum-sales = { $count ->
    [one] Sales: { $count } receipt, <b>{ $sum } ₸</b>, { $average } ₸ on average
   *[other] Sales: { $count } receipts, <b>{ $sum } ₸</b>, { $average } ₸ on average
}
counter-sum-buy-returns = Returned purchases: { $count }, { $sum } ₸
counter-sum-revenue = Takings: <b>{ $sum } ₸</b>, returns and purchases taken off
counter-sum-payment-net = { $type }: { $came } − { $went } = { $sum } ₸

counter-feed-shift = Receipts of shift № { $shift }
counter-feed-today = Today's receipts
counter-feed-found = Found for “{ $words }”
counter-feed-empty = Nothing here.
counter-feed-not-found = Nothing found. I look by number, sum and name of the goods.
counter-feed-none =
    There were no receipts yet.
    Write: <code>coffee 800</code>
counter-feed-ask = What shall I find? Write a number, a sum or goods, for example: <code>coffee</code>
counter-filter-all = All
counter-filter-unsent = Not at the OFD
counter-filter-returns = Returns
counter-filter-cash = Cash
counter-button-older = Older ›
counter-button-newest = « Newest
counter-button-today = Today
counter-button-find = Find
counter-button-shift = Shift № { $shift }
counter-button-feed-back = « Receipts of the shift

counter-day-words = business day
counter-day-is =
    <b>The business day begins at { $hour }</b>
    Today's began { $began }. “Today's receipts” go by it; shifts and Z-reports do not.
counter-day-ask = Open at night? Choose the hour at which your new day begins.
counter-day-not-yours = The owner or a manager can change it.
