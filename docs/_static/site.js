// What is wider than the page scrolls, and whoever has no mouse must be able to scroll it, too.
addEventListener("DOMContentLoaded", () => {
  for (const part of document.querySelectorAll("pre, .cell_output, .table-wrapper")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
  }
});
