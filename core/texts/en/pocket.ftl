### The pocket register: a page under the thumb. Words in braces are filled in by the page itself.

bot-menu-pocket = Register

pocket-title = Register
pocket-back = Back
pocket-more = More
pocket-tab-sell = Sell
pocket-tab-receipts = Receipts
pocket-tab-shift = Shift
pocket-keypad = Digits
pocket-erase = Erase
pocket-comma = Comma

pocket-state-no-signal = No signal to the register
pocket-state-blocked = The register is blocked
pocket-state-stopped = The queue to the OFD stands
pocket-state-autonomous = Autonomous · waiting to be sent: { $count }
pocket-state-shift = Shift { $number } is open
pocket-state-no-shift = The first receipt opens the shift
pocket-no-signal = No signal. Nothing is lost: try again when it is back.
pocket-no-signal-price = No signal, so nobody can be asked for the price. The cart is kept, I will ask again.

## Selling

pocket-search = Find goods
pocket-sections = Sections
pocket-all-goods = All
pocket-to-keypad = An amount without goods
pocket-to-tiles = To the goods
pocket-goods = Goods
pocket-add-amount = Add to the receipt
pocket-more-goods = { $count } more
pocket-nothing-found = Nothing found
pocket-no-goods = The catalogue is still empty. Type a sum on the keypad, top right: it becomes the first receipt.
pocket-code-unknown = There is no code { $code } in the catalogue. Type the sum on the keypad.
pocket-cart-count = Lines: { $count }
pocket-pay = Pay { $total }
pocket-pay-unknown = Pay…
pocket-quantity-of = Quantity: { $name }
pocket-less-of = Less: { $name }
pocket-more-of = More: { $name }
pocket-set-quantity = Set { $value }
pocket-discount = Discount
pocket-no-discount = No discount
pocket-other-discount = Other
pocket-set-discount = Discount { $value } %
pocket-total = Total
pocket-clear-cart = Clear the cart

## Payment

pocket-to-pay = To pay
pocket-notes = Given in notes
pocket-cash-exact = Cash, no change
pocket-change-short = change { $change }
pocket-card = Card
pocket-mobile = QR, mobile
pocket-other-given = Another sum given
pocket-mixed = Mixed
pocket-given-title = To pay: { $total }. How much was given?
pocket-given-none = Type how much was given
pocket-sell-with-change = Make · change { $change }
pocket-mixed-title = To pay: { $total }. How much in cash?
pocket-rest-card = The rest by card: { $rest }
pocket-rest-mobile = The rest by QR: { $rest }
pocket-change = Change

## What became of an act

pocket-making-sell = Making the receipt…
pocket-making-sell-return = Making the return…
pocket-making-deposit = Putting cash in…
pocket-making-withdrawal = Taking cash out…
pocket-making-close = Closing the shift…
pocket-lost-title = The signal is gone, finding out
pocket-lost-text = The register may have made it already, so do not make it again. The true answer will stand here as soon as the signal is back.
pocket-do-not-make = Do not make it
pocket-dropping = Giving it up: if the register has not made it yet, it never will.
pocket-nothing-title = Not made
pocket-nothing-text = The request did not reach the register: there is no receipt, no money was counted. Make it now?
pocket-make-now = Make it now
pocket-understood = Understood
pocket-ofd-refused = The OFD did not take no. { $number }: { $text }. It does not count, the cart is kept. Mend it and make it again.
pocket-new-receipt = New receipt
pocket-done = Done

## A document

pocket-kind-sell = Receipt { $number }
pocket-kind-sell-return = Return { $number }
pocket-kind-buy = Purchase { $number }
pocket-kind-buy-return = Purchase return { $number }
pocket-kind-deposit = Cash in { $number }
pocket-kind-withdrawal = Cash out { $number }
pocket-kind-shift-close = Z-report { $number }
pocket-mark-saved = Being registered…
pocket-mark-registered = The OFD has taken it
pocket-mark-autonomous = Autonomous, goes to the OFD by itself
pocket-mark-autonomous-registered = Autonomous, the OFD has taken it
pocket-mark-refused = The OFD did not take it
pocket-mark-stopped = Autonomous, the queue stands
pocket-mark-settled = Autonomous, passed on another way
pocket-mark-practice = Practice
pocket-practice = A practice register: no legal force
pocket-open-receipt = Open the receipt
pocket-send-receipt = Send
pocket-share-text = Receipt for { $total }
pocket-code-hint = The buyer scans the code and has the receipt
pocket-lines = Lines
pocket-paid-cash = Cash
pocket-paid-card = Card
pocket-paid-mobile = Mobile payment
pocket-taken = Received
pocket-made-at = Time
pocket-cashier = Cashier
pocket-fiscal-sign = Fiscal sign
pocket-autonomous-sign = Autonomous sign
pocket-return = Return

## Receipts and returns

pocket-search-receipts = Number, sum, goods
pocket-filter = Which to show
pocket-kept-all = All
pocket-kept-unsent = Not at the OFD
pocket-kept-returns = Returns
pocket-kept-cash = Cash
pocket-older = Show earlier ones
pocket-no-receipts = Nothing here yet
pocket-return-title = Return of receipt { $number }
pocket-returned = Returned already
pocket-left-of = { $left } left at { $price }
pocket-pay-back = How the money goes back
pocket-as-paid = As it was paid
pocket-return-total = To return
pocket-return-now = Return { $total }
pocket-return-nothing = Choose what was returned

## The shift

pocket-shift-number = Shift { $number }
pocket-no-shift = No shift is open
pocket-no-shift-text = The first receipt opens it.
pocket-closes-before = Close before { $time }
pocket-opened-at = Opened
pocket-counted = { $name }: { $count }
pocket-op-sell = Sales
pocket-op-sell-return = Returns
pocket-op-buy = Purchases
pocket-op-buy-return = Purchase returns
pocket-op-deposit = Cash in
pocket-op-withdrawal = Cash out
pocket-revenue = Revenue
pocket-in-drawer = Cash in the drawer
pocket-cash-in = Put cash in
pocket-cash-out = Take cash out
pocket-cash-in-now = Put { $sum } in
pocket-cash-out-now = Take { $sum } out
pocket-close-shift = Close the shift
pocket-close-title = Close shift { $number }?
pocket-close-text = The Z-report is printed. The next receipt opens a new shift.
pocket-withdraw-all = Take all cash out: { $sum }
pocket-close-now = Close with a Z-report
pocket-shift-closed = Shift { $number } is closed

## Who and where

pocket-language = Language
pocket-registers = Registers
pocket-phones = Phones
pocket-close-others = Close the register on my other phones
pocket-others-closed = phones it was closed on: { $count }
pocket-close-theirs = Close the register on the phones of { $name }
pocket-sign-out = Sign out on this phone
pocket-role-owner = owner
pocket-role-manager = manager
pocket-role-cashier = cashier
pocket-role-viewer = viewer
pocket-closed-title = The register opens from the chat
pocket-closed-text = Open the chat with the bot in Telegram and press the register's button beside the message field.
pocket-over-title = You were signed out
pocket-over-text = The cart and the receipts are kept. Open the register from the chat with the bot again.
pocket-lost-start-title = No signal to the register
pocket-lost-start-text = The cart and the receipts are kept. Check the internet and try again.
pocket-try-again = Try again
pocket-close-app = Close

## Refusals

refusal-act-dropped-title = This was given up
refusal-act-dropped-detail = It was given up on the phone before it reached the register. Nothing was made. Begin again if it is wanted.
refusal-launch-forged-title = Telegram did not confirm who you are
refusal-launch-forged-detail = The launch data was not signed for this bot, or was changed on its way. Nothing was opened or changed. Open the register from the chat with the bot.
refusal-launch-stale-title = This launch is too old
refusal-launch-stale-detail = Telegram gave this launch data out too long ago. Receipts and cart are kept. Close the register and open it from the chat again.
refusal-launch-stranger-title = You are on no register
refusal-launch-stranger-detail = Receipts and sales are in place, but this account was given no register. Ask the owner for an invitation, or begin a register of your own in the chat with the bot.
refusal-launch-used-title = This launch was used already
refusal-launch-used-detail = One launch opens the register on one phone. Receipts are kept. Close the register and open it from the chat again.
refusal-no-bot-title = No bot is connected
refusal-no-bot-detail = This server was given no bot, so nobody can be let in. Nothing was changed. Tell whoever looks after the register: TIYN_TELEGRAM_TOKEN is needed.
refusal-session-over-title = You were signed out
refusal-session-over-detail = The register is closed on this phone: its time is over, it was closed, or access was taken. Receipts are kept. Open the register from the chat again.
