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
