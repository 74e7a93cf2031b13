// A new author writes a guide of ten nodes, proves it, publishes it and opens it as visitors see it: with at most 120 inputs, with JavaScript and without.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Author } from './support/author.js';
import { startBrowser, visitor, watch } from './support/browser.js';
import { startSite } from './support/site.js';
import { go } from './support/walk.js';

/** The most inputs that the whole of it may take. */
const MOST_INPUTS = 120;
const PASSWORD = 'grey kettle on the roof';

const setUp = async (author, site) => {
  const link = /\/set-up\/[\w-]+/.exec(site.log());
  assert.ok(link, 'the program prints a set-up link at its first start');
  await author.page.goto(link[0]);
  await author.fillAll({ name: 'Robin', password: PASSWORD, again: PASSWORD });
  await author.press('Set the password and sign in');
};

const begin = async (author) => {
  await author.follow('New guide');
  await author.fillAll({
    title: 'Mail stays in the outbound queue',
    summary: 'Mail waits in the outbound queue of a server and does not leave it.',
    products: 'Exchange Server',
  });
  await author.press('Make the guide');
};

/** What is written on the form of each node, by its title when the form opens. Questions name the nodes that they lead to. */
const nodes = {
  'First question': async (author) => {
    await author.fillAll({ title: 'Queue in state Retry', prompt: 'Does the outbound queue show the state “Retry”?' });
    await author.choose('ask', 'yes_no');
    await author.fill('branch-1-when', 'no');
    await author.lead('branch-1-to', 'outcome', 'Nothing is stuck');
    await author.lead('otherwise', 'question', 'Servers');
  },
  Servers: async (author) => {
    await author.fill('prompt', 'Which servers does the mail pass, and at which level are they?');
    await author.choose('ask', 'servers');
    await author.fill('branch-1-when', 'some server is 5.5 below SP3');
    await author.lead('branch-1-to', 'outcome', 'Old service pack');
    await author.add('Add a branch', 'branch-2-when');
    await author.fill('branch-2-when', 'every server is 2000');
    await author.lead('branch-2-to', 'question', 'Smart host');
    await author.lead('otherwise', 'question', 'Error text');
    await author.tick('Answers without a branch go to “otherwise”');
  },
  'Smart host': async (author) => {
    await author.fillAll({ prompt: 'Does the connector send mail through a smart host?', 'branch-1-when': 'yes' });
    await author.lead('branch-1-to', 'outcome', 'Smart host refuses mail');
    await author.lead('otherwise', 'outcome', 'Name resolution fails');
  },
  'Error text': async (author) => {
    await author.fill('prompt', 'What does the error in the queue say, if there is one?');
    await author.choose('ask', 'text');
    await author.fill('branch-1-when', 'contains "host unreachable"');
    await author.lead('branch-1-to', 'outcome', 'Network path is down');
  },
  'Nothing is stuck': async (author) => author.choose('verdict', 'nothing_wrong'),
  'Name resolution fails': async (author) => author.choose('verdict', 'hand_over'),
  'Network path is down': async (author) => author.choose('verdict', 'hand_over'),
  'Hand over': async (author) => author.fillAll({ title: 'Ask a colleague', headline: 'Ask a colleague who knows the connectors' }),
  'Old service pack': async (author) => {
    await author.fillAll({
      headline: 'Old service pack loses the connection',
      cause: 'The message transfer agent of this level drops connections.',
      'procedure-1-title': 'Apply the service pack',
      'procedure-1-minutes': '45',
      'procedure-1-rights': 'Administrator of the server',
      'procedure-1-more': 'Back up the server\nInstall 5.5 SP3 on {servers: is 5.5 below SP3}\nRestart it',
      'procedure-1-verify': 'The queue empties.',
      'procedure-1-way_back': 'Restore the backup of the first step.',
    });
  },
  'Smart host refuses mail': async (author) => {
    await author.fillAll({ cause: 'The smart host takes no mail from this server.', 'procedure-1-title': 'Ask the smart host’s owner' });
    await author.choose('procedure-1-risk', 'none');
    await author.fillAll({
      'procedure-1-minutes': '15',
      'procedure-1-more': 'See whether it answers, and ask\n`telnet smarthost 25`',
      'procedure-1-verify': 'The banner answers.',
    });
  },
};

/** Writes every node: goes on to the one that the form proposes, and looks for one in the outline where it proposes none that is left. */
const write = async (author) => {
  const left = new Map(Object.entries(nodes));
  await author.follow('First question');
  while (left.size > 0) {
    const proposed = await author.field('title').inputValue();
    const [title] = left.has(proposed) ? [proposed] : left.keys();
    if (title !== proposed) await author.follow(title);
    await left.get(title)(author);
    left.delete(title);
    await author.press(left.size > 0 && (await author.goesOn()) ? 'Save and go on' : 'Save draft');
  }
};

const answer = async (author, label) => {
  await author.tick(label);
  await author.press('Continue');
};

/** Three walks to three ends, each kept as a case. */
const cases = async (author) => {
  await author.follow('Try it');
  await answer(author, 'No');
  await author.press('Keep as a case');

  await answer(author, 'Yes');
  await author.fillAll({ 'name-1': 'MAIL1', 'level-1': '5.5 SP2' });
  await author.press('Continue');
  assert.equal(await author.page.getByText('Install 5.5 SP3 on MAIL1').count(), 1, 'the step names the server');
  await author.press('Keep as a case');

  await answer(author, 'Yes');
  await author.press('I don’t know');
  await author.press('I still don’t know, go on');
  await author.fill('text-1', 'The connection failed: host unreachable.');
  await author.press('Continue');
  await author.press('Keep as a case');
};

const publish = async (author) => {
  await author.follow('Publish');
  await author.fill('summary', 'The first version.');
  await author.press('Publish now');
  await author.follow('The guide as visitors see it');
};

/** A visitor walks the published guide to an outcome with a procedure. */
const walk = async (page) => {
  await go(page, 'Start');
  await page.getByLabel('Yes', { exact: true }).check();
  await go(page, 'Continue');
  await page.getByLabel('Server 1 name').fill('POST7');
  await page.getByLabel('Version and service pack of server 1').fill('5.5 SP1');
  await go(page, 'Continue');
  assert.equal(await page.locator('h1').innerText(), 'Old service pack loses the connection');
  assert.equal(await page.getByText('Install 5.5 SP3 on POST7').count(), 1, 'the procedure names the visitor’s server');
};

describe('a new author', () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`publishes a guide of ten nodes ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, { timeout: 120_000 }, async (t) => {
      const site = await startSite();
      t.after(() => site.stop());
      const browser = await startBrowser();
      t.after(() => browser.close());
      const page = await visitor({ browser, site }, { javaScriptEnabled });
      const watched = watch(page, site);
      const author = new Author(page);

      await setUp(author, site);
      await begin(author);
      await write(author);
      await cases(author);
      await publish(author);

      t.diagnostic(`${author.inputs} inputs`);
      assert.ok(author.inputs <= MOST_INPUTS, `${author.inputs} inputs, and ${MOST_INPUTS} are the most`);
      const stranger = await visitor({ browser, site }, { javaScriptEnabled });
      await stranger.goto(new URL(page.url()).pathname);
      await walk(stranger);
      watched.assertQuiet();
    });
  }
});
