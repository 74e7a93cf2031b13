// Every page of the editor and of accounts, each as the way to it, for a signed-in author who may publish and manage accounts.
import { go } from './walk.js';

const GUIDE = '/editor/trees/every-kind';
const LARGE = '/editor/trees/extension-not-loaded';

const at = (path) => (page) => page.goto(path);
const node = (key) => at(`${GUIDE}?node=${key}`);

/** Opens a page and presses a button of it. */
const pressed = (path, button) => async (page) => {
  await page.goto(path);
  await go(page, button);
};

/** Opens a page, fills its fields and presses a button. */
const sent = (path, fields, button) => async (page) => {
  await page.goto(path);
  for (const [name, text] of Object.entries(fields)) await page.locator(`form [name="${name}"]`).first().fill(text);
  await go(page, button);
};

/** Name and way of every page. */
export const EDITOR_PAGES = {
  account: at('/account'),
  'account, with errors': sent('/account', { old: 'not this one', new: 'short', again: 'short' }, 'Change the password'),
  tokens: at('/account/tokens'),
  'accounts of everybody': at('/account/users'),
  'audit log': at('/account/audit'),
  home: at('/editor'),
  'new guide': at('/editor/trees/new'),
  'new guide, with errors': pressed('/editor/trees/new', 'Make the guide'),
  desk: at(GUIDE),
  'desk of a large guide': at(LARGE),
  ...Object.fromEntries(['kind', 'messages', 'events', 'wide', 'number', 'fine', 'three_ways', 'hand_over'].map((key) => [`form of ${key}`, node(key)])),
  'form, with errors': sent(`${GUIDE}?node=three_ways`, { title: '', 'procedure-1-minutes': 'many' }, 'Save draft'),
  'new node': at(`${GUIDE}/add`),
  'new node, with errors': pressed(`${GUIDE}/add`, 'Add it'),
  arrange: at(`${GUIDE}/nodes/messages/arrange`),
  'delete a node': at(`${GUIDE}/nodes/messages/delete`),
  address: at(`${GUIDE}/address`),
  copy: at(`${GUIDE}/copy`),
  'condition of a branch': at(`${GUIDE}/nodes/messages/branches/1`),
  'condition of a new branch': at(`${GUIDE}/nodes/kind/branches/new`),
  wording: at(`${GUIDE}/nodes/three_ways/words`),
  pictures: at(`${GUIDE}/pictures`),
  checks: at(`${GUIDE}/checks`),
  cases: at(`${LARGE}/cases`),
  'a case': at(`${LARGE}/cases/1`),
  'a new case': at(`${GUIDE}/cases/new`),
  'trial, question': at(`${GUIDE}/try`),
  'trial, outcome': async (page) => {
    await page.goto(`${GUIDE}/try`);
    await page.getByLabel('None of them').check();
    await go(page, 'Continue');
  },
  'sign-off': at(`${GUIDE}/sign-off`),
  publish: at(`${GUIDE}/publish`),
  'publish, with errors': pressed(`${GUIDE}/publish`, 'Publish now'),
  versions: at(`${LARGE}/versions`),
  compare: at(`${LARGE}/compare?from=1&to=draft`),
  history: at(`${LARGE}/history`),
  withdraw: at(`${LARGE}/withdraw`),
  replace: at('/editor/replace'),
  'replace, found': sent('/editor/replace', { find: 'Exchange' }, 'Find'),
  ladders: at('/editor/ladders'),
  ladder: at('/editor/ladders/exchange'),
  'ladder, import': at('/editor/ladders/exchange/import'),
  import: at('/editor/import'),
};
