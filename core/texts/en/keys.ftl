### API keys: who sees them, how they are made and revoked. Parameters are safe for HTML.

keys-head = <b>🔑 API keys</b>
keys-about = With a key a site or an accounting program works with all registers of the organisation.
keys-none = There are no keys yet.
keys-line = <code>{ $hint }…</code>: { $scopes }, made { $day }, { $used }
keys-used = last used { $day }
keys-unused = never used
keys-scopes-read-sell = selling and reading
keys-scopes-read = reading only
keys-scopes-sell = selling only
keys-button-settings = 🔑 API keys
keys-button-add-sell = ＋ Key for selling and reading
keys-button-add-read = ＋ Key for reading only
keys-button-revoke = Revoke { $hint }…
keys-button-sure = Yes, revoke it
keys-button-list = « Keys
keys-button-copy = Copy the key
keys-made =
    🔑 <b>New key</b>: { $scopes }
    <code>{ $secret }</code>

    Nobody will show it again. Put it into the program and delete this message.
    If a stranger saw the key, revoke it: /keys
keys-not-sent = The key may not have arrived, so it is revoked already. Press the button again.
keys-revoke-ask =
    <b>Revoke the key</b> <code>{ $hint }…</code>?
    Programs with this key stop working at once. The receipts that they made stay.
keys-revoked = ✔ The key is revoked and opens nothing any more.
keys-gone = This key is gone already, the others are as they were. Open the list: /keys

refusal-not-owner-of-all-title = The key opens others' registers too
refusal-not-owner-of-all-detail = The organisation has a register that you do not own, and a key opens them all. Nothing has changed. Ask its owner to let you in as an owner.
refusal-too-many-keys-title = Too many keys
refusal-too-many-keys-detail = The organisation has { $limit } keys already. No new one was made, the others work. Revoke one that is not needed.
