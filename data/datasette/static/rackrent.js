// Datasette sets this and closes menus by inline scripts, which the security policy forbids.
window.DATASETTE_ALLOW_FACET = "true";
document.addEventListener("click", function (event) {
  document.querySelectorAll("details.details-menu[open]").forEach(function (menu) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  });
});
