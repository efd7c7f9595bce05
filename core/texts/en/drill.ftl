### The fire drill: 72 hours without a link in a minute. A story; nothing is written to the journal.

bot-command-drill = Fire drill: 72 hours without a link
drill-words = fire drill
drill-help = <b>Fire drill</b>: /drill shows 72 hours without a link in a minute, with your own prices.
drill-goods = coffee, bread, tea
drill-toast = Fire drill
drill-button-begin = The link is lost!
drill-button-next = Next
drill-button-again = Once more
drill-head = 🔔 <b>Fire drill</b> · { $scene } of { $scenes } · day { $day }, { $time }
drill-not-real = <i>This is a story with your goods. Nothing of it reaches your register or the OFD.</i>
drill-link = Morning, the OFD answers. You sell and it takes the receipt at once:
drill-lost = The link is lost. The register waited 5 seconds and made the receipt itself, with an autonomous sign. It is lawful, give it to the customer as usual:
drill-selling = No link for { $gone }. Sell as always, receipts join the queue:
drill-night = Evening. The shift closes without a link too, its Z-report joins the same queue:
drill-days = The third day without a link. You sell and close shifts, and the register reminds you and the owner what is left:
drill-limit = Exactly 72 hours. This is the last receipt that can be made:
drill-limit-over = A second later the register refuses, the law says so:
drill-limit-close = The shift can always be closed:
drill-back = The link is back. The register told everything in order by itself, and each receipt got the OFD’s sign:
drill-books = The link is there and the register sells again. Here are both books, yours and the OFD’s:
drill-books-number = №
drill-books-ours = yours
drill-books-ofd = OFD
drill-books-agree = { $count ->
    [one] ✔✔ They agree to the tiyn: { $count } document, { $sum } ₸ sold. Nothing lost, nothing booked twice.
   *[other] ✔✔ They agree to the tiyn: { $count } documents, { $sum } ₸ sold. Nothing lost, nothing booked twice.
}
drill-books-differ = ⚠ The books differ. That must not be: write to us.
drill-remember = <b>Remember:</b> no link — sell and close the shift as usual. If it stays silent, check the OFD’s fee; do not wait for 72 hours.
drill-sign = FS { $sign }
