// A suite with one site and one browser for all its tests.
import { after, before, describe } from 'node:test';
import { startBrowser } from './browser.js';
import { startSite } from './site.js';

/** `describe` whose tests find `site` and `browser` in the object that `tests` is called with, once they run. */
export const suite = (name, options, tests) =>
  describe(name, options, () => {
    const started = {};
    before(async () => {
      started.site = await startSite();
      started.browser = await startBrowser();
    });
    after(async () => {
      await started.browser?.close();
      await started.site?.stop();
    });
    tests(started);
  });
