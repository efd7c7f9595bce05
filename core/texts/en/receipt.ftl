### The words of receipts, reports and the receipt page: the one table of labels (DOMAIN.md 5).

## The head of a receipt

receipt-fiscal = FISCAL RECEIPT
receipt-autonomous = AUTONOMOUS
receipt-practice = PRACTICE
receipt-practice-note = A practice document, of no legal force
receipt-saved = being registered
receipt-refused = REFUSED
receipt-refused-note = The operator did not accept this document, it is not valid
receipt-copy = COPY
receipt-bin = BIN
receipt-iin = IIN

## Titles of documents

receipt-title-sell = SALE
receipt-title-sell-return = SALE RETURN
receipt-title-buy = PURCHASE
receipt-title-buy-return = PURCHASE RETURN
receipt-title-deposit = CASH IN
receipt-title-withdrawal = CASH OUT
receipt-title-shift-close = Z REPORT
receipt-title-x-report = X REPORT
receipt-document = Document
receipt-number = Serial number of the receipt
receipt-shift = Shift
receipt-cashier = Cashier

## Lines and sums

receipt-ntin = NTIN
receipt-marking = Marking
receipt-storno = Void
receipt-cost = Amount
receipt-subtotal = Subtotal
receipt-discount = Discount
receipt-markup = Markup
receipt-total = TOTAL
receipt-sum = Sum
receipt-vat = incl. VAT
receipt-no-vat = Without VAT
receipt-vat-name = VAT
receipt-pay-cash = Cash
receipt-pay-card = Bank card
receipt-pay-mobile = Mobile payment
receipt-taken = Received
receipt-change = Change
receipt-customer = Buyer
receipt-parent = The receipt returned
receipt-parent-number = Receipt number

## Signs and checking

receipt-autonomous-sign = Autonomous sign
receipt-fiscal-sign = Fiscal sign
receipt-time = Time
receipt-rnm = RNM
receipt-znm = ZNM
receipt-ofd = OFD
receipt-check-site = To check the receipt visit
receipt-scan = Scan to verify
receipt-scan-page = The receipt's page

## X and Z reports

receipt-x-note = the shift goes on
receipt-z-note = the shift is closed
receipt-opened = Opened
receipt-closed = Closed
receipt-start-sums = Non-nullable sums at the start
receipt-end-sums = Non-nullable sums at the end
receipt-section = Section
receipt-operations = All sections
receipt-discounts = Discounts
receipt-markups = Markups
receipt-total-result = All operations
receipt-taxes = Taxes
receipt-turnover = Taxable turnover
receipt-tax-sum = Tax sum
receipt-turnover-without-tax = Turnover without tax
receipt-op-sell = Sale
receipt-op-sell-return = Sale return
receipt-op-buy = Purchase
receipt-op-buy-return = Purchase return
receipt-tickets-sell = Sale receipts
receipt-tickets-sell-return = Sale return receipts
receipt-tickets-buy = Purchase receipts
receipt-tickets-buy-return = Purchase return receipts
receipt-count = In the shift
receipt-count-ever = Since registration
receipt-count-autonomous = Made autonomously
receipt-tickets-discount = Receipt discounts
receipt-tickets-markup = Receipt markups
receipt-placements = Cash in and out
receipt-op-deposit = Cash in
receipt-op-withdrawal = Cash out
receipt-cash = Cash in the drawer
receipt-revenue = Revenue of the shift
receipt-checksum = Checksum
receipt-chain-head = Journal head

## The receipt's page

receipt-page-language = Language
receipt-page-refresh = Refresh
receipt-page-check = Check with the operator
receipt-page-state = State of the receipt
receipt-page-digest = Document digest
receipt-page-kept = Keep this page: it will open for five years at least.
receipt-page-pdf = Download PDF
receipt-page-pdf-a4 = PDF on A4
receipt-page-keep = Keep in Telegram
receipt-page-share = Share
receipt-page-more = What you can do with the receipt
receipt-proof-about = The digest is computed from the bytes of the document and the digest of the document before it. A receipt cannot be changed later and keep its digest, and the Z report that closes the shift bears the digest of its last document.
receipt-proof-digest = Digest of this document (SHA-256)
receipt-proof-before = Digest of the one before
receipt-proof-z = Z report No. { $number } of shift { $shift } bears this digest; documents in between: { $between }
receipt-proof-open = Shift { $shift } is still open
receipt-proof-later = The digest of its last document will stand on the Z report.
receipt-proof-button = Recompute the digest here
receipt-proof-file = The bytes and the way to the Z report as a file
receipt-proof-good = The digest fits: the receipt has not changed since it was made.
receipt-proof-bad = The digest does not fit, do not trust this page. Check the receipt with the operator. It came to:
receipt-proof-unable = This browser cannot compute the digest. Take the file with the bytes and compute SHA-256 on a computer.
receipt-state-registered = Registered
receipt-state-autonomous = Autonomous, in the queue
receipt-state-autonomous-registered = Autonomous, registered since
receipt-state-saved = Being registered…
receipt-state-refused = Refused
receipt-state-stopped = Autonomous, delivery has stopped
receipt-state-settled = Autonomous, settled another way
receipt-state-practice = Practice document
receipt-about-registered = The fiscal data operator has accepted this document and given it a fiscal sign.
receipt-about-registered-slip = The fiscal data operator has accepted this document.
receipt-about-autonomous = There was no link with the operator when this document was made. It is valid: the register put its own autonomous sign on it. Once the link is back it will be sent to the operator by itself.
receipt-about-autonomous-registered = This document was made without a link to the operator, so it keeps the mark “autonomous” for ever. The operator accepted it later.
receipt-about-saved = The document is kept in the register's journal and the operator's answer is awaited. It takes a few seconds.
receipt-about-refused = The operator did not accept this document, so it is not valid and counts nowhere. Ask the seller for a new receipt.
receipt-about-stopped = This document was made without a link and is valid. Its delivery to the operator has stopped; the seller is looking into it.
receipt-about-settled = This document was made without a link and is valid. The owner of the register confirmed that it reached the operator another way.
receipt-about-practice = This document was made on a practice register. It has no legal force.
receipt-registered-at = Accepted by the operator on { $time }
receipt-missing-title = There is no such receipt here
receipt-missing-text = The link may have been copied in part, or closed. Ask the seller for it again. With the figures of a paper receipt you can also check it on the operator's site:
