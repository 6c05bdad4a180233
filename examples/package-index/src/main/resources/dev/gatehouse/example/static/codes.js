// Recovery codes are shown once: lets them be downloaded and printed without asking the server again.
'use strict';
(function () {
  document.querySelectorAll('[data-codes]').forEach(function (box) {
    var download = box.querySelector('[data-download]');
    download.href = 'data:text/plain;charset=utf-8,' + encodeURIComponent(box.dataset.codes + '\n');
    download.hidden = false;
    var print = box.querySelector('[data-print]');
    print.addEventListener('click', function () { window.print(); });
    print.hidden = false;
  });
})();
