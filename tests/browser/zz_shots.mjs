import { startSite } from './support/site.js';
import { startBrowser, visitor, watch } from './support/browser.js';
const site = await startSite();
const browser = await startBrowser();
const OUT = '/tmp/desk-shots';
try {
  const log = site.log();
  const link = /(\/set-up\/[A-Za-z0-9_-]+)/.exec(log)?.[1];
  const base = { browser, site };
  const page = await visitor(base, { viewport: { width: 1280, height: 900 } });
  await page.goto(link);
  console.log(await page.title());
  for (const box of await page.locator('input').all()) console.log(await box.getAttribute('name'), await box.getAttribute('type'));
  const name = page.locator('input[name=name]');
  if (await name.count()) await name.fill('ada');
  await page.locator('input[name=password]').fill('correct horse battery');
  await page.locator('input[name=again]').fill('correct horse battery');
  await page.locator('main form button:visible').last().click();
  console.log(page.url());
  const state = await page.context().storageState();
  const T = '/editor/trees/extension-not-loaded';
  const dk = async (name, go) => {
    for (const [w, scheme, js] of [[1280, 'light', true], [1280, 'dark', true], [390, 'light', true], [390, 'dark', false]]) {
      const p = await visitor(base, { viewport: { width: w, height: 900 }, colorScheme: scheme, storageState: state, javaScriptEnabled: js });
      const quiet = watch(p, site);
      await go(p, js);
      await p.screenshot({ path: `${OUT}/${name}-${w}-${scheme}.png`, fullPage: true });
      const wide = js ? await p.evaluate(() => document.documentElement.scrollWidth) : w;
      if (wide > w) console.log(name, 'scrolls sideways', wide);
      try { quiet.assertQuiet(); } catch (e) { console.log(name, e.message); }
      await p.context().close();
    }
  };
  await dk('words', async (p, js) => {
    await p.goto(`${T}/nodes/level_generators/words?into=cause`);
    await p.selectOption('#what', 'levels of servers');
    await p.locator('.btn[value=show]').click();
    await p.waitForLoadState();
    if (js) {
      const area = p.locator('#words');
      await area.focus(); await p.evaluate(() => document.getElementById('words').setSelectionRange(0, 0));
      await p.locator('[data-insert]').click();
      console.log('inserted:', (await area.inputValue()).slice(0, 60), '|', p.url());
      await p.waitForTimeout(1200);
    }
  });
  await dk('preview', async (p, js) => {
    await p.goto(`${T}?node=level_generators`);
    if (js) { await p.locator('#cause').fill('It is **typed** for {servers}.'); await p.waitForTimeout(1200); console.log('live:', (await p.locator('#preview').innerText()).slice(0, 120)); }
    else await p.locator('[name=do][value=preview]').click();
  });
  await dk('refused', async (p) => {
    await p.goto(`${T}?node=level_generators`);
    await p.locator('#cause').fill('It is <b>typed</b>.');
    await p.locator('#form .foot-act button').first().click();
    await p.waitForLoadState();
  });
  await dk('branch', async (p) => {
    await p.goto(`${T}/nodes/servers/branches/1`);
    await p.locator('#example').fill('EX01 5.0 SP2\nEX02 5.0');
    await p.locator('.btn[value=sentence]').click();
    await p.waitForLoadState();
    if (await p.locator('details.fold summary').count()) await p.locator('details.fold summary').first().click();
  });
  await dk('question', async (p) => { await p.goto(`${T}?node=servers`); });
} finally { await browser.close(); await site.stop(); }
