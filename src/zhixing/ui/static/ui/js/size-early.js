// Runs before the page is drawn, so that large type does not jump. The rest of the sizer is in size.js.
(() => {
  try {
    const size = localStorage.getItem('zx-size');
    if (size) document.documentElement.dataset.size = size;
  } catch { /* storage forbidden: standard type */ }
})();
