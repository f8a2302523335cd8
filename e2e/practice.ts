import type { Page } from 'playwright-core';
import { press } from './steps.ts';

export interface Practice { formId: string; questions: number; lessonSlug: string }

/** Answers so many questions of a practice, the first option each; what was right and why is read each time. */
export async function answer(page: Page, n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    await page.locator('fieldset:not([disabled])').waitFor();
    const selects = page.locator('select');
    if (await selects.count()) for (const s of await selects.all()) await s.selectOption({ index: 1 + (await selects.all()).indexOf(s) });
    await page.locator('label.option').last().click();
    await press(page, 'Trả lời');
    // It is kept when the reason is shown.
    await page.getByRole('button', { name: /Câu tiếp theo|Xem kết quả/ }).waitFor();
    if (i + 1 < n) await press(page, 'Câu tiếp theo');
  }
}
/** Answers until the practice is handed in: every answer here is "I don't know yet", so every question comes once more. */
export async function wholePractice(page: Page, practice: Practice): Promise<void> {
  await answer(page, practice.questions * 2);
  await press(page, 'Xem kết quả');
  await page.waitForURL(/ket-qua/);
}

/** Waits until all is sent; whoever cannot wait comes back to the page, which is a reason to try. */
export async function allSent(page: Page): Promise<void> {
  const sent = page.getByRole('link', { name: 'Đã gửi' }).first();
  for (let tries = 0; tries < 40; tries++) {
    if (await sent.waitFor({ timeout: 1000 }).then(() => true, () => false)) return;
    await page.evaluate(() => dispatchEvent(new Event('focus')));
  }
  throw new Error(`not sent: ${await page.locator('header').innerText()}`);
}
