// Regions that refresh themselves: <section id="x" data-poll="/path" data-poll-seconds="5">. The path answers with the same
// region (whole page or part). Stops when the answer carries data-poll-done, while the tab is hidden, and after many failures.
const LIMIT = 6;

const watch = (region) => {
  const seconds = Math.max(1, Number(region.dataset.pollSeconds || 5));
  let failures = 0;
  const again = () => setTimeout(run, seconds * 1000 * (1 + failures));
  const stale = (on) => {
    let line = region.querySelector(':scope > .stale');
    if (on && !line) {
      line = document.createElement('p');
      line.className = 'stale';
      line.setAttribute('role', 'status');
      line.textContent = '暂时取不到最新情况，正在重试。';
      region.prepend(line);
    }
    if (!on) line?.remove();
  };
  const run = async () => {
    if (!region.isConnected) return;
    if (document.hidden || region.contains(document.activeElement)) { again(); return; }
    try {
      const answer = await fetch(region.dataset.poll, { headers: { 'X-Requested-With': 'poll' }, credentials: 'same-origin' });
      if (answer.redirected && new URL(answer.url).pathname.startsWith('/login')) { location.assign(answer.url); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById(region.id) ?? page.body.firstElementChild;
      failures = 0;
      stale(false);
      if (fresh && fresh.innerHTML !== region.innerHTML) {
        region.replaceChildren(...document.adoptNode(fresh).childNodes);
        region.dispatchEvent(new CustomEvent('zx:swapped', { bubbles: true }));
      }
      if (fresh && 'pollDone' in fresh.dataset) { region.dataset.pollDone = ''; return; }
    } catch {
      failures += 1;
      stale(true);
      if (failures > LIMIT) return;
    }
    again();
  };
  again();
};

document.querySelectorAll('[data-poll]:not([data-poll-done])').forEach(watch);
