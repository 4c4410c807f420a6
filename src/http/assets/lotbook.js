// SPDX-License-Identifier: Apache-2.0
// Everything works without this. "/" puts the cursor into the search field, unless something is being typed.
"use strict";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.getElementById("find") || document.getElementById("search");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
