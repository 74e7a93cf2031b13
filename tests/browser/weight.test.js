// What a browser must load is small, and the stylesheet holds nothing that no page uses.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { get } from 'node:http';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { visitor } from './support/browser.js';
import { PAGES } from './support/pages.js';
import { suite } from './support/suite.js';

const ROOT = resolve(import.meta.dirname, '../..');
const BUDGET = 20 * 1024;

/** The bytes of a body as they come over the wire, compressed. */
const weigh = (address, cookie) =>
  new Promise((done, failed) => {
    get(address, { headers: { 'accept-encoding': 'gzip', cookie } }, (response) => {
      let bytes = 0;
      response.on('data', (part) => (bytes += part.length));
      response.on('end', () => {
        if (response.statusCode === 200 && response.headers['content-encoding'] === 'gzip') done(bytes);
        else failed(new Error(`${address}: ${response.statusCode}, ${response.headers['content-encoding']}`));
      });
    }).on('error', failed);
  });

const filesBelow = async (folder, ending) => {
  const names = await readdir(join(ROOT, folder), { recursive: true });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(ROOT, folder, name));
};

suite('weight', {}, (started) => {
  for (const name of ['home', 'question, servers', 'question, a table with every column']) {
    test(`${name}: page, stylesheet and script together`, async () => {
      const page = await visitor(started);
      await PAGES[name](page);
      const cookies = await page.context().cookies();
      const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      const parts = await page.locator('link[rel=stylesheet], script[src]').evaluateAll((found) => found.map((element) => element.href ?? element.src));
      const weights = await Promise.all([page.url(), ...parts.filter(Boolean)].map((address) => weigh(address, cookie)));
      assert.equal(weights.length, 3);
      const total = weights.reduce((sum, weight) => sum + weight);
      assert.ok(total <= BUDGET, `${total} bytes (${weights.join(' + ')})`);
      await page.context().close();
    });
  }

  test('every class of the stylesheets is used by a page', async () => {
    const texts = async (folder, ending) => (await Promise.all((await filesBelow(folder, ending)).map((path) => readFile(path, 'utf8')))).join('\n');
    // In templates the class attributes, with what is decided inside them; in code whole strings, as the maps and the script write them.
    const attributes = (await texts('templates', '.html')).match(/class="(\{[%{].*?[%}]\}|[^"])*"/gs);
    const strings = `${await texts('src', '.rs')}\n${await texts('static', '.js')}`.match(/["'][a-z][a-z0-9 -]*["']/g);
    const macros = (await texts('templates', '.html')).match(/tag\("[a-z]*"/g);
    const used = new Set([...attributes, ...strings, ...macros].join(' ').match(/[a-z][a-z0-9-]*/g));
    const css = (await texts('static', '.css')).replace(/\/\*.*?\*\/|\{[^{}]*\}/gs, ' ');
    const classes = [...css.matchAll(/\.([a-z][a-z0-9-]*)/g)].map(([, name]) => name);
    assert.ok(classes.length > 50);
    assert.deepEqual([...new Set(classes)].filter((name) => !used.has(name)), []);
  });
});
