// Sets the remembered theme before the first paint. A file of its own because the page allows no inline script;
// src/ui/theme.ts writes what is read here. Nothing stored means: follow the system.
;(function () {
  try {
    var theme = localStorage.getItem('shoebox.theme')
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  } catch {
    // Storage may be forbidden; the system's theme then applies.
  }
})()
