// A Fixpath of the test's own: the compiled binary on a free port of 127.0.0.1, with a database in a temporary folder.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../../..');
const TREE = resolve(import.meta.dirname, '../trees/every-kind.yaml');
/** How long the program may take to start or to stop, in milliseconds. */
const PATIENCE = 30_000;

/** The binary under test: FIXPATH_BIN, or the debug build. */
const binary = () => {
  const path = process.env.FIXPATH_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug/fixpath');
  if (!existsSync(path)) throw new Error(`There is no program at ${path}. Build it with "cargo build", or set FIXPATH_BIN to its path.`);
  return path;
};

const freePort = () =>
  new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });

const isReady = async (origin) => {
  try {
    return (await fetch(`${origin}/readyz`)).ok;
  } catch {
    return false;
  }
};

/** Starts a site with the starter trees and the tree of every kind of question. Call `stop()` when done. */
export const startSite = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fixpath-browser-'));
  const database = `sqlite:${join(folder, 'site.db')}`;
  await run(binary(), ['tree', 'load', TREE, '--publish', '--summary', 'For the browser tests', '--database', database]);
  const origin = `http://127.0.0.1:${await freePort()}`;
  const settings = ['serve', '--listen', origin.slice('http://'.length), '--database', database, '--contact', 'the messaging team, extension 4711'];
  // A write over the size limit of `limitFiles` is to fail like one on a full disk, instead of ending the program with a signal.
  const program = spawn('sh', ['-c', 'trap "" XFSZ; exec "$0" "$@"', binary(), ...settings], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  program.stderr.on('data', (part) => (log += part));
  const ended = new Promise((done) => program.once('exit', done));

  const stop = async () => {
    program.kill('SIGTERM');
    const late = setTimeout(() => program.kill('SIGKILL'), PATIENCE);
    await ended;
    clearTimeout(late);
    await rm(folder, { recursive: true, force: true });
  };

  const deadline = Date.now() + PATIENCE;
  while (!(await isReady(origin))) {
    if (program.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`The program did not get ready.\n${log}`);
    }
    await pause(20);
  }

  return {
    origin,
    stop,
    log: () => log,
    /** Lets no file of the program grow beyond `bytes`, as on a full disk; "unlimited" ends that. */
    limitFiles: (bytes) => run('prlimit', ['--pid', String(program.pid), `--fsize=${bytes}:unlimited`]),
  };
};
