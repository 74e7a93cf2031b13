// Every page, in every look: no finding of axe, no sideways scrolling, no request that leaves the site, nothing in the console.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from './support/axe.js';
import { visitor, watch } from './support/browser.js';
import { PAGES } from './support/pages.js';
import { suite } from './support/suite.js';

const LOOKS = ['light', 'dark'].flatMap((colorScheme) => [1280, 390].map((width) => ({ colorScheme, width })));
const NARROWEST = 320;

const mainButtons = (page) => page.locator('main .btn:not(.btn-2, .btn-q), .split > main .btn:not(.btn-2, .btn-q)').count();

suite('every page', { concurrency: 2 }, (started) => {
  for (const [name, open] of Object.entries(PAGES)) {
    test(name, async () => {
      const page = await visitor(started);
      const watched = watch(page, started.site);
      await open(page);
      assert.equal(await page.locator('h1').count(), 1, 'headings of the first level');
      assert.ok((await mainButtons(page)) <= 1, 'more than one primary button');

      for (const { colorScheme, width } of LOOKS) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        assert.deepEqual(await findings(page), [], `${colorScheme}, ${width} px`);
      }

      await page.setViewportSize({ width: NARROWEST, height: 700 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), 'scrolls sideways');
      watched.assertQuiet();
      await page.context().close();
    });
  }
});
