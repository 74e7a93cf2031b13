// Chromium, and pages that report what no page may do.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Keeps Chromium from asking its maker's servers, which a closed network refuses. */
const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts Chromium: the one that CHROMIUM names, or Debian's. */
export const startBrowser = () => {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`There is no browser at ${executablePath}. Install Chromium, or set CHROMIUM to its path.`);
  // Chromium's sandbox does not work for root, and the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...QUIET] });
};

/** A new browser profile for the suite's site, with one page. `options` are Playwright's for a context. */
export const visitor = async ({ browser, site }, options = {}) => {
  // Colours that fade would be measured half-way.
  const context = await browser.newContext({ baseURL: site.origin, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(10_000);
  return context.newPage();
};

/**
 * Watches a page: requests to other origins, messages of the console, errors of the script. `assertQuiet` fails if there were any.
 * The browser's own lines on a status such as 422 are expected and left out.
 */
export const watch = (page, site) => {
  const noise = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${site.origin}/`)) noise.push(`asked for ${request.url()}`);
  });
  page.on('console', (message) => {
    const isStatus = /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isStatus) noise.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => noise.push(`script: ${error.message}`));
  return { assertQuiet: () => assert.deepEqual(noise.splice(0), []) };
};
