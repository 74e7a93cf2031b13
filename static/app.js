// What a browser with scripts gets on top. Every page works without this file.
const root = document.documentElement;
root.classList.add('js');

// --- Copy and print ---

/** Copies what the element named by a button's `data-copy` holds: a field's value or an element's text. */
const copy = async (button) => {
  const source = document.getElementById(button.dataset.copy);
  if (!source) return;
  const label = button.firstChild;
  const before = label.data;
  button.ariaLive = 'polite';
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    label.data = 'Copied';
  } catch {
    // Without TLS browsers refuse the clipboard: select the text, so that one key press copies it.
    if ('select' in source) source.select();
    else getSelection().selectAllChildren(source);
    label.data = 'Selected: press Ctrl+C';
  }
  setTimeout(() => { label.data = before; }, 2500);
};

// --- The table of servers: rows come and go without a round trip ---

const rowsOf = (body) => [...body.querySelectorAll(':scope > tr:not(.why)')];

/** Gives a row its number, from 1: in names, ids and labels, and in the words for those who hear them. */
const renumber = (row, number) => {
  for (const element of row.querySelectorAll('[id], [name], [for]')) {
    for (const name of ['id', 'name', 'for']) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace(/-\d+$/, `-${number}`));
    }
    if (element.name === 'remove') element.value = number;
  }
  const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/(server|client) \d+/i, `$1 ${number}`);
};

const clear = (row) => {
  for (const field of row.querySelectorAll('input, select')) {
    if (field.type === 'checkbox') field.checked = false;
    else field.value = '';
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
  }
};

/** Adds empty rows and goes to the first of them. False where the table is full, which the server explains. */
const addRows = (body, count) => {
  const rows = rowsOf(body);
  if (rows.length + count > Number(body.dataset.rows)) return false;
  const added = Array.from({ length: count }, (_, index) => {
    const row = rows.at(-1).cloneNode(true);
    clear(row);
    renumber(row, rows.length + index + 1);
    return row;
  });
  body.append(...added);
  added[0].querySelector('input').focus();
  return true;
};

/** Removes a row. False while messages speak of rows by their numbers: then the server does it. */
const removeRow = (body, row) => {
  if (document.querySelector('.problem')) return false;
  const rows = rowsOf(body);
  const index = rows.indexOf(row);
  if (rows.length === 1) {
    clear(row);
  } else {
    // Where the row was read stands in a row of its own below it.
    if (row.nextElementSibling?.matches('.why')) row.nextElementSibling.remove();
    row.remove();
    rows.splice(index, 1);
    rows.forEach((left, at) => renumber(left, at + 1));
  }
  rows[Math.min(index, rows.length - 1)].querySelector('[name=remove]').focus();
  return true;
};

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const body = button.form?.querySelector('[data-rows]');
  const row = button.closest('[data-rows] > tr');
  let done = false;
  if ('print' in button.dataset) print();
  else if ('copy' in button.dataset) copy(button);
  else if (body && button.dataset.addRows) done = addRows(body, Number(button.dataset.addRows));
  else if (row && button.name === 'remove') done = removeRow(body, row);
  if (done) {
    event.preventDefault();
    guard();
  }
});

// --- Ticks are saved at once ---

let saving = Promise.resolve();

/** Sends the form with the ticks as they are when its turn comes, so that the last one sent is the newest. */
const saveTicks = async (form) => {
  const said = form.querySelector('[data-saved]');
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual' });
    if (answer.type !== 'opaqueredirect') throw new Error(answer.statusText);
    said.textContent = 'Saved.';
  } catch {
    said.textContent = 'Not saved. Press “Save ticks” to try again.';
  }
  said.classList.toggle('error', said.textContent !== 'Saved.');
  form.querySelector('[data-done]').textContent = form.querySelectorAll(':checked').length;
};

document.addEventListener('change', (event) => {
  const form = event.target.closest('form[data-ticks]');
  if (form) saving = saving.then(() => saveTicks(form));
});

// --- Unsaved changes ---

// Forms with much to lose (`data-guard`) ask before the page is left with changes in them.
// The listener is there only while it is needed: with it, browsers do not keep the page for Back.
const ask = (event) => event.preventDefault();
const guard = () => addEventListener('beforeunload', ask);
document.addEventListener('input', (event) => {
  if (event.target.closest('form[data-guard]')) guard();
});
document.addEventListener('submit', () => removeEventListener('beforeunload', ask));
// A form that came back changed has as much to lose as one that is being filled in.
if (document.querySelector('form[data-changed]')) guard();

// --- What would be read, while it is typed ---

const PAUSE = 400;
const typing = document.querySelector('form[data-preview]');
const preview = document.getElementById('preview');
let waiting;
let asking;
let shown = '';

/** Asks what the site would read from the form as it stands and shows it, unless more is typed meanwhile. Without an answer nothing is shown. */
const showPreview = async () => {
  const fields = new FormData(typing);
  fields.delete('file');
  const body = new URLSearchParams(fields);
  if (String(body) === shown) return;
  shown = String(body);
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(typing.dataset.preview, { method: 'POST', body, signal: asking.signal });
    // The fragment is of the same template as the page; everything in it is escaped there.
    preview.innerHTML = answer.ok ? await answer.text() : '';
  } catch (error) {
    if (error.name !== 'AbortError') preview.textContent = '';
  }
};

typing?.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(showPreview, PAUSE);
});

// --- A link with its facts behind the `#`: nothing of them is sent before the form is ---

const linked = document.getElementById('linked');
if (linked && location.hash.includes('=')) {
  const said = new URLSearchParams(location.hash.slice(1));
  const servers = (said.get('servers') ?? '').split(',').map((server) => server.replace(':', ' ').trim());
  linked.elements.evidence.value = [said.get('text'), servers.join('\n')].filter(Boolean).join('\n\n');
  linked.elements['event-id'].value = said.get('event') ?? '';
  linked.elements['event-source'].value = said.get('source') ?? '';
  for (const element of document.querySelectorAll('[data-linked]')) element.textContent = element.dataset.linked;
}

// --- On arrival ---

// A browser that comes back to the start page fills in what was typed there.
if (typing?.elements.evidence?.value) showPreview();

// A page that lists problems with a form starts there, as a screen reader would.
document.querySelector('.problem[tabindex]')?.focus();

// A wide map starts where the walk stands, or where the guide begins.
for (const map of document.querySelectorAll('.map[tabindex]')) {
  const node = (map.querySelector('.here .n') ?? map.querySelector('.n'))?.getBoundingClientRect();
  if (node) map.scrollLeft = node.left - map.getBoundingClientRect().left - map.clientWidth / 2 + node.width / 2;
}
