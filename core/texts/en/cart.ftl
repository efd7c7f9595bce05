### Selling by taps: cart, tiles, keypad, payment. Parameters are formatted already and harmless inside HTML.

bot-menu-goods = Goods
bot-menu-repeat = ↻ Repeat the receipt
bot-command-goods = Goods: sell by taps
bot-command-r = Repeat the last receipt
bot-repeat-none = Nothing to repeat yet: this register has not sold anything. Write, for example: <code>coffee 800</code>

cart-empty = The cart is empty. Tap goods or write a part of a name.
cart-no-goods-owner = The catalogue is empty so far. Write a sale, for example <code>coffee 800</code>: the goods are remembered by themselves. Or add goods as a list: “Catalogue”.
cart-no-goods = The catalogue is empty so far. Write a sale, for example <code>coffee 800</code>: the goods are remembered by themselves.
cart-found = Found by “{ $words }”: { $count }
cart-sections = Choose a section
cart-section-none = No section
cart-line-gone = This line is no longer in the cart.
cart-moved = The cart is below.
cart-changed = The cart has changed. Nothing was made. Check the total and press again.
cart-button-amount = Amount only
cart-button-sections = Sections
cart-button-all = All goods
cart-button-lines = Change
cart-button-discount = Discount
cart-button-pay = Pay { $total } ₸
cart-button-clear = Empty the cart
cart-button-quantity = Quantity
cart-button-remove = Take out
cart-button-other-percent = Other percent
cart-button-discount-sum = Discount in ₸
cart-button-no-discount = No discount
cart-button-exact = Cash, no change { $total } ₸
cart-button-note = { $given } → { $change }
cart-pay-hint = On the buttons: given → change.
cart-button-given = Other sum
cart-button-mixed = Mixed payment
cart-button-mixed-card = Cash { $cash } + card { $rest } ₸
cart-button-mixed-mobile = Cash { $cash } + QR { $rest } ₸
cart-keypad-amount = An amount without a name
cart-keypad-quantity = How much?
cart-keypad-percent = Discount on the whole receipt, in percent
cart-keypad-discount = Discount on the whole receipt, in tenge
cart-keypad-given = To pay: { $total } ₸. How much did the buyer give?
cart-keypad-mixed = To pay: { $total } ₸. How much of it in cash?
cart-button-enter-amount = Add { $value } ₸
cart-button-enter-quantity = Set { $value }
cart-button-enter-percent = Discount { $value } %
cart-button-enter-discount = Discount { $value } ₸
cart-ask-name =
    The code <code>{ $code }</code> is new here.
    Write its name and price, for example: <code>Tea 350</code>. I will remember it.
cart-ask-price =
    The code <code>{ $code }</code>: <b>{ $name }</b>.
    Write its price, for example: <code>350</code>. I will remember it.
cart-ask-bad = I did not understand. One name and its price, for example: <code>Tea 350</code>
cart-toast-gone = These goods are no longer in the catalogue
cart-toast-changed = The cart has changed, check the total
