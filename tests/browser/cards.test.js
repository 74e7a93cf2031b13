// The card "How do I find out?": opened by "I don't know", with the keyboard alone, without and with scripts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor, watch } from './support/browser.js';
import { activate, button, follow, tabTo, type } from './support/keyboard.js';
import { suite } from './support/suite.js';
import { atKind } from './support/walk.js';

const SAMPLE = 'The store could not be started on EX01.';

suite('cards', {}, (started) => {
  for (const javaScriptEnabled of [false, true]) {
    const how = javaScriptEnabled ? 'with scripts' : 'without scripts';

    test(`what is pasted is read back and sent, ${how}`, async () => {
      const page = await visitor(started, { javaScriptEnabled });
      const watched = watch(page, started.site);
      await atKind(page, 'Messages');
      await follow(page, button(page, 'I don’t know'));
      const card = page.locator('details.fold');
      assert.ok(await card.evaluate((details) => details.open));
      assert.ok(await card.locator('summary').evaluate((summary) => summary === document.activeElement), 'the keyboard is on the card');
      assert.equal(await button(page, 'I don’t know').count(), 0);
      await type(page, page.getByLabel('Paste its output here'), SAMPLE);
      await follow(page, button(page, 'Read what I pasted'));
      await page.getByRole('status').getByText('1 message was read.').waitFor();
      assert.equal(await page.getByLabel('Message', { exact: true }).inputValue(), SAMPLE);
      await follow(page, button(page, 'Continue').last());
      await page.getByText(SAMPLE).first().waitFor();
      assert.match(new URL(page.url()).pathname, /^\/diagnoses\/[^/]+$/);
      watched.assertQuiet();
      await page.context().close();
    });

    test(`not knowing is one step more, ${how}`, async () => {
      const page = await visitor(started, { javaScriptEnabled });
      await atKind(page, 'Yes or no');
      await follow(page, button(page, 'I don’t know'));
      await follow(page, button(page, 'I still don’t know, go on'));
      await page.getByRole('heading', { level: 1, name: 'Does the queue drain' }).waitFor({ state: 'detached' });
      await page.context().close();
    });
  }

  test('the command is copied', async () => {
    const page = await visitor(started, { permissions: ['clipboard-read', 'clipboard-write'] });
    await atKind(page, 'Events');
    await tabTo(page, page.locator('summary'));
    await page.keyboard.press('Enter');
    await activate(page, button(page, /^Copy command 1$/));
    await button(page, 'Copied').waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^Get-WinEvent -FilterHashtable/);
    await page.context().close();
  });
});
