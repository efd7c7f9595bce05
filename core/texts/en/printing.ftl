### Words about paper and printer bridges.

print-standing = 🖨 { $title }: the printer does not print, { $reason }. Receipt No. { $number } and those behind it are not lost, they will come out by themselves when the printer works again. You can go on selling.
print-paper-out = it is out of paper. Put in a new roll
print-cover-open = its cover is open. Close it
print-off = it is switched off or not connected. Switch it on and check the cable
print-error = it reports an error. Switch it off and on again
print-paired = 🖨 The printer “{ $title }” is connected. Receipts and Z reports of { $count ->
    [one] { $count } register
   *[other] { $count } registers
} will come out of it by themselves.
print-code-unknown = There is no such code: it is mistyped, too old or already used. Nothing has changed. Run tiyn-bridge pair on the computer again and send the new code: “printer 48217 30551”.
print-not-owner = Only the owner of the register can connect a printer: the printer sees all its receipts. Nothing has changed. Ask the owner to send this code.
