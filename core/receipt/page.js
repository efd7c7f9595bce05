// Asks for the page again until the mark is final. Without it the link "refresh" does the same by hand.
(function () {
  var root = document.documentElement, wait = +root.dataset.live;
  if (!wait || !window.fetch) return;
  function again() {
    wait = Math.min(wait * 1.5, 60000);
    setTimeout(ask, wait);
  }
  function show(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    if (!fresh.getElementById("paper")) return again();
    ["state", "paper", "act", "foot"].forEach(function (id) {
      var old = document.getElementById(id), now = fresh.getElementById(id);
      old.className = now.className;
      old.innerHTML = now.innerHTML;
    });
    document.title = fresh.title;
    root.dataset.etag = fresh.documentElement.dataset.etag;
    if (fresh.documentElement.dataset.live) again();
  }
  function ask() {
    if (document.hidden) return again();
    fetch(location.href, {cache: "no-store", headers: {"If-None-Match": root.dataset.etag}})
      .then(function (answer) { return answer.status === 200 ? answer.text().then(show) : again(); })
      .catch(again);
  }
  setTimeout(ask, wait);
})();
