"use strict";
// A box for each kind of doubt shows or hides its section; without scripts all of them stay in sight.
for (const box of document.querySelectorAll("form input")) {
  box.addEventListener("change", () => { document.getElementById(box.value).hidden = !box.checked; });
}
