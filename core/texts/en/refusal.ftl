### Refusals: what happened, what is not lost and what to do. Money comes in already written.

refusal-other-title = This cannot be done now
refusal-other-detail = Nothing has changed and all that was made before is kept. The refusal's code is { $code }: tell it to the register's owner.

refusal-amount-out-of-range-title = The amount is out of range
refusal-amount-out-of-range-detail = A receipt may be up to 9,999,999,999.99 ₸, cash in and out from 0.01 to 99,999,999.99 ₸. No document was made. Check the amount.
refusal-autonomous-too-long-title = Autonomous mode has lasted over 72 hours
refusal-autonomous-too-long-detail = No new receipts until all the earlier ones have reached the OFD. They are kept and go out by themselves; the shift can be closed. Restore the link to the OFD.
refusal-bad-iin-bin-title = The IIN or BIN is wrong
refusal-bad-iin-bin-detail = Its check digit does not match. No receipt was made. Compare the 12 digits with the buyer's papers.
refusal-body-too-large-title = The request is too large
refusal-body-too-large-detail = A request over 1 MiB is not read. Nothing was made. Split it into parts.
refusal-broken-journal-title = The register's journal does not hold
refusal-broken-journal-detail = The register was stopped so that nothing is spoilt. The journal is unchanged. Call the register's owner at once.
refusal-clock-went-back-title = The clock was set back
refusal-clock-went-back-detail = The register's time is before the last receipt, so no receipt was made. Earlier receipts are in place and the shift can be closed. It is not your fault: tell whoever looks after the register to set its clock right.
refusal-device-in-use-title = This register is connected already
refusal-device-in-use-detail = Tiyn already runs a register with this number at this operator. Nothing has changed. Check the register's number in the OFD's cabinet.
refusal-discount-and-markup-title = A discount together with a markup
refusal-discount-and-markup-detail = A whole receipt takes either a discount or a markup. No receipt was made. Keep one of them.
refusal-discount-out-of-range-title = The discount or markup is out of range
refusal-discount-out-of-range-detail = A discount is never below zero or above the sum, a percent is from 0 to 100. No receipt was made. Correct it.
refusal-discount-scopes-conflict-title = A discount both on an item and on the receipt
refusal-discount-scopes-conflict-detail = A discount is given either on items or on the whole receipt. No receipt was made. Keep one of them.
refusal-drawing-busy-title = Too many pictures at once
refusal-drawing-busy-detail = Many receipts are being drawn right now. The receipt is kept, nothing is lost. Try again in a few seconds.
refusal-forbidden-title = You may not do this
refusal-forbidden-detail = You have no right to do this. Nothing has changed. Ask the register's owner for the right.
refusal-idempotency-key-required-title = An idempotency key is needed
refusal-idempotency-key-required-detail = So that no receipt is made twice, send the header Idempotency-Key: 1 to 64 printable characters. Nothing was made.
refusal-idempotency-key-reused-title = This idempotency key is taken
refusal-idempotency-key-reused-detail = Another request came with this key; its document is kept. Take a new key for a new document.
refusal-internal-title = A mistake on our side
refusal-internal-detail = The request was not carried through. Receipts already made are kept. Try again with the same key: nothing is made twice.
refusal-lane-stopped-title = The queue to the OFD stands still
refusal-lane-stopped-detail = The OFD did not take one of the autonomous receipts, and the queue waits for the owner's decision. The receipts are kept and the shift can be closed. The owner decides what to do with the one that stopped.
refusal-method-not-allowed-title = This address is not used that way
refusal-method-not-allowed-detail = This address does not take such a request. Nothing has changed. See the description of the API.
refusal-name-required-title = An item has no name
refusal-name-required-detail = Every line of a receipt needs a name. No receipt was made. Name the goods or the service.
refusal-not-enough-cash-title = There is not enough cash in the drawer
refusal-not-enough-cash-detail = The drawer has { $cash }, and { $needed } is needed. No document was made. Put cash in or take a smaller amount.
refusal-not-found-title = Not found
refusal-not-found-detail = There is no such thing here. Nothing has changed. Check the number or the address.
refusal-ofd-refused-title = The OFD did not take document No. { $number }
refusal-ofd-refused-detail = The OFD's answer: { $text } (code { $result_code }). The document is kept in the journal as refused; it is neither in the drawer nor in the reports. Mend the cause and make a new one.
refusal-pairing-busy-title = Too many new printer bridges
refusal-pairing-busy-detail = Many printers are being connected at once. Nothing was made. Try again in a minute.
refusal-pairing-unknown-title = There is no such code
refusal-pairing-unknown-detail = The code is mistyped, too old or already used. Nothing has changed. Run tiyn-bridge pair again and type the new code.
refusal-parent-not-found-title = The original receipt was not found
refusal-parent-not-found-detail = This register has no such receipt to return. No return was made. Check the receipt's number.
refusal-parent-required-title = The original receipt is needed
refusal-parent-required-detail = A return is made on a receipt. No return was made. Give the number of a receipt of this register, or the facts of another's: sign, time, registration number, total and whether it was autonomous.
refusal-payments-total-mismatch-title = The payments do not add up to the total
refusal-payments-total-mismatch-detail = Paid { $paid }, but the total is { $total }. No receipt was made. Correct the payments.
refusal-price-out-of-range-title = The price is out of range
refusal-price-out-of-range-detail = A price is from 0.01 to 99,999,999.99 ₸. No receipt was made. Correct the price.
refusal-quantity-out-of-range-title = The quantity is out of range
refusal-quantity-out-of-range-detail = A quantity is from 0.001 to 999,999,999. No receipt was made. Correct the quantity.
refusal-register-blocked-title = The register is blocked
refusal-register-blocked-detail = { $reason ->
    [blocked] The OFD has blocked the register; most often its fee is not paid. Pay it and press “I have paid — check”.
    [bad_token] The OFD does not know the register: the token does not fit. Take a new token from the OFD's cabinet and type it in.
    [numbering] The numbers of requests differ between the register and the OFD. Call the OFD, then check the link.
    [restored] The register was restored from a backup and waits for a new token from the OFD. Type it in.
   *[other] The OFD says that it cannot serve the register now. Call the OFD, then check the link.
} No receipt was made, the earlier ones are kept, and the shift can be closed.
refusal-register-busy-title = The register is busy
refusal-register-busy-detail = The previous receipt of this register still waits for its answer. Nothing was made and the key is free. Try again in a few seconds.
refusal-return-exceeds-parent-title = The return is more than what is left
refusal-return-exceeds-parent-detail = No more than { $left } of this receipt is left to return. No return was made. Make the sum or the quantity smaller.
refusal-same-taxpayer-and-customer-title = The buyer is the seller
refusal-same-taxpayer-and-customer-detail = The buyer's IIN or BIN is the seller's own. No receipt was made. Take it out or correct it.
refusal-shift-not-open-title = No shift is open
refusal-shift-not-open-detail = There is no open shift. Nothing has changed. A shift opens by itself with the first receipt.
refusal-shift-too-long-title = The shift has lasted over 24 hours
refusal-shift-too-long-detail = No more receipts can be made in this shift. Earlier receipts are kept. Close the shift: the next one opens by itself with the first receipt.
refusal-taken-less-than-cash-title = Less cash was taken than is to be paid
refusal-taken-less-than-cash-detail = Taken { $taken }, but { $cash } is due in cash. No receipt was made. Check how much the buyer gave.
refusal-total-not-positive-title = The total is not above zero
refusal-total-not-positive-detail = A receipt of zero is not made. No receipt was made. Check the prices, the discount and the cancelled lines.
refusal-unknown-outcome-title = How it ended is not known yet
refusal-unknown-outcome-detail = The link to the database broke in the middle. Nothing is lost. Try again with the same key: the answer will be right and nothing is made twice.
refusal-unknown-payment-title = Unknown kind of payment
refusal-unknown-payment-detail = A payment is cash, card or mobile. No receipt was made. Choose one of them.
refusal-unknown-unit-title = Unknown unit of measure
refusal-unknown-unit-detail = There is no unit with the code { $unit }. No receipt was made. Take a code from the list; a piece is 796.
refusal-unknown-vat-title = Unknown VAT rate
refusal-unknown-vat-detail = A rate is 16, 12, 10, 5, 0 or none for “without VAT”. No receipt was made. Choose one of them.
refusal-unreadable-title = It could not be read
refusal-unreadable-detail = The meaning is not clear. Nothing was made. Write, for example: “coffee 800”.
refusal-validation-title = The request is not well formed
refusal-validation-detail = There is a mistake in the request. Nothing was made. Correct it and send it again.
refusal-vat-not-allowed-title = This VAT rate does not fit here
refusal-vat-not-allowed-detail = The rate { $vat } does not hold on the receipt's date (12 % is only for returns of receipts made before 2026), or the basis has these goods at another, or the seller does not pay VAT. No receipt was made. Leave the rate out: the register puts in the right one.

## Reasons of autonomous mode and of blocks.

reason-no-link = there is no link to the OFD
reason-timeout = the OFD did not answer within 5 seconds
reason-unavailable = the OFD is not available for now
reason-blocked = the OFD has blocked the register, most often for an unpaid fee
reason-bad-token = the OFD does not accept the register's token
reason-numbering = the numbers of requests differ from the OFD's
reason-service = the OFD refused to serve the register
reason-shift-too-long = the shift has lasted over 24 hours
reason-autonomous-too-long = autonomous mode has lasted over 72 hours
reason-power-lost = the register went off before the OFD answered
reason-clock = the server's clock shows a wrong time
reason-restored = the register was restored from a backup
refusal-ofd-not-answering-title = The OFD does not answer
refusal-ofd-not-answering-detail = The register was not connected: the operator gave no answer within 5 seconds. Nothing was lost and nothing was made. Check the address and the register's number at the operator and try again.
refusal-ofd-not-ready-title = The OFD is not ready to connect this register
refusal-ofd-not-ready-detail = The operator answered with code { $result_code }: “{ $text }”. The register was not connected, nothing has changed. Check its number and token in the OFD's cabinet.
refusal-shift-open-at-ofd-title = A shift is open at the operator
refusal-shift-open-at-ofd-detail = The OFD has shift No. { $shift } of this register open. The register was not connected, nothing has changed. Close the shift on the former register and try again.
refusal-paid-day-past-title = That day is past
refusal-paid-day-past-detail = { $day } is past. Nothing has changed. Write the day until which it is paid, with its year.
refusal-paid-day-far-title = That day is too far off
refusal-paid-day-far-detail = { $day } is more than three years ahead. Nothing has changed. Check the year and write the date again.
refusal-paid-day-impossible-title = There is no such day
refusal-paid-day-impossible-detail = The calendar has no such day. Nothing has changed. Write the date again.
refusal-too-many-webhooks-title = Too many webhooks
refusal-too-many-webhooks-detail = The organisation has { $limit } webhooks already. Nothing was made, the others go on working. Remove one that is not needed.
