// Every page of the editor and of accounts, in every look: no finding of axe, no sideways scrolling, nothing in the console; and the desk by keyboard alone.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings } from './support/axe.js';
import { visitor, watch } from './support/browser.js';
import { EDITOR_PAGES } from './support/editor_pages.js';
import { button, follow, tabTo } from './support/keyboard.js';
import { suite } from './support/suite.js';
import { go } from './support/walk.js';

const LOOKS = ['light', 'dark'].flatMap((colorScheme) => [1280, 390].map((width) => ({ colorScheme, width })));
const PASSWORD = 'grey kettle on the roof';

/** Every look of a page. */
const assertSound = async (page) => {
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await findings(page), [], `${colorScheme}, ${width} px`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `scrolls sideways at ${width} px`);
  }
};

/** Opens a page in a browser profile of its own, signed in or not, and looks at it. */
const look = async (started, storageState, open) => {
  const page = await visitor(started, { storageState });
  const watched = watch(page, started.site);
  await open(page);
  assert.equal(await page.locator('h1').count(), 1, 'headings of the first level');
  await assertSound(page);
  watched.assertQuiet();
  await page.context().close();
};

const GUIDE = '/editor/trees/every-kind';

suite('every page for authors', { concurrency: 2 }, (started) => {
  let signedIn;

  before(async () => {
    const page = await visitor(started);
    await page.goto(/\/set-up\/[\w-]+/.exec(started.site.log())[0]);
    await assertSound(page);
    for (const [name, text] of Object.entries({ name: 'Robin', password: PASSWORD, again: PASSWORD })) await page.locator(`[name=${name}]`).fill(text);
    await go(page, 'Set the password and sign in');
    signedIn = await page.context().storageState();
    await page.context().close();
  });

  test('sign in', () => look(started, undefined, (page) => page.goto('/sign-in')));
  test('sign in, with errors', () =>
    look(started, undefined, async (page) => {
      await page.goto('/sign-in');
      await page.getByLabel('Name').fill('Robin');
      await page.getByLabel('Password').fill('not this one');
      await go(page, 'Sign in');
    }));
  for (const [name, open] of Object.entries(EDITOR_PAGES)) test(name, () => look(started, signedIn, open));

  test('checks that are still running are shown when they are done', async () => {
    const page = await visitor(started, { storageState: signedIn });
    const running = '<section id="checks"><p data-running>Being checked.</p></section>';
    let asked = 0;
    // The first answers of the desk come before the checks are done.
    await page.route(`**${GUIDE}*`, async (route) => {
      const answer = await route.fetch();
      asked += 1;
      const body = await answer.text();
      await route.fulfill({ response: answer, body: asked > 2 ? body : body.replace(/<section class="checks"[^]*?<\/section>/, running) });
    });
    await page.goto(GUIDE);
    await page.getByText('Being checked.').waitFor();
    await page.locator('#checks').getByText('can be reached').waitFor();
    assert.equal(await page.getByText('Being checked.').count(), 0);
    assert.equal(asked, 3);
    await page.context().close();
  });

  test('the map opens a node by keyboard, and its title is edited by keyboard', async () => {
    const page = await visitor(started, { storageState: signedIn, viewport: { width: 1280, height: 900 } });
    await page.goto(GUIDE);
    await follow(page, page.getByRole('region', { name: /^Map of the guide/ }).getByRole('link', { name: 'Events', exact: true }));
    assert.match(page.url(), /\?node=events$/);
    const title = page.getByRole('textbox', { name: 'Title', exact: true });
    await tabTo(page, title);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Events of the log');
    await follow(page, button(page, 'Save draft'));
    assert.equal(await title.inputValue(), 'Events of the log');
    assert.equal(await page.getByRole('link', { name: 'Events of the log' }).count() > 0, true, 'outline and map show the new title');
    await page.context().close();
  });
});
