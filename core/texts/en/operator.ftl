### The operator (OFD): how its fee is paid. The table of operators says which steps are whose.

operator-where-phone = phone { $phone }
operator-where-cabinet = cabinet { $cabinet }
operator-where-contract = its number is in your contract
operator-where-practice = the switch on the demo's page
operator-step-call = Call { $phone }: by your IIN/BIN they say whether the OFD is paid and until when
operator-step-cabinet = Open the cabinet { $cabinet } and look at the payment
operator-step-contract = Ask the support of { $operator } whether it is paid: its number is in your contract
operator-step-pay = Pay for the service of { $operator } as your contract says
operator-step-probe = Tap “I have paid — check”
operator-step-no-fee = Nothing is to be paid for { $operator }: it is free with Kaspi Kassa
operator-step-practice = This is the practice operator: there is nothing to pay
operator-step-switch-on = Switch it on again on the demo's page
operator-note-fee = The Tiyn register itself is free. Only the operator is paid, apart.
operator-note-no-fee = The Tiyn register itself is free, and this operator takes no fee.
