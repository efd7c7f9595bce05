### The five-year archive of a register: what is in it, and what its verifier says.

archive-column-digest = Digest of the closing document
archive-readme =
    ARCHIVE OF A CASH REGISTER

    Taxpayer: { $taxpayer }, IIN/BIN { $iin_bin }
    Register: { $title }, { $address }
    RNM { $rnm }, ZNM { $znm }
    Made on { $made_at } (UTC+5)

    Documents: { $documents }, number of the last: { $last }
    Journal entries: { $entries }, answers of the OFD: { $answers }, number of the last shift: { $shifts }
    Digest of the last document: { $document_head }
    Digest of the last entry:    { $entry_head }

    HOW TO CHECK IT
    Python 3.9 or newer is all that is needed: no internet, no database, no cash register.

        python3 verify.py ARCHIVE.zip --lang en

    The program is in this archive. It computes every chain, every number, the sums of every Z-report and every head anew, says in words
    what it found, and answers 0 if all holds, else 1. Give it the chain head from a Z-report on paper or in the owner's chat
    as --head DIGEST. If that stands in the archive and the chain is whole, everything up to that document is as it was on the
    day of the Z-report. Nobody can rewrite the past so that old paper reports fit it too.
    If you do not trust who gave you the archive, take verify.py from elsewhere: the archive of another register, for example.

    WHAT IS IN IT
    documents.jsonl    documents: receipts, returns, cash in and out, closes of shifts with their Z-report. One document a line; body is its
                       frozen bytes, digest = SHA-256(previous_digest + body). Sums are in tiyn, quantities in thousandths.
    entries.jsonl      entries of the journal: each document, its outcome (registered: accepted by the OFD, autonomous: made
                       autonomously, refused), autonomous periods, blocks, decisions of people. Chained in the same way.
    answers.jsonl      answers of the OFD as they came (body_hex), with the fiscal sign and the check link beside them.
    shifts.csv         closed shifts: the sums of their Z-reports and the heads. Opens in Excel.
    registration.json  whose register it is.
    manifest.json      sizes and SHA-256 of all files, the ends of the chains, the last state of the register.
    verify.py          the verifier.

    No token of the OFD, no key and no password is in the archive. Requests to the OFD are not either: what they said is in the documents.

archive-check-register = Register: { $taxpayer }, RNM { $rnm }
archive-check-counts = Entries: { $entries }; documents: { $documents }; answers of the OFD: { $answers }; closed shifts: { $shifts }
archive-check-outcomes = Accepted by the OFD at once: { $registered }; made autonomously: { $autonomous }; refused: { $refused }; practice: { $practice }
archive-check-heads = Digest of the last document { $document }, of the last entry { $entry }
archive-check-head-found = The digest { $head } was found: { $where }. Up to there everything is as it was when that was given out
archive-check-head-unknown = no such digest in this archive: the past was rewritten, or the digest is another register's
archive-check-good = ALL HOLDS
archive-check-bad = DOES NOT HOLD. Findings: { $count }
archive-check-more = … and { $count } more
archive-check-sums-until = Numbers and sums are not counted beyond { $where }: what stood there must be put back first
archive-check-not-whole = the archive breaks off here, or is spoilt and does not open as a ZIP. Take another copy
archive-check-file-missing = the file is not there
archive-check-file-twice = one file is there twice
archive-check-file-strange = this file does not belong into the archive
archive-check-file-differs = the file is not the one that manifest.json names: another size or SHA-256
archive-check-cut-off = the line breaks off
archive-check-spoilt = the file cannot be read from here on: its data are spoilt
archive-check-line-unreadable = the line cannot be read
archive-check-manifest-changed = manifest.json was changed: its seal does not fit
archive-check-manifest-unknown = this is no archive of Tiyn, or one of another version
archive-check-chain-broken = the chain is broken: the line names another one before it. A line was removed, put in or moved
archive-check-bytes-changed = the bytes were changed: they do not give their digest
archive-check-out-of-order = out of order, it should be number { $expected }
archive-check-columns-differ = the number or kind of the line is not the one in its bytes
archive-check-document-missing = document no. { $number } is not in its place
archive-check-no-entry = document no. { $number } has no entry in the journal
archive-check-entry-differs = the journal's entry names other bytes of document no. { $number }
archive-check-facts-strange = this is not what a register writes: { $what }
archive-check-number-missing = it is document no. { $number } and should be no. { $expected }
archive-check-no-outcome = document no. { $number } has no outcome, and the next one is made already
archive-check-other-shift = document no. { $number } names another shift, it should be { $expected }
archive-check-other-place = document no. { $number } is not number { $expected } of its shift
archive-check-time-back = the time of document no. { $number } is before that of the one before it
archive-check-sign-repeated = the autonomous sign of document no. { $number } is not greater than every one before
archive-check-z-differs = the Z-report of shift { $shift } (document no. { $number }) is not the sum of the documents: { $what }
archive-check-strange-outcome = there is no such outcome (document no. { $number })
archive-check-outcome-of-none = an outcome of document no. { $number }, which waited for none
archive-check-answer-missing = document no. { $number } is said to be accepted, but no answer of the OFD says so
archive-check-answer-sign = the fiscal sign of document no. { $number } is not the one that the OFD gave
archive-check-drawer-negative = document no. { $number } leaves less than nothing in the drawer
archive-check-answer-unreadable = this is no answer of the OFD
archive-check-answer-differs = the code or the fiscal sign beside the answer is not the one in its bytes
archive-check-accepted-twice = the OFD has accepted document no. { $number } twice
archive-check-other-register = the file is another register's
archive-check-registration-differs = { $name } is not the one in document no. { $number }
archive-check-shift-differs = the line is not the Z-report of shift { $shift }
archive-check-shifts-missing = the list has { $told } shifts, the journal has closed { $counted }
archive-check-end-differs = the chain { $name } ends elsewhere: { $count } counted, the last digest is { $head }. Something was removed or added
archive-check-register-differs = the last state of the register is another: { $what }
