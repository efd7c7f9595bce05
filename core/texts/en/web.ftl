### Words of the API and of the pages.

web-key-needed-title = A key is needed
web-key-needed-detail = There is no key, or it does not fit. Nothing has changed. Send the header Authorization: Bearer with the key that the register's owner gave you.
web-payments-not-positive = Each payment must be above zero. Nothing was made. Take the zero and negative sums out of the payments.
web-return-exceeds-goods = Less of «{ $name }» is left on that receipt than you return, or it was never on it. No return was made. Compare the name and the quantity with the receipt.
web-storno-exceeds = The storno takes back more than the receipt holds of that section, VAT rate, discount or markup. Nothing was made. Correct the storno line.
web-unreadable-fragments = Not understood: { $fragments }. Nothing was made. Correct this and send it again.
web-validation-both = The field { $field } is given in two ways at once. Nothing was made. Keep one.
web-validation-control-characters = The field { $field } has characters that cannot be printed. Nothing was made. Take them out.
web-validation-figure = The figure in { $field } is not written rightly. Nothing was made. Money is a text with up to two decimals, "1950.00"; quantities and percents have up to three.
web-validation-later = The receipt that is returned is dated later than now. No return was made. Compare its time with the receipt.
web-validation-length = The field { $field } is too short or too long. Nothing was made. Correct it.
web-validation-malformed = The value of { $field } is not written rightly. Nothing was made. See the description of the API.
web-validation-missing = The field { $field } is missing. Nothing was made. Add it.
web-validation-moment = The time in { $field } is not written rightly. Nothing was made. Write it like this: 2026-03-05T14:07:09+05:00.
web-validation-no-cash = The field { $field } goes with a payment in cash only. Nothing was made. Take it out or add the cash.
web-validation-not-a-return = Only a return has a basis. Nothing was made. Take { $field } out or change the kind of document.
web-validation-not-json = The body is not JSON in UTF-8, or repeats the name of a field. Nothing was made. Correct it.
web-validation-not-object = The body must be a JSON object. Nothing was made.
web-validation-not-text = The field { $field } must be a text: numbers stand in quotes, such as "1950.00". Nothing was made.
web-validation-repeated = A type of payment stands twice in { $field }. Nothing was made. Add the two sums up.
web-validation-running = This register's queue is not stopped, there is nothing to resolve. Nothing has changed.
web-validation-type = The value of { $field } is of the wrong kind. Nothing was made. See the description of the API.
web-validation-unknown-field = There is no field { $field } here. Nothing was made. Take it out or correct its name.
web-validation-unknown-kind = There is no such kind of document. Nothing was made. The kinds: sell, sell_return, buy, buy_return, deposit, withdrawal.

web-home-title = Tiyn — a cash register in a chat
web-home-text = Receipts live here. To see yours, open the link or the QR code on the receipt.
web-home-api = Description of the API
web-good-not-in-catalogue = The national catalogue has no good with the barcode { $barcode }. It can be sold all the same: type its name yourself.
web-good-not-answering = The OFD did not answer about the barcode { $barcode }. Sales are not affected: type the name yourself, or ask again later.
web-validation-address = This address does not do: webhooks go over https to a public address of the internet only. Nothing was made. Give another address.
