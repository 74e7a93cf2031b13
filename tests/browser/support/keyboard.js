// Walking with the keyboard alone: Tab, Space, Enter, arrows and typing. What is looked at is found by role and name; nothing is clicked or filled.

/** No page has more stops than this. */
const MOST_STOPS = 200;

/** False also where the page is just being left: the next one is asked again. */
const hasFocus = async (page, locator) => {
  try {
    return await locator.evaluateAll((found) => found.length === 1 && found[0] === document.activeElement);
  } catch (error) {
    if (!/context was destroyed/.test(error.message)) throw error;
    await page.waitForLoadState();
    return false;
  }
};

/** Presses Tab until the control has the focus. */
export const tabTo = async (page, locator) => {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await hasFocus(page, locator)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${locator}`);
};

/** Goes to a button or link and presses it. */
export const activate = async (page, locator) => {
  await tabTo(page, locator);
  await page.keyboard.press('Enter');
  await page.waitForLoadState();
};

/** Goes to a button or link that leads to another page, presses it, and waits until that page is whole. */
export const follow = async (page, locator) => {
  await tabTo(page, locator);
  const loaded = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await loaded;
};

/** Goes to a field and types; in a closed select, typing chooses the option that begins so. */
export const type = async (page, locator, text) => {
  await tabTo(page, locator);
  await page.keyboard.type(text);
};

/** Goes to a group of radio buttons and moves to the one whose label begins with `label`. */
export const pick = async (page, label) => {
  const wanted = page.getByRole('radio', { name: label });
  await tabTo(page, page.getByRole('radio').first());
  await page.keyboard.press('Space');
  for (let steps = 0; !(await wanted.isChecked()); steps += 1) {
    if (steps > MOST_STOPS) throw new Error(`the arrow keys never reached ${label}`);
    await page.keyboard.press('ArrowDown');
  }
};

export const button = (page, name) => page.getByRole('button', { name });
