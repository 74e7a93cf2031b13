// Every page of the site, each as the way to it. A page is opened in a browser profile of its own.
import { EXTENSION, FIRST_LINE, atKind, begin, choose, go, listServers, pasteIntoCard, press, toOutcome, toReading, toThreeWays } from './walk.js';

const path = (page) => new URL(page.url()).pathname;

/** Opens a link to the diagnosis at which the page stands. */
const openShared = async (page) => {
  await page.goto(`${path(page)}/share`);
  await press(page, 'Make a link');
  const link = await page.getByLabel('Link to this diagnosis').inputValue();
  await page.context().clearCookies();
  await page.goto(new URL(link, page.url()).pathname);
};

/** Sends the form of a page in another profile's stead: an older tab after a newer one. */
const olderTab = async (page) => {
  const newer = await page.context().newPage();
  await newer.goto(page.url());
  await choose(newer, 'No');
  await newer.close();
};

const LINK = 'event=2037&source=MSExchangeSA&text=Extension%20SMTP%20could%20not%20be%20loaded.&servers=EX01:5.0,EX02:5.0%20SP2';

const KINDS = ['Messages', 'Events', 'A table with every column', 'One machine', 'Several options', 'Yes or no', 'A number', 'A code', 'A line of text'];

/** Name and way of every page. */
export const PAGES = {
  home: (page) => page.goto('/'),
  'home, filtered': (page) => page.goto('/?product=Test'),
  'home, with errors': async (page) => {
    await page.goto('/');
    await page.getByText('Add event ID and source').click();
    await page.getByLabel('Event ID').fill('many');
    await press(page, 'Read it');
  },
  'home, file refused': async (page) => {
    await page.goto('/');
    await page.getByLabel('Or files').setInputFiles({ name: 'logs.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\x03\x04') });
    await press(page, 'Read it');
  },
  'home, preview': async (page) => {
    await page.goto('/');
    await page.getByRole('textbox', { name: 'Paste the error' }).fill(FIRST_LINE);
    await page.getByText('Leads to').waitFor();
  },
  reading: (page) => toReading(page),
  'reading, file': async (page) => {
    await page.goto('/');
    const long = `${FIRST_LINE} ${'x'.repeat(400)}\n`;
    await page.getByLabel('Or files').setInputFiles({ name: `${'dialog'.repeat(8)}.txt`, mimeType: 'text/plain', buffer: Buffer.from(long) });
    await press(page, 'Read it');
  },
  'reading, servers with errors': async (page) => {
    await toReading(page);
    await press(page, 'Add a server');
    await page.getByLabel('Server 1 name').fill('EX01');
    await page.getByLabel('Version and service pack of server 1').fill('9.9');
    await go(page, 'Find the fix');
  },
  'reading, corrected': async (page) => {
    await toReading(page);
    await page.getByRole('textbox', { name: 'Message' }).fill('Extension MS could not be loaded.');
    await go(page, 'Find the fix');
  },
  'link to a guide': (page) => page.goto(`/guides/${EXTENSION.slug}?${LINK}`),
  'link, several values wrong': (page) => page.goto(`/guides/${EXTENSION.slug}?event=many&servers=EX01:9.9`),
  'link that finds the guide': (page) => page.goto(`/start?${LINK}`),
  'link without facts': (page) => page.goto('/start'),
  'link behind the hash': (page) => page.goto(`/start#${LINK}`),
  'Event Viewer': (page) => page.goto('/event-viewer?ProdName=Microsoft%20Exchange&ProdVer=5.5.2653.23&EvtID=2037&EvtSrc=MSExchangeSA'),
  'Event Viewer, setup': (page) => page.goto('/event-viewer/setup'),
  links: (page) => page.goto('/links'),
  'links, made': async (page) => {
    await page.goto('/links');
    await page.getByLabel('Event ID').fill('2037');
    await press(page, 'Make the link');
  },
  'links, with errors': async (page) => {
    await page.goto('/links');
    await press(page, 'Make the link');
  },
  'nothing found': async (page) => {
    await toReading(page, 'kwyjibo');
    await go(page, 'Find the fix');
  },
  'no other guide': async (page) => {
    await toOutcome(page);
    await go(page, 'Look for another guide with what you told us');
  },
  guide: (page) => page.goto(`/guides/${EXTENSION.slug}`),
  'guide, map': (page) => page.goto(`/guides/${EXTENSION.slug}/map`),
  'question, choice': (page) => begin(page, 'every-kind'),
  'question, choice with errors': async (page) => {
    await begin(page, 'every-kind');
    await press(page, 'Continue');
  },
  ...Object.fromEntries(KINDS.map((kind) => [`question, ${kind.toLowerCase()}`, (page) => atKind(page, kind)])),
  'question, events with errors': async (page) => {
    await atKind(page, 'Events');
    await page.getByLabel('Event ID').fill('many');
    await press(page, 'Continue');
  },
  'question, number with errors': async (page) => {
    await atKind(page, 'A number');
    await page.getByLabel('Your answer').fill('many');
    await press(page, 'Continue');
  },
  'question, servers': async (page) => {
    await begin(page, EXTENSION.slug);
    await page.getByLabel('Message', { exact: true }).fill(FIRST_LINE);
    await press(page, 'Continue');
  },
  'question, servers with errors': async (page) => {
    await begin(page, EXTENSION.slug);
    await page.getByLabel('Message', { exact: true }).fill(FIRST_LINE);
    await press(page, 'Continue');
    await listServers(page, 'EX01,5.0,SP1\nEX01,9.9\nEX03');
  },
  'question, wide table with errors': async (page) => {
    await atKind(page, 'A table with every column');
    await listServers(page, 'EX01,9.9\nEX02,5.5');
  },
  'question, card open': async (page) => {
    await atKind(page, 'Events');
    await press(page, 'I don’t know');
  },
  'question, card of its author': async (page) => {
    await atKind(page, 'Yes or no');
    await press(page, 'I don’t know');
  },
  'question, read back': async (page) => {
    await atKind(page, 'A table with every column');
    await pasteIntoCard(page, 'EX01,5.5,SP4\nthe rest is in the other list');
  },
  'question, nothing read': async (page) => {
    await atKind(page, 'A table with every column');
    await pasteIntoCard(page, 'none');
  },
  'question, changed meanwhile': async (page) => {
    await atKind(page, 'Yes or no');
    await olderTab(page);
    await choose(page, 'Yes');
  },
  'question, not on the path': async (page) => {
    await begin(page, 'every-kind');
    await page.goto(`${path(page)}/questions/number`);
  },
  'question, told earlier': async (page) => {
    await atKind(page, 'A number');
    await page.getByLabel('Your answer').fill('250');
    await press(page, 'Continue');
    await page.getByRole('link', { name: 'Change Kind of question' }).click();
    await choose(page, 'Yes or no');
  },
  outcome: (page) => toOutcome(page),
  'outcome, second way': async (page) => {
    await toOutcome(page);
    await page.getByRole('region', { name: /ways to do it/ }).getByRole('link').nth(1).click();
  },
  'outcome, three ways': (page) => toThreeWays(page),
  'outcome, three ways, blank': (page) => toThreeWays(page, 'EX01,5.0'),
  'outcome, tables in steps': async (page) => {
    await toThreeWays(page);
    await page.getByRole('link', { name: 'Clean the queue by hand' }).click();
  },
  'outcome, nothing wrong': (page) => atKind(page, 'None of them'),
  'outcome, hand over': async (page) => {
    await begin(page, 'every-kind');
    await press(page, 'I don’t know');
  },
  'outcome, solved': async (page) => {
    await toOutcome(page);
    await press(page, 'Yes');
  },
  'outcome, tried before': async (page) => {
    await toOutcome(page, 'EX01,5.0\nEX02,5.5');
    await choose(page, 'An error occurred during file replication');
    await press(page, 'No, go on with the next cause');
  },
  'nothing left': async (page) => {
    await toThreeWays(page);
    await press(page, 'No, go on with the next cause');
  },
  worse: async (page) => {
    await toThreeWays(page);
    await press(page, 'Made it worse');
  },
  'map with path': async (page) => {
    await toOutcome(page);
    await page.getByRole('link', { name: 'See this path in the whole guide' }).click();
  },
  share: async (page) => {
    await toOutcome(page);
    await page.getByRole('link', { name: 'Share', exact: true }).click();
  },
  'share, made': async (page) => {
    await toOutcome(page);
    await page.getByRole('link', { name: 'Share', exact: true }).click();
    await press(page, 'Make a link');
  },
  shared: async (page) => {
    await toOutcome(page);
    await openShared(page);
  },
  'shared, unfinished': async (page) => {
    await begin(page, EXTENSION.slug);
    await openShared(page);
  },
  'my diagnoses, none': (page) => page.goto('/diagnoses'),
  'my diagnoses': async (page) => {
    await toOutcome(page);
    await toThreeWays(page);
    await press(page, 'No, go on with the next cause');
    await begin(page, EXTENSION.slug);
    await page.goto('/diagnoses');
  },
  delete: async (page) => {
    await toOutcome(page);
    await page.getByRole('link', { name: 'Delete', exact: true }).click();
  },
  'outcome, long names': (page) => toOutcome(page, `${'EX01'.repeat(15)},5.0\nEX03,5.0,SP2`),
  'not found': (page) => page.goto('/nowhere'),
  'not allowed': async (page) => {
    const { origin } = new URL((await page.goto('/')).url());
    await page.goto('about:blank');
    await page.setContent(`<form method="post" action="${origin}/find"><button>Send</button></form>`);
    await press(page, 'Send');
    await page.getByRole('link', { name: 'All guides' }).waitFor();
  },
  'too much': async (page) => {
    await page.goto('/');
    await page.getByRole('textbox', { name: 'Paste the error' }).fill('x'.repeat(3_000_000));
    await press(page, 'Read it');
  },
};
