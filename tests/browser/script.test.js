// What the script adds, and that its absence or failure costs nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './support/browser.js';
import { PAGES } from './support/pages.js';
import { suite } from './support/suite.js';
import { atKind, press, toOutcome, toThreeWays } from './support/walk.js';

/** Comes to the outcome and waits until the page is whole: the script runs after the text is there to be seen. */
const toFinishedOutcome = async (page) => {
  await toOutcome(page);
  await page.getByRole('heading', { name: 'Did this fix it?' }).waitFor();
  await page.waitForLoadState('load');
};

const serverNames = (page) => page.getByLabel(/^Server \d+ name$/);
const requests = (page) => {
  const seen = [];
  page.on('request', (request) => seen.push(`${request.method()} ${request.url()}`));
  return seen;
};

suite('script', {}, (started) => {
  test('rows come and go without a round trip, numbered and empty', async () => {
    const page = await visitor(started);
    await atKind(page, 'A table with every column');
    await serverNames(page).nth(0).fill('EX01');
    await serverNames(page).nth(1).fill('EX02');
    await serverNames(page).nth(2).fill('EX03');
    await page.getByLabel('bridgehead on server 3').check();
    const seen = requests(page);

    await press(page, 'Add a server');
    assert.equal(await serverNames(page).count(), 4);
    assert.ok(await page.getByLabel('Server 4 name').evaluate((field) => field === document.activeElement));
    assert.equal(await page.getByLabel('Server 4 name').inputValue(), '');
    assert.equal(await page.getByLabel('bridgehead on server 4').isChecked(), false);

    await page.getByRole('button', { name: 'Remove server 2' }).click();
    assert.deepEqual(await serverNames(page).evaluateAll((fields) => fields.map((field) => [field.name, field.value])), [['name-1', 'EX01'], ['name-2', 'EX03'], ['name-3', '']]);
    assert.ok(await page.getByLabel('bridgehead on server 2').isChecked());
    assert.ok(await page.getByRole('button', { name: 'Remove server 2' }).evaluate((button) => button === document.activeElement));

    await press(page, 'Add ten rows');
    assert.equal(await serverNames(page).count(), 13);
    const ids = await page.locator('[id]').evaluateAll((found) => found.map((element) => element.id));
    assert.equal(new Set(ids).size, ids.length, 'an id is there twice');
    assert.deepEqual(seen, []);
    await page.context().close();
  });

  test('where the table is full, the server is asked', async () => {
    const page = await visitor(started);
    await atKind(page, 'A table with every column');
    await page.locator('[data-rows]').evaluate((body) => (body.dataset.rows = '3'));
    const seen = requests(page);
    await press(page, 'Add a server');
    await page.getByLabel('Server 4 name').waitFor();
    assert.ok(seen[0].startsWith('POST '));
    await page.context().close();
  });

  test('without scripts rows come from the server and keep what was typed', async () => {
    const page = await visitor(started, { javaScriptEnabled: false });
    await atKind(page, 'A table with every column');
    for (const number of [1, 2, 3]) await serverNames(page).nth(number - 1).fill(`EX0${number}`);
    await press(page, 'Add a server');
    assert.equal(await serverNames(page).count(), 4);
    await page.getByRole('button', { name: 'Remove server 2' }).click();
    assert.deepEqual(await serverNames(page).evaluateAll((fields) => fields.map((field) => field.value)), ['EX01', 'EX03', '']);
    for (const name of ['Print', 'Copy']) assert.equal(await page.getByRole('button', { name }).count(), 0);
    await page.context().close();
  });

  test('Enter in a name continues and removes no row', async () => {
    const page = await visitor(started, { javaScriptEnabled: false });
    await atKind(page, 'A table with every column');
    await serverNames(page).nth(0).fill('EX01');
    await serverNames(page).nth(0).press('Enter');
    await page.getByRole('alert').waitFor();
    assert.equal(await serverNames(page).nth(0).inputValue(), 'EX01');
    await page.context().close();
  });

  test('a page with messages starts at their summary, whose links lead to the fields', async () => {
    const page = await visitor(started);
    await PAGES['question, wide table with errors'](page);
    assert.match(await page.title(), /^Error: /);
    assert.ok(await page.getByRole('alert').evaluate((summary) => summary === document.activeElement));
    await page.getByRole('alert').getByRole('link').first().click();
    const field = page.locator(':focus');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.match(await page.locator(`#${await field.getAttribute('aria-describedby')}`).innerText(), /EX01/);
    await page.context().close();
  });

  test('commands and the link are copied', async () => {
    const page = await visitor(started, { permissions: ['clipboard-read', 'clipboard-write'] });
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await toThreeWays(page);
    await page.getByRole('button', { name: 'Copy the command of step 1' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    assert.match(await clipboard(), /^sc \\\\EX01 stop MSExchangeIMC\n/);

    await page.getByRole('link', { name: 'Share', exact: true }).click();
    await press(page, 'Make a link');
    await press(page, 'Copy link');
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const link = await clipboard();
    assert.ok(link.startsWith(`${started.site.origin}/shared/`), link);
    const other = await visitor(started);
    await other.goto(link);
    await other.getByRole('heading', { level: 1, name: 'Restart' }).waitFor();
    await other.context().close();
    await page.context().close();
  });

  test('ticks are kept at once', async () => {
    const page = await visitor(started);
    await toFinishedOutcome(page);
    await page.getByLabel('Done: step 1').check();
    await page.getByLabel('Done: step 3').check();
    await page.getByText('2 of 4 done. Saved.').waitFor();
    await page.reload();
    assert.deepEqual(await page.getByLabel(/^Done/).evaluateAll((boxes) => boxes.map((box) => box.checked)), [true, false, true, false]);
    await page.context().close();
  });

  test('a tick that could not be kept says so, and the button keeps it', async () => {
    const page = await visitor(started);
    await toFinishedOutcome(page);
    await page.route('**/ticks', (route) => route.abort());
    await page.getByLabel('Done: step 2').check();
    await page.getByText('Not saved.').waitFor();
    await page.unroute('**/ticks');
    await press(page, 'Save ticks');
    await page.getByText('1 of 4 done.').waitFor();
    assert.ok(await page.getByLabel('Done: step 2').isChecked());
    await page.context().close();
  });

  test('without scripts the button keeps ticks', async () => {
    const page = await visitor(started, { javaScriptEnabled: false });
    await toFinishedOutcome(page);
    await page.getByLabel('Done: step 1').check();
    await press(page, 'Save ticks');
    await page.getByText('1 of 4 done.').waitFor();
    assert.ok(await page.getByLabel('Done: step 1').isChecked());
    await page.context().close();
  });

  test('a form with changes asks before it is left, and only then', async () => {
    const page = await visitor(started);
    const asked = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.dismiss();
    });
    await atKind(page, 'A number');
    await page.getByLabel('Your answer').pressSequentially('250');
    const before = page.url();
    await page.getByRole('link', { name: 'My diagnoses' }).click({ noWaitAfter: true });
    await page.waitForFunction(() => true);
    assert.deepEqual(asked, ['beforeunload']);
    assert.equal(page.url(), before);

    await press(page, 'Continue');
    await page.getByRole('heading', { level: 1, name: 'Restart' }).waitFor();
    await page.getByRole('link', { name: 'My diagnoses' }).click();
    await page.getByRole('heading', { level: 1, name: 'My diagnoses' }).waitFor();
    assert.deepEqual(asked, ['beforeunload']);
    await page.context().close();
  });

  test('what stands behind the hash of a link is not sent before the button is pressed', async () => {
    const page = await visitor(started);
    const sent = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''} ${JSON.stringify(request.headers())}`));
    await page.goto('/start#event=2037&source=MSExchangeSA&text=a%20kwyjibo&servers=EX01:5.0,EX02:5.0%20SP2');
    await page.getByRole('heading', { level: 1, name: 'This is what the link says' }).waitFor();
    assert.equal(await page.getByLabel('Text and servers').inputValue(), 'a kwyjibo\n\nEX01 5.0\nEX02 5.0 SP2');
    assert.equal(await page.getByLabel('Source').inputValue(), 'MSExchangeSA');
    assert.ok(sent.length > 0);
    assert.doesNotMatch(sent.join('\n'), /kwyjibo|MSExchangeSA|2037|EX0/);
    await press(page, 'Read it');
    await page.getByRole('heading', { level: 1, name: 'This is what we read' }).waitFor();
    assert.equal(await page.getByLabel('Event ID').inputValue(), '2037');
    assert.equal(await page.getByLabel('Server 2 name').inputValue(), 'EX02');
    await page.context().close();
  });
});
