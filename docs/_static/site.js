// What is wider than the page scrolls, and whoever has no mouse must be able to scroll it, too. Pictures come late.
function reach() {
  for (const part of document.querySelectorAll("pre, .cell_output, .table-wrapper")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  }
}
for (const moment of ["DOMContentLoaded", "load", "resize"]) addEventListener(moment, reach);

// On a narrow page, or a page made large, icons open what stands beside it elsewhere: labels, which no key reaches.
addEventListener("DOMContentLoaded", () => {
  for (const icon of document.querySelectorAll(".nav-overlay-icon, .toc-overlay-icon")) {
    const box = icon.control;
    icon.tabIndex = 0;
    icon.setAttribute("role", "button");
    icon.setAttribute("aria-label", box.getAttribute("aria-label"));
    const tell = () => icon.setAttribute("aria-expanded", box.checked);
    box.addEventListener("change", tell);
    tell();
    icon.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      icon.click();
    });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && box.checked) box.click();
    });
  }
});
