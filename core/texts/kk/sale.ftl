# How a line is named when a vendor said only an amount
sale-goods = Тауар
