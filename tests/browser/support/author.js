// An author at work in the editor, who counts every input: each click, each field filled, each option chosen.

/** Presses, fills and chooses on `page`, whether its script runs or not, and counts. */
export class Author {
  inputs = 0;

  constructor(page) {
    this.page = page;
  }

  /** The control of a form by the name that it is sent under. */
  field(name) {
    return this.page.locator(`form [name="${name}"]`);
  }

  /** Types into a field. */
  async fill(name, text) {
    await this.field(name).fill(text);
    this.inputs += 1;
  }

  /** Fills several fields. */
  async fillAll(fields) {
    for (const [name, text] of Object.entries(fields)) await this.fill(name, text);
  }

  /** Chooses an option of a select. */
  async choose(name, value) {
    await this.field(name).selectOption(value);
    this.inputs += 1;
  }

  /** Lets an edge lead to a new node. */
  async lead(name, kind, title) {
    await this.choose(name, `+${kind}`);
    await this.fill(`${name}_title`, title);
  }

  /** Ticks a box or a radio button. */
  async tick(label) {
    await this.page.getByLabel(label, { exact: true }).check();
    this.inputs += 1;
  }

  /** Presses a button that adds a row to a form, and waits for the row's first field. */
  async add(button, name) {
    await this.page.getByRole('button', { name: button }).click();
    await this.field(name).waitFor();
    this.inputs += 1;
  }

  /** Presses a button that leads to another page. */
  async press(name) {
    await this.#leave(this.page.getByRole('button', { name, exact: true }).last());
  }

  /** Whether the form offers to go on to another node. */
  async goesOn() {
    return (await this.page.getByRole('button', { name: 'Save and go on' }).count()) > 0;
  }

  /** Follows a link. */
  async follow(name) {
    await this.#leave(this.page.getByRole('link', { name }).first());
  }

  async #leave(control) {
    await control.waitFor();
    await this.page.waitForLoadState('load');
    const loaded = this.page.waitForEvent('load');
    await control.click();
    await loaded;
    this.inputs += 1;
  }
}
