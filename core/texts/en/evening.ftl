### Chat: the owner's evening card and the summary of a period. Parameters come formatted and safe for HTML.

bot-command-today = The day's summary with a picture

evening-date = { $month ->
    [1] { $day } January
    [2] { $day } February
    [3] { $day } March
    [4] { $day } April
    [5] { $day } May
    [6] { $day } June
    [7] { $day } July
    [8] { $day } August
    [9] { $day } September
    [10] { $day } October
    [11] { $day } November
   *[12] { $day } December
}
evening-date-year = { $date } { $year }
evening-weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
evening-weekday-date = { $weekday }, { $date }
evening-weekday-short = { $weekday ->
    [1] Mo
    [2] Tu
    [3] We
    [4] Th
    [5] Fr
    [6] Sa
   *[7] Su
}
evening-month-short = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
evening-scale = k|m|bn

evening-more-day = { $weekday ->
    [1] { $percent } % on last Monday
    [2] { $percent } % on last Tuesday
    [3] { $percent } % on last Wednesday
    [4] { $percent } % on last Thursday
    [5] { $percent } % on last Friday
    [6] { $percent } % on last Saturday
   *[7] { $percent } % on last Sunday
}
evening-less-day = { $weekday ->
    [1] { $percent } % on last Monday
    [2] { $percent } % on last Tuesday
    [3] { $percent } % on last Wednesday
    [4] { $percent } % on last Thursday
    [5] { $percent } % on last Friday
    [6] { $percent } % on last Saturday
   *[7] { $percent } % on last Sunday
}
evening-more-week = { $percent } % on last week
evening-less-week = { $percent } % on last week
evening-more-month = { $percent } % on last month
evening-less-month = { $percent } % on last month
evening-was-week = last week: { $sum }
evening-was-month = last month: { $sum }
evening-was-period = { $span }: { $sum }
evening-count = { $count ->
    [one] { $count } receipt
   *[other] { $count } receipts
}
evening-average = { $sum } on average
evening-no-receipts = no receipts
evening-registers = { $count ->
    [one] { $count } register
   *[other] { $count } registers
}

evening-title = <b>Summary · { $span }</b>
evening-hand-over = Cash to hand over: <b>{ $sum } ₸</b>
evening-drawer-equal = Drawer counted: it agrees
evening-drawer-short = Drawer counted: <b>{ $sum } ₸</b> missing
evening-drawer-over = Drawer counted: <b>{ $sum } ₸</b> too much
evening-unsent = Waiting for the OFD: <b>{ $count }</b>. They go by themselves
evening-offline = { $hours ->
    [0] Without a link to the OFD: { $minutes } min
   *[other] Without a link to the OFD: { $hours } h { $minutes } min
}
evening-z = Z-report № { $shift }: { $sum } ₸, closed { $time } · <code>{ $head }</code>
evening-z-more = … and { $count } more Z-reports
evening-head = Head of the chain: <code>{ $head }</code>
evening-shift-open = The shift is still open, these are not the last figures
evening-behind = Documents not counted yet: { $count }. Open the summary again in a minute
evening-day-total = { $span }, all together: <b>{ $sum } ₸</b>, { $count } receipts
evening-register = • { $title }: <b>{ $sum } ₸</b>, { $count } receipts
evening-register-more = … and { $count } more registers, { $sum } ₸ together
evening-register-cash = To hand over { $sum } ₸
evening-register-unsent = waiting for the OFD: { $count }
evening-register-open = the shift is open

evening-view-goods = <b>By goods · { $span }</b>
evening-view-cashiers = <b>By cashier · { $span }</b>
evening-view-hours = <b>By hour · { $span }</b>
evening-view-registers = <b>By register · { $span }</b>
evening-view-vat = <b>VAT · { $span }</b>
evening-goods-class = <b>{ $kind }</b>: goods { $count }, { $share } % of the takings
evening-goods-more = … and { $count } more goods for { $sum } ₸
evening-goods-none = No goods
evening-cashier = • { $name }: <b>{ $sum } ₸</b>, { $count } receipts, { $average } ₸ on average
evening-cashier-returns = { $count } returns, { $sum } ₸
evening-cashier-more = … and { $count } more cashiers, { $sum } ₸ together
evening-cashier-nameless = No name
evening-hour = { $hour } · <b>{ $sum } ₸</b> · receipts { $count }
evening-hour-more = … and { $count } more hours, { $sum } ₸ together
evening-hour-best = Most: { $hour }, { $sum } ₸
evening-vat = { $rate } %: turnover { $turnover } ₸, VAT <b>{ $tax } ₸</b>
evening-vat-total = VAT in all: <b>{ $tax } ₸</b>, returns and purchases taken off
evening-vat-none = No turnover with VAT

evening-button-today = Today
evening-button-yesterday = Yesterday
evening-button-week = Week
evening-button-month = Month
evening-button-goods = By goods
evening-button-cashiers = By cashier
evening-button-hours = By hour
evening-button-registers = By register
evening-button-vat = VAT
evening-button-export = Files: Excel, 1C
evening-button-back = « Summary
evening-button-all = « All registers
evening-button-offer = Show { $span }

evening-no-right = The summary is for the register's owner, managers and viewers. Nothing is lost. “X-report” shows the shift; for the day's summary ask the owner.
evening-toast-no-right = The summary is for owner and managers
evening-toast-export = Making the file
evening-unreadable = I did not understand the period, nothing was changed. Write, for example: <code>summary 1.11-15.11</code>
evening-backwards = The period ends ({ $last }) before it begins ({ $first }). Nothing was changed. Swap the dates or choose:
evening-future = The period from { $first } has not come yet, there is no summary of it. Write other dates or choose:
evening-too-long = A summary holds at most { $days } days. Nothing was changed. Take a shorter period or choose:
evening-empty = There were no receipts: { $span }. Nothing is lost. Choose other days or write, for example: <code>summary 1.11-15.11</code>
evening-empty-today = There were no receipts today yet. Open the summary after the first one, or choose other days.
evening-empty-picture = There were no receipts
evening-empty-picture-today = No receipts today yet
evening-busy = The register is making a receipt, so the summary is not ready. Nothing is lost. Press the period again.
