### First start, people of a register, a cashier's limits and settings. Parameters are safe for HTML.

bot-command-registers = My registers: choose or open one
bot-command-people = People: invite, limit
bot-command-settings = Settings of the register

welcome-stranger =
    Hello! This is Tiyn, a till in a chat: write “coffee 800” and make the receipt right here.

    Begin with a practice till: one minute, no papers. Open a real one whenever you like.
    If somebody else runs the till, ask them for an invitation link.
welcome-button-practice = 🎓 A practice till in a minute
welcome-button-real = 🧾 Open a real till
welcome-button-back = « Back
welcome-button-cancel = Cancel
welcome-button-make = ✔ Open the till
welcome-button-same = The same as in Russian
welcome-button-place = 📍 Send where I am now
welcome-button-okved = { $code }: retail
welcome-sample-title = My shop
welcome-place = Question { $number } of { $total }
welcome-place-left = Fine, that was about the place.
welcome-line = { $name }: <b>{ $value }</b>
welcome-unfit = That could not be taken. Your earlier answers are kept. Look at the example and answer again.
welcome-check = <b>Check that all is right</b>
welcome-cancelled = Cancelled, nothing was opened. You can begin at any time.
welcome-kept = Cancelled. Your till is as it was, go on selling.
welcome-toast-making = Opening the till…
welcome-practice-address = Practice till, no address
welcome-vat-yes = Yes, a VAT payer
welcome-vat-no = No, without VAT
welcome-opened-practice =
    🎓 <b>{ $title }</b>: the practice till is ready.
    Its receipts mean nothing to the tax office. Try whatever you like.
welcome-opened-real =
    🧾 <b>{ $title }</b>: the till is open, its counters come from the OFD.
    Better delete the message with the token from this chat.
welcome-copied = The goods of your other till were copied.
welcome-first-sale =
    Make your first receipt. Write what you sold: <code>coffee 800</code>
    Or press the button and I write it for you.

welcome-ask-practice-title =
    <b>What is your shop called?</b>
    Receipts show this name. Example: <code>Aigul's Coffee</code>
welcome-ask-title =
    <b>Name of the till</b>
    Receipts show it. Example: <code>Aigul's Coffee</code>
welcome-ask-iin-bin =
    <b>Your IIN or BIN</b>
    12 digits, the last one is a check digit. Example: <code>900515301214</code>
welcome-ask-taxpayer =
    <b>Who is the seller by the papers?</b>
    Example: <code>IE Serikov A. B.</code> or <code>Nan LLP</code>
welcome-ask-address =
    <b>Address of the till in Russian</b>
    As in the papers. Example: <code>г. Алматы, ул. Абая, 10</code>
welcome-ask-address-kk =
    <b>The same address in Kazakh</b>
    Example: <code>Алматы қ., Абай көшесі, 10</code>
welcome-ask-place =
    <b>Where does the till stand?</b>
    The law wants its place. Press the button below if you are at the till now.
    Or write latitude and longitude: <code>43.238949, 76.889709</code>
welcome-ask-vat =
    <b>Are you a VAT payer?</b>
    Example: a sole trader on the simplified scheme usually is not. The tax on receipts depends on it.
welcome-ask-okved =
    <b>Code of activity (OKED)</b>
    5 digits. Example: <code>47111</code>
welcome-ask-rnm =
    <b>Registration number (RNM)</b>
    12 digits from the tax office. Example: <code>010102345678</code>
welcome-ask-znm =
    <b>Factory number (ZNM)</b>
    From your account at the OFD. Example: <code>TIYN00000001</code>
welcome-ask-operator =
    <b>Which operator (OFD) is yours?</b>
    The one you have a contract with. Example: Kazakhtelecom JSC.
welcome-ask-server =
    <b>The OFD's server for tills</b>
    Host and port from your account or their letter. Example: <code>ofd.example.kz:7777</code>
welcome-ask-device-id =
    <b>The till's number at the OFD</b>
    The device id from your account. Example: <code>1234567</code>
welcome-ask-token =
    <b>Token of the OFD</b>
    A number from your account. I keep it encrypted and show it to nobody. Example: <code>123456789</code>

welcome-name-iin-bin = IIN/BIN
welcome-name-taxpayer = Seller
welcome-name-title = Name
welcome-name-address = Address
welcome-name-address-kk = Address in Kazakh
welcome-name-place = Place
welcome-name-vat = VAT
welcome-name-okved = OKED
welcome-name-rnm = RNM
welcome-name-znm = ZNM
welcome-name-operator = OFD
welcome-name-server = Server of the OFD
welcome-name-device-id = Number at the OFD
welcome-name-token = Token

staff-role-owner = owner
staff-role-manager = manager
staff-role-cashier = cashier
staff-role-viewer = viewer
staff-people = <b>{ $title }</b>: people
staff-line = • { $name }: { $role }
staff-nameless = chat { $chat }
staff-invite-cashier = + Invite a cashier
staff-invite-manager = + Invite a manager
staff-invite-viewer = + Invite a viewer
staff-invite-owner = + Invite another owner
staff-button-people = « People
staff-button-remove = Remove from the till
staff-button-undo = Undo: remove from the till
staff-button-card = Open and limit
staff-button-share = Forward the link
staff-button-join = Accept
staff-button-not-join = Not now
staff-button-use = Sell on: { $title }
staff-card = <b>{ $name }</b>: { $role }, till <b>{ $title }</b>
staff-limit-line = { $name }: <b>{ $value }</b>
staff-limit-receipt = Largest receipt
staff-limit-return = Largest return
staff-limit-withdrawal = Largest withdrawal
staff-limit-discount = Largest discount
staff-limit-none = no limit
staff-limit-never = not allowed
staff-limit-money = { $total } ₸
staff-limit-percent = { $percent } %
staff-limit-ask-money = How much may the cashier do without you? Write a sum, for example: <code>50000</code>
staff-limit-ask-percent = How many percent may the cashier give without you? Example: <code>10</code>
staff-remove-ask =
    Remove <b>{ $name }</b> from <b>{ $title }</b>?
    The buttons on their screen stop working at once. The receipts they made stay.
staff-removed = Done: this person is no longer in <b>{ $title }</b>. Their buttons do nothing now, their receipts stay.
staff-you-are-removed = You were removed from <b>{ $title }</b>. Your receipts are kept. If this is a mistake, ask the owner for a new link.
staff-invitation =
    A link into <b>{ $title }</b>, role: { $role }.
    <code>{ $link }</code>
    Forward it to one person: it works once, for 15 minutes. I will tell you who came.
staff-not-sent = The link was not sent, nobody can come by it. Press the button again.
staff-join-ask = You are invited to <b>{ $title }</b>, role: <b>{ $role }</b>. The owner will see your name.
staff-not-joined = Fine, you did not join. The link works for 15 minutes from its making.
staff-joined =
    You are in <b>{ $title }</b>, role: { $role }.
    Write what you sold: <code>coffee 800</code>
staff-joined-viewer = You are in <b>{ $title }</b>, role: { $role }. For the report of the shift press “X-report” below.
staff-told-joined =
    👤 <b>{ $title }</b>: somebody new
    <b>{ $name }</b>, role: { $role }. If this is not who you meant, undo it with one button.
staff-registers = <b>Your tills</b>
staff-register = • { $title }: { $kind }, you are { $role }
staff-register-current = ✔ <b>{ $title }</b>: { $kind }, you are { $role }. You sell here
staff-practice = practice
staff-real = real
staff-current = Now you sell on <b>{ $title }</b>.
staff-gone = That is not here any more. Nothing was changed. Open “People” again.

settings-head = <b>{ $title }</b>: settings
settings-done = ✔ Noted. It holds from the next receipt on.
settings-on = yes
settings-off = no
settings-no-vat = without VAT
settings-name-title = Name
settings-name-address = Address
settings-name-address-kk = Address in Kazakh
settings-name-vat = VAT of new goods
settings-name-auto-close = Shift closes by itself
settings-name-at-once = Receipt at once, no button
settings-name-place = Place
settings-name-operator = OFD
settings-name-server = Server of the OFD
settings-auto-on = Let the shift close by itself
settings-auto-off = Do not close the shift by itself
settings-once-on = Make it at once if the payment is named
settings-once-off = Show it first, then make it
settings-at-once-means =
    A sale that names its payment is made at once: “2 coffee 800, cash 2000” is 2 × 800 = 1,600, change 400. A mistake? “Return” is under the receipt.
settings-fixed =
    RNM { $rnm }, ZNM { $znm }, number at the OFD { $device }.
    The law does not let these change: for other numbers open a new till.
settings-not-payer = You are not a VAT payer, so there are no other rates.
settings-ask-title = A new name, up to 64 characters. Example: <code>Aigul's Coffee</code>
settings-ask-address =
    A new address in Russian. Example: <code>г. Алматы, ул. Абая, 10</code>
    If the till moved, tell the tax office too: it does not learn that from me.
settings-ask-address-kk = A new address in Kazakh. Example: <code>Алматы қ., Абай көшесі, 10</code>
settings-ask-place = Send the place with the 📎, or write latitude and longitude: <code>43.238949, 76.889709</code>
settings-ask-server = The new server address from your OFD. Example: <code>ofd.example.kz:7777</code>
settings-ask-vat = Which VAT rate does a new line have unless you say otherwise?

refusal-already-here-title = You are in this till already
refusal-already-here-detail = Your role is not lower than the link's. Nothing changed, the link still works. Forward it to whom it is for.
refusal-answer-unfit-title = That value does not fit
refusal-answer-unfit-detail = Nothing changed. Open the settings and try again.
refusal-discount-over-limit-title = The discount is over your limit
refusal-discount-over-limit-detail = You may give up to { $percent } %. No receipt was made. Lower the discount or call the owner.
refusal-last-owner-title = This is the last owner
refusal-last-owner-detail = A till cannot be without an owner. Nothing changed. Invite another owner first.
refusal-link-spent-title = The link does not work any more
refusal-link-spent-detail = An invitation works once, for 15 minutes. Nothing changed. Ask for a new link.
refusal-receipt-over-limit-title = The receipt is over your limit
refusal-receipt-over-limit-detail = You may go up to { $most }, this is { $total }. No receipt was made. Call the owner or the manager.
refusal-return-over-limit-title = The return is over your limit
refusal-return-over-limit-detail = You may go up to { $most }, this is { $total }. No return was made. Call the owner or the manager.
refusal-too-many-registers-title = Too many tills
refusal-too-many-registers-detail = One person has up to { $limit }. No new one was opened, the others are untouched. Sell on one of them.
refusal-withdrawal-over-limit-title = The withdrawal is over your limit
refusal-withdrawal-over-limit-detail = You may take up to { $most }, this is { $total }. The money is still in the drawer. Call the owner or the manager.
