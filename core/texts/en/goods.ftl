### The catalogue of goods: refusals.

refusal-name-taken-title = There is such an item already
refusal-name-taken-detail = “{ $name }” is in the catalogue already. Nothing was changed. Give it another name or change that item.
refusal-barcode-taken-title = This code belongs to another item
refusal-barcode-taken-detail = The barcode { $barcode } is another item's. Nothing was changed. Check the code.
refusal-bad-barcode-title = The code cannot be read
refusal-bad-barcode-detail = “{ $barcode }” does not look like a barcode: check its digits. Nothing was changed.
refusal-bad-ntin-title = The NTIN cannot be read
refusal-bad-ntin-detail = “{ $ntin }” does not look like an NTIN: digits and Latin letters only. Nothing was changed.
refusal-section-too-long-title = The section's name is too long
refusal-section-too-long-detail = A section's name has up to { $limit } characters. Nothing was changed. Write a shorter one.
refusal-too-many-sections-title = Too many sections
refusal-too-many-sections-detail = There may be up to { $limit } sections. Nothing was changed. Choose one that is there.
refusal-catalogue-full-title = The catalogue is full
refusal-catalogue-full-detail = A catalogue holds up to { $limit } items. Nothing was changed. Remove some.
refusal-catalogue-busy-title = The catalogue is being changed
refusal-catalogue-busy-detail = Somebody else is changing this catalogue. Nothing was changed. Try again in a minute.
refusal-cart-full-title = The cart is full
refusal-cart-full-detail = One receipt has up to { $limit } lines. What is in the cart stays there. Make this receipt and begin another.

# Refusals of files and pictures
refusal-table-unreadable-title = The file cannot be read
refusal-table-unreadable-detail = This does not look like an Excel or CSV table. Nothing was changed. Send an .xlsx or .csv file, our template will do.
refusal-table-old-excel-title = The Excel file is too old
refusal-table-old-excel-detail = I do not read such files (.xls). Nothing was changed. Open it in Excel and save it as .xlsx.
refusal-table-too-long-title = The list is too long
refusal-table-too-long-detail = I read up to { $limit } rows at once. Nothing was changed. Split the file and send the parts one by one.
refusal-table-without-goods-title = No goods to be seen in the file
refusal-table-without-goods-detail = At least a name and a price are needed. Nothing was changed. Download the template, fill it in and send it.
refusal-file-too-large-title = The file is too large
refusal-file-too-large-detail = I take files of up to { $limit } MB. Nothing was changed. Split it or send a smaller photo.
refusal-picture-unreadable-title = The photo cannot be read
refusal-picture-unreadable-detail = This file does not look like a photo. Nothing was changed. Take a picture of the code again.
refusal-picture-too-large-title = The photo is too large
refusal-picture-too-large-detail = The photo has more than 40 megapixels. Nothing was changed. Take it with the phone's usual camera.

goods-column-name = Name
goods-column-price = Price
goods-column-unit = Unit
goods-column-section = Section
goods-column-vat = VAT
goods-column-barcode = Barcode
goods-column-ntin = NTIN
goods-column-favourite = Favourite
goods-no-vat = No VAT
goods-template-example = Example
goods-template-first-name = Cappuccino
goods-template-first-section = Drinks
goods-template-second-name = Cheese, 1 kg
goods-template-second-section = Dairy
goods-bad-row = Row
goods-bad-column = Column
goods-bad-value = Written
goods-bad-mend = How to mend it
goods-mend-name-required = There is no name. Write one of up to 128 characters
goods-mend-price-missing = There is no price. Write it, for example 800
goods-mend-price-unreadable = The price cannot be read. Write a number, for example 800 or 1200.50
goods-mend-price-out-of-range = A price is from 0.01 to 99,999,999.99
goods-mend-unknown-unit = There is no unit “{ $value }”. Write pcs, kg, l, m or a unit's code
goods-mend-unknown-vat = There is no rate “{ $value }”. Write 16, 10, 5, 0 or “No VAT”
goods-mend-vat-not-allowed = The rate { $value } % does not hold now. Write another or leave it empty
goods-mend-bad-barcode = Check the digits of the barcode: the last one does not fit
goods-mend-barcode-exponent = Excel spoilt the code. Make the column a text and type the code again
goods-mend-barcode-taken = Another item of the catalogue has this code. Check the code or the name
goods-mend-barcode-twice = Row { $value } has this code already. Keep one of them
goods-mend-name-twice = Row { $value } has this name already. Give it another
goods-mend-item-twice = This is the item of row { $value }. Keep one row
goods-mend-bad-ntin = An NTIN has digits and Latin letters only
goods-mend-section-too-long = The section's name is over 32 characters. Shorten it
goods-mend-too-many-sections = There are more than 200 sections. Choose one that is there
goods-mend-catalogue-full = The catalogue is full: it holds up to { $value } items
goods-mend-favourite-unreadable = Write “yes” or leave it empty

# The catalogue in the chat
bot-command-catalogue = Catalogue of goods: add, load
goods-button-catalogue = Catalogue
goods-home =
    <b>Catalogue</b> · { $title }
    Items: { $count }.
    To load a list, send an Excel or CSV file here.
goods-button-new = Add an item
goods-button-list = List and edit
goods-button-template = Excel template
goods-button-export = Download all
goods-button-copy = Copy to another register
goods-copy-ask = To which register shall the goods of “{ $title }” be copied? Nothing is deleted there: the same ones are updated, new ones added.
goods-copied = Copied.
goods-list = Items: { $count }. Tap an item or write a part of its name.
goods-ask-new = Write a name and a price, for example: <code>Coffee 800</code> or <code>Cheese 3200 kg</code>
goods-ask-name = What shall “{ $name }” be called? Write the new name.
goods-ask-price = How much is “{ $name }”? Write the price, for example: <code>800</code>
goods-ask-barcode = Write the barcode of “{ $name }”. To take the code away, write <code>no</code>
goods-ask-section = In which section is “{ $name }”? Tap one or write a new one. To take it out, write <code>no</code>
goods-ask-unit = How is “{ $name }” measured?
goods-ask-vat = The VAT rate of “{ $name }”
goods-price-bad = The price cannot be read.
goods-changed = ✔ Changed.
goods-added = ✔ Added.
goods-deleted = Deleted. Receipts that were made keep the name.
goods-delete-ask = Delete “{ $name }” from the catalogue? Receipts that were made do not change.
goods-button-delete = Delete
goods-button-delete-now = Yes, delete “{ $name }”
goods-button-star = ★ Make a favourite
goods-button-unstar = ☆ No favourite any more
goods-card-price = Price: { $price } ₸ per { $unit }
goods-card-section = Section: { $section }
goods-card-sold = Times sold: { $count }
goods-card-learnt = Remembered from a receipt: its price is that of the last sale.
goods-vat-usual = as the register
goods-template-caption = Fill it in and send this file here. There is an example on the second sheet.
goods-export-caption = The whole catalogue. Mend it and send it back: the goods are updated.
goods-file-not-sent = The file was not sent: Telegram did not take it. The catalogue is safe. Try again in a minute.
goods-not-yours = The owner or a manager changes the catalogue. Nothing was changed. You may sell from it.
goods-loaded = <b>The catalogue is loaded.</b> New: { $added }, changed: { $changed }, unchanged: { $same }.
goods-loaded-bad = Rows not loaded: <b>{ $count }</b>
goods-row-plain = <b>Row { $row }</b>, { $column }. { $mend }
goods-row-value = <b>Row { $row }</b>, { $column } “{ $value }”. { $mend }
goods-loaded-more = … and { $count } rows more. All of them are in the file below.
goods-loaded-mend = Mend them and send the file again, nothing is added twice.
goods-bad-file = The rows that were not loaded and what to mend in them.
refusal-file-not-fetched-title = The file did not come
refusal-file-not-fetched-detail = Telegram did not give the file. Nothing was changed. Send it again.

# Pictures of codes
scan-nothing = I see no code on the photo. Nothing was made. Take it closer and straighter, or write a name and a price, for example: <code>tea 350</code>
scan-not-goods = This is neither a code of goods nor a receipt. Nothing was made. Take the barcode on the package or the QR of a receipt.
