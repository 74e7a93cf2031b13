// The two worked examples of the first starter tree, walked with the keyboard alone, without and with scripts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor, watch } from './support/browser.js';
import { activate, button, follow, tabTo, type } from './support/keyboard.js';
import { suite } from './support/suite.js';
import { FIRST_LINE } from './support/walk.js';

const REPLICATION = 'An error occurred during file replication. Unable to find the extension .DLL file with the correct version number.';

const EXAMPLES = [
  {
    name: 'three servers of 5.0',
    text: FIRST_LINE,
    levels: ['5.0, no', '5.0 SP1', '5.0 SP2'],
    headline: 'Bring EX01 and EX02 to the level of EX03',
    ways: ['Apply Service Pack 2 to EX01 and EX02', 'Copy the proxy address generators from EX03 to EX01 and EX02'],
    article: 'Q247773',
  },
  {
    name: 'a 5.5 beside 5.0',
    text: `${FIRST_LINE} ${REPLICATION}`,
    levels: ['5.0, no', '5.0 SP1', '5.5, no'],
    headline: 'Open the Internet Mail Service once on EX01 and EX02',
    ways: [],
    article: 'Q183320',
  },
];

/** Pastes text and event on the start page, confirms what was read, and comes to the guide that it leads to. */
const findGuide = async (page, text) => {
  await page.goto('/');
  await type(page, page.getByRole('textbox', { name: 'Paste the error' }), text);
  await tabTo(page, page.locator('summary'));
  await page.keyboard.press('Enter');
  await type(page, page.getByLabel('Event ID'), '2037');
  await type(page, page.getByLabel('Source'), 'MSExchangeSA');
  await follow(page, button(page, 'Read it'));
  await page.getByRole('heading', { level: 1, name: 'This is what we read' }).waitFor();
  await page.getByText(/^Leads to An extension could not be loaded, because of/).waitFor();
  await follow(page, button(page, 'Find the fix').last());
  await page.getByRole('heading', { level: 1, name: 'Which version and service pack' }).waitFor();
};

const typeServer = async (page, number, level) => {
  await type(page, page.getByLabel(`Server ${number} name`), `EX0${number}`);
  await type(page, page.getByLabel(`Version and service pack of server ${number}`), level);
  await type(page, page.getByLabel(`Operating system of server ${number}`), '?');
};

const assertOutcome = async (page, example) => {
  await page.getByRole('heading', { level: 1, name: example.headline }).waitFor();
  const cards = await page.locator('.card h3').allTextContents();
  assert.deepEqual(cards, example.ways);
  assert.ok(await page.getByRole('cell', { name: example.article }).isVisible());
};

suite('the worked examples', {}, (started) => {
  for (const example of EXAMPLES) {
    test(`${example.name}: keyboard alone, without scripts`, async () => {
      const page = await visitor(started, { javaScriptEnabled: false });
      await findGuide(page, example.text);
      assert.equal(await page.locator('html.js').count(), 0);
      for (const [index, level] of example.levels.entries()) await typeServer(page, index + 1, level);
      await follow(page, button(page, 'Continue').last());
      await assertOutcome(page, example);
      await page.context().close();
    });

    test(`${example.name}: keyboard alone, with scripts and added rows`, async () => {
      const page = await visitor(started);
      const watched = watch(page, started.site);
      await findGuide(page, example.text);
      // Two of the three empty rows go, and come back one by one.
      for (const number of [3, 2]) await activate(page, button(page, `Remove server ${number}`));
      assert.equal(await page.getByLabel(/^Server \d+ name$/).count(), 1);
      for (const [index, level] of example.levels.entries()) {
        if (index > 0) await activate(page, button(page, 'Add a server'));
        await typeServer(page, index + 1, level);
      }
      await follow(page, button(page, 'Continue').last());
      await assertOutcome(page, example);
      watched.assertQuiet();
      await page.context().close();
    });
  }
});
