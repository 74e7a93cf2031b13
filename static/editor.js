// What authors get on top in a browser with scripts. Every page of the editor works without this file.

// --- Rows come and go in place ---

/** The forms whose rows have names such as `card-2-where`. */
const form = document.querySelector('form[data-rows-form]');

/** Sends a button's change to the server, which answers the page with the form as it then is, and puts that form in the place of this one. */
const reshape = async (button) => {
  const body = new URLSearchParams(new FormData(form));
  body.append(button.name, button.value);
  const open = [...form.querySelectorAll('details')].map((fold) => fold.open);
  const answer = await fetch(form.action, { method: 'POST', body });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.getElementById('form');
  if (!fresh) throw new Error('no form');
  const [verb, place] = button.value.split(' ');
  form.replaceChildren(...fresh.childNodes);
  if (verb !== 'remove') form.querySelectorAll('details').forEach((fold, index) => { fold.open ||= open[index] ?? false; });
  goTo(verb, place);
  changed();
};

/** After a change the keyboard goes on where it happened: the new row, the row that moved, or the button that adds one. */
const goTo = (verb, place) => {
  const cut = place.lastIndexOf('-');
  const [list, number] = [place.slice(0, cut), Number(place.slice(cut + 1))];
  const rowOf = (name, at) => form.querySelector(`[name^="${name}-${at}-"]:not([type=hidden])`);
  let target;
  if (verb === 'add') {
    let last = 1;
    while (rowOf(place, last + 1)) last += 1;
    target = rowOf(place, last);
    for (let fold = target?.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  } else if (verb === 'remove') {
    target = rowOf(list, number) ?? document.getElementById(`${list}-add`);
  } else {
    const at = verb === 'up' ? number - 1 : number + 1;
    target = [verb, verb === 'up' ? 'down' : 'up'].map((way) => form.querySelector(`[value="${way} ${list}-${at}"]:not(:disabled)`)).find(Boolean);
  }
  target?.focus();
};

form?.addEventListener('click', (event) => {
  const button = event.target.closest('button[name=do]');
  if (!button || !/^(add|remove|up|down) /.test(button.value)) return;
  event.preventDefault();
  reshape(button).catch(() => form.requestSubmit(button));
});

// --- A selection goes to where the cursor stands in its text ---

document.querySelector('[data-insert]')?.addEventListener('click', (event) => {
  const text = document.getElementById(event.currentTarget.dataset.insert);
  const written = document.getElementById('written');
  // While something of it is missing, the server says what.
  if (!written) return;
  event.preventDefault();
  text.setRangeText(written.value, text.selectionStart, text.selectionEnd, 'end');
  text.focus();
  text.dispatchEvent(new Event('input', { bubbles: true }));
});

// --- Unsaved changes ---

/** Says that the form has changes; `app.js` asks before the page is left with them. */
const changed = () => {
  form.dispatchEvent(new Event('input', { bubbles: true }));
};

form?.addEventListener('input', () => {
  const save = form.querySelector('.foot-act button');
  save?.classList.remove('btn-2');
});

// --- A map that is larger than its window starts at the selected node ---

const map = document.querySelector('.board .map');
const selected = map?.querySelector('.sel .n')?.getBoundingClientRect();
if (selected) {
  const frame = map.getBoundingClientRect();
  map.scrollTop += selected.top - frame.top - map.clientHeight / 2 + selected.height / 2;
  map.scrollLeft += selected.left - frame.left - map.clientWidth / 2 + selected.width / 2;
}

// --- The outline of a long guide starts at the selected node ---

document.querySelector('.desk nav [aria-current]')?.scrollIntoView({ block: 'nearest' });

// --- Checks that take a moment are shown when they are done ---

/** Looks after `wait` milliseconds whether the checks are done, and then less and less often. */
const showChecks = async (wait) => {
  await new Promise((resolve) => { setTimeout(resolve, wait); });
  const answer = await fetch(document.querySelector('.desk nav [aria-current]').href);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.getElementById('checks');
  if (!fresh) return;
  if (fresh.querySelector('[data-running]')) {
    await showChecks(Math.min(2 * wait, 10_000));
    return;
  }
  document.getElementById('checks').replaceWith(fresh);
};

// Without an answer the note stays, with its link to the page that says how far the checks are.
if (document.querySelector('#checks [data-running]')) showChecks(1_000).catch(() => {});
