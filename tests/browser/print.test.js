// On paper nothing is cut off, and nothing is printed that only works on a screen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './support/browser.js';
import { PAGES } from './support/pages.js';
import { suite } from './support/suite.js';

/** The inside of an A4 page with usual margins, in CSS pixels. */
const PAPER = { width: 718, height: 1000 };
const PRINTED = ['outcome', 'outcome, three ways', 'outcome, tables in steps', 'outcome, hand over', 'outcome, tried before', 'shared', 'map with path', 'guide'];

/** What sticks out of the paper, or is hidden in a part that scrolls or is cut short. */
const cutOff = (page) =>
  page.evaluate((width) => {
    const shown = [...document.querySelectorAll('main *, aside *')].filter((element) => element.checkVisibility() && !element.closest('.vh, .cell, title, desc'));
    const isCut = (element) => getComputedStyle(element).overflow !== 'visible' && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
    const sticksOut = (element) => element.getBoundingClientRect().right > width + 1;
    return shown.filter((element) => !element.closest('svg svg, svg *') && (sticksOut(element) || isCut(element))).map((element) => element.outerHTML.slice(0, 120));
  }, PAPER.width);

suite('print', {}, (started) => {
  for (const name of PRINTED) {
    test(name, async () => {
      const page = await visitor(started, { viewport: PAPER });
      await PAGES[name](page);
      await page.emulateMedia({ media: 'print' });
      assert.deepEqual(await cutOff(page), []);
      for (const control of await page.locator('button, a.btn, nav, textarea').all()) assert.ok(!(await control.isVisible()), `${control} is printed`);
      assert.ok((await page.pdf({ format: 'A4' })).length > 1000);
      await page.context().close();
    });
  }

  test('what is folded on the screen is on paper', async () => {
    const page = await visitor(started, { viewport: PAPER });
    await PAGES.outcome(page);
    const folded = page.locator('details li').first();
    const isShown = () => folded.evaluate((element) => element.checkVisibility());
    assert.equal(await isShown(), false);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await isShown(), true);
    await page.context().close();
  });

  test('an outcome of two ways takes at most three pages', async () => {
    const page = await visitor(started);
    await PAGES.outcome(page);
    const margin = '15mm';
    const pdf = (await page.pdf({ format: 'A4', margin: { top: margin, bottom: margin, left: margin, right: margin } })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages <= 3, `${pages} pages`);
    await page.context().close();
  });
});
