// Three small services, none of them needed to read the receipt: a live mark, sharing, and proving the digest.
(function () {
  var root = document.documentElement, wait = 0;
  function by(id) { return document.getElementById(id); }

  // Asks for the page again until the mark is final. Without it the link "refresh" does the same by hand.
  function again() {
    wait = Math.min(wait * 1.5, 60000);
    setTimeout(ask, wait);
  }
  function show(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    if (!fresh.getElementById("paper")) return again();
    ["state", "paper", "act", "foot"].forEach(function (id) {
      var old = by(id), now = fresh.getElementById(id);
      old.className = now.className;
      old.innerHTML = now.innerHTML;
    });
    document.title = fresh.title;
    root.dataset.etag = fresh.documentElement.dataset.etag;
    serve();
    if (fresh.documentElement.dataset.live) again();
  }
  function ask() {
    if (document.hidden) return again();
    fetch(location.href, {cache: "no-store", headers: {"If-None-Match": root.dataset.etag}})
      .then(function (answer) { return answer.status === 200 ? answer.text().then(show) : again(); })
      .catch(again);
  }

  function bytes(text) {
    return Uint8Array.from(atob(text), function (letter) { return letter.charCodeAt(0); });
  }
  function unhex(text) {
    return Uint8Array.from(text.match(/../g), function (pair) { return parseInt(pair, 16); });
  }
  function hex(data) {
    return Array.from(new Uint8Array(data), function (one) { return ("0" + one.toString(16)).slice(-2); }).join("");
  }
  async function digest(data) {
    var stream = new Blob([bytes(data.frozen)]).stream().pipeThrough(new DecompressionStream("deflate"));
    var frozen = new Uint8Array(await new Response(stream).arrayBuffer()), before = unhex(data.before);
    var whole = new Uint8Array(before.length + frozen.length);
    whole.set(before);
    whole.set(frozen, before.length);
    return hex(await crypto.subtle.digest("SHA-256", whole));
  }
  function prove() {
    var data = by("prove").dataset, said = by("proven");
    digest(data).then(function (found) {
      said.className = found === data.digest ? "green" : "red";
      said.textContent = found === data.digest ? "✓ " + data.good : "✕ " + data.bad + " " + found;
    }).catch(function () { said.textContent = data.unable; });
  }

  function share() { navigator.share({title: document.title, url: location.href}).catch(function () {}); }
  function serve() {
    var button = by("prove"), give = by("share");
    if (button) { button.hidden = false; button.onclick = prove; }
    if (give && navigator.share) { give.hidden = false; give.onclick = share; }
  }
  serve();
  wait = +root.dataset.live || 0;
  if (wait && window.fetch) setTimeout(ask, wait);
})();
