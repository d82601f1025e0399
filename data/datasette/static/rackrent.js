// Datasette sets this and closes menus by inline scripts, which the security policy forbids.
window.DATASETTE_ALLOW_FACET = "true";
document.addEventListener("click", function (event) {
  document.querySelectorAll("details.details-menu[open]").forEach(function (menu) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  });
  var button = event.target.closest("button.copy");
  if (button && navigator.clipboard) {
    navigator.clipboard.writeText(button.dataset.copy).then(function () {
      button.textContent = "copied";
    });
  }
});

// what is new is counted from the visit before this one; an hour's silence ends a visit
(function () {
  function cookie(name) {
    var found = document.cookie.match(new RegExp("(?:^|; )" + name + "=([^;]*)"));
    return found ? found[1] : "";
  }
  function keep(name, value) {
    document.cookie = name + "=" + value + "; path=/; max-age=31536000; SameSite=Lax";
  }
  var here = cookie("rackrent_here");
  var now = new Date().toISOString().slice(0, 19) + "Z";
  if (here && new Date(now) - new Date(here) > 3600000) keep("rackrent_seen", here);
  keep("rackrent_here", now);
})();
