// Steps through the pages with the mouse, for tests that are about what comes after.

export const EXTENSION = { slug: 'extension-not-loaded', title: 'An extension could not be loaded' };
/** The text that both worked examples begin with. */
export const FIRST_LINE = 'Extension SMTP could not be loaded.';

/** Presses a button of the whole page: pages can be used before their script runs, but what is tested here is all of it. */
export const press = async (page, name) => {
  const button = page.getByRole('button', { name, exact: true });
  await button.waitFor();
  await page.waitForLoadState('load');
  await button.click();
};

/** Presses a button that leads to another page, and waits until that one is whole. */
const go = async (page, name) => {
  await page.getByRole('button', { name, exact: true }).waitFor();
  await page.waitForLoadState('load');
  const loaded = page.waitForEvent('load');
  await press(page, name);
  await loaded;
};

/** Begins a diagnosis in a guide. */
export const begin = async (page, slug) => {
  await page.goto(`/guides/${slug}`);
  await go(page, 'Start');
  await page.waitForURL(/\/diagnoses\/[^/]+$/);
};

/** Begins a diagnosis that stands at a question of the kind that the test tree's option `label` names. */
export const atKind = async (page, label) => {
  await begin(page, 'every-kind');
  await choose(page, label);
};

/** Chooses an option and continues. */
export const choose = async (page, label) => {
  await page.getByLabel(label).first().check();
  await go(page, 'Continue');
};

/** Pastes into the card of a question. */
export const pasteIntoCard = async (page, text) => {
  await page.getByText('How do I find out?').click();
  await page.getByLabel('Paste its output here').fill(text);
  await go(page, 'Read what I pasted');
};

/** Fills the table of servers from a list and continues. */
export const listServers = async (page, list) => {
  await pasteIntoCard(page, list);
  await go(page, 'Continue');
};

/** Comes to the first worked example's outcome: two servers below Service Pack 2. */
export const toOutcome = async (page, list = 'EX01,5.0,SP1\nEX02,5.0\nEX03,5.0,SP2') => {
  await begin(page, EXTENSION.slug);
  await page.getByLabel('Message', { exact: true }).fill(FIRST_LINE);
  await go(page, 'Continue');
  await listServers(page, list);
};

/** Comes to the test tree's outcome with three procedures; of some servers it cannot be told whether they belong. */
export const toThreeWays = async (page, list = 'EX01,5.5,SP1\nEX 02,5.5,SP4\nEX03,?') => {
  await atKind(page, 'A table with every column');
  await listServers(page, list);
};
