// What a browser with scripts gets on top. Every page works without this file.
const root = document.documentElement;
root.classList.add('js');

/** Copies the text that a button's `data-copy` names by element id: a field's value or an element's text. */
const copy = async (button) => {
  const source = document.getElementById(button.dataset.copy);
  if (!source) return;
  const text = 'value' in source ? source.value : source.textContent;
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    // Without TLS browsers refuse the clipboard: select the text, so that one key press copies it.
    if ('select' in source) source.select();
    else getSelection().selectAllChildren(source);
    button.textContent = 'Selected: press Ctrl+C';
  }
  setTimeout(() => { button.textContent = label; }, 2500);
};

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy], [data-print]');
  if (!button) return;
  event.preventDefault();
  if ('print' in button.dataset) print();
  else copy(button);
});

// Forms with much to lose (`data-guard`) ask before the page is left with changes in them.
// The listener is there only while it is needed: with it, browsers do not keep the page for Back.
const ask = (event) => event.preventDefault();
document.addEventListener('input', (event) => {
  if (event.target.closest('form[data-guard]')) addEventListener('beforeunload', ask);
});
document.addEventListener('submit', () => removeEventListener('beforeunload', ask));

// A page that lists problems with a form starts there, as a screen reader would.
document.querySelector('.problem[tabindex]')?.focus();
