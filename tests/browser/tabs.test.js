// Back, reload, two tabs and a full disk: nothing that was typed or stored is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from './support/axe.js';
import { visitor } from './support/browser.js';
import { suite } from './support/suite.js';
import { atKind, choose, press, toOutcome, toThreeWays } from './support/walk.js';

const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

suite('tabs', {}, (started) => {
  test('an older tab sees both values and chooses', async () => {
    const older = await visitor(started);
    await atKind(older, 'Yes or no');
    const newer = await older.context().newPage();
    await newer.goto(older.url());
    await choose(newer, 'No');
    await heading(newer, 'Hand this over');

    await choose(older, 'Yes');
    const conflict = older.getByRole('alert');
    await conflict.getByText('This answer was changed meanwhile').waitFor();
    assert.deepEqual(await conflict.getByRole('listitem').allTextContents(), ['no']);
    assert.ok(await older.getByRole('radio', { name: 'Yes' }).isChecked());
    await newer.reload();
    await heading(newer, 'Hand this over');

    await press(older, 'Continue');
    await heading(older, 'Restart');
    await newer.reload();
    await heading(newer, 'Restart');
    await older.context().close();
  });

  test('the other value can be kept', async () => {
    const older = await visitor(started);
    await atKind(older, 'A number');
    const newer = await older.context().newPage();
    await newer.goto(older.url());
    await newer.getByLabel('Your answer').fill('7');
    await press(newer, 'Continue');
    await heading(newer, 'Hand this over');

    await older.getByLabel('Your answer').fill('700');
    await press(older, 'Continue');
    assert.match(await older.getByRole('alert').innerText(), /\b7 messages/);
    assert.equal(await older.getByLabel('Your answer').inputValue(), '700');
    await older.getByRole('link', { name: 'keep the other one' }).click();
    await heading(older, 'Hand this over');
    await older.context().close();
  });

  test('an outcome that was answered elsewhere is not answered again', async () => {
    const older = await visitor(started);
    await toThreeWays(older);
    const newer = await older.context().newPage();
    await newer.goto(older.url());
    await press(newer, 'No, go on with the next cause');
    await heading(newer, 'Hand this over');
    await press(older, 'Yes');
    await heading(older, 'This no longer fits');
    await older.getByRole('link', { name: 'See the diagnosis as it is now' }).click();
    await heading(older, 'Hand this over');
    await older.context().close();
  });

  test('reload shows the same and sends nothing again', async () => {
    const page = await visitor(started);
    await toOutcome(page);
    const posts = [];
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
    const before = await page.locator('main').innerText();
    await page.reload();
    assert.equal(await page.locator('main').innerText(), before);
    assert.deepEqual(posts, []);
    await page.context().close();
  });

  test('Back from an answer leads to a page whose form still works', async () => {
    const page = await visitor(started);
    await atKind(page, 'Yes or no');
    await choose(page, 'Yes');
    await heading(page, 'Restart');
    await page.getByRole('link', { name: 'Change Agreed?' }).click();
    await heading(page, 'Does the queue drain');
    await page.goBack();
    await heading(page, 'Restart');
    await page.goForward();
    await choose(page, 'No');
    await heading(page, 'Hand this over');
    await page.context().close();
  });

  test('on a full disk the page keeps what was typed, and sends it when there is room', async () => {
    const page = await visitor(started);
    await atKind(page, 'Messages');
    const text = `The queue is full. <b>Not bold</b>\n${'A long line of the message. '.repeat(400)}`;
    await page.getByLabel('Message', { exact: true }).fill(text);
    await started.site.limitFiles(4096);
    await press(page, 'Continue');
    await heading(page, 'Fixpath cannot do this right now');
    assert.equal(await page.getByLabel('text 1').inputValue(), text);
    assert.deepEqual(await findings(page), []);
    await started.site.limitFiles('unlimited');
    await press(page, 'Try again');
    await heading(page, 'Restart');
    await page.context().close();
  });
});
