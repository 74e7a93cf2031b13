// From one paste to the fix without a question, with the keyboard alone and without scripts; and the preview of it with scripts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor, watch } from './support/browser.js';
import { button, follow, tabTo, type } from './support/keyboard.js';
import { suite } from './support/suite.js';

const PASTE = `Extension 'SMTP' could not be loaded.

Event ID: 2037
Source: MSExchangeSA
Description: The file version of \\add-ins\\smtp\\i386\\imcadmin.dll installed on the local server is not current.

EX01 5.0
EX02 5.0 SP1
EX03 5.0 SP2
`;
/** What must stand behind the facts: a piece of the line that each was read from. */
const LINES = ['2037', 'EX01 5.0', 'EX02 5.0 SP1', 'EX03 5.0 SP2'];

const rail = (page) => page.getByRole('complementary').locator('.facts');

/** Pastes on the start page. Typed line by line, as the keyboard would. */
const paste = async (page) => {
  await page.goto('/');
  await tabTo(page, page.getByRole('textbox', { name: 'Paste the error' }));
  await page.keyboard.insertText(PASTE);
};

suite('one paste', {}, (started) => {
  test('keyboard alone, without scripts: every fact has its line, nothing is asked, and a change has its effect', async () => {
    const page = await visitor(started, { javaScriptEnabled: false });
    await paste(page);
    await follow(page, button(page, 'Read it'));
    await page.getByRole('heading', { level: 1, name: 'This is what we read' }).waitFor();
    const marked = await page.locator('mark').allTextContents();
    for (const line of LINES) assert.ok(marked.some((text) => text.includes(line)), `${line} is not marked: ${marked}`);

    await follow(page, button(page, 'Find the fix').last());
    await page.getByRole('heading', { level: 1, name: 'Bring EX01 and EX02 to the level of EX03' }).waitFor();
    const known = await rail(page).innerText();
    for (const line of ['Extension \'SMTP\' could not be loaded.', ...LINES]) assert.ok(known.includes(line), `${line} is not in:\n${known}`);
    assert.match(known, /known from what you pasted/);

    await follow(page, page.getByRole('link', { name: /^Change Server versions/ }));
    await page.getByRole('heading', { level: 1, name: 'Which version and service pack' }).waitFor();
    await type(page, page.getByLabel('Version and service pack of server 1'), '5.0 SP2');
    await follow(page, button(page, 'Continue').last());
    await page.getByRole('heading', { level: 1, name: /^Bring EX02 to the level of/ }).waitFor();
    await page.context().close();
  });

  test('with scripts the box says what will be read, and the page says the same', async () => {
    const page = await visitor(started);
    const watched = watch(page, started.site);
    await paste(page);
    await page.getByText('Leads to An extension could not be loaded').waitFor();
    const preview = await page.locator('#preview').innerText();
    await follow(page, button(page, 'Read it'));
    await page.getByRole('heading', { level: 1, name: 'This is what we read' }).waitFor();
    assert.equal(await page.locator('.read-sum').innerText(), preview);
    watched.assertQuiet();
    await page.context().close();
  });
});
