// The editor of an exercise: its caret, its text, and the problem beside it.
import type { Locator, Page } from "playwright-core";

export function editorOf(page: Page): Locator {
  return page.getByRole("textbox", { name: /^(manual|handshake)\./ });
}

/** Puts the caret before the first place where a text stands. */
export async function goBefore(page: Page, text: string): Promise<void> {
  await editorOf(page).focus();
  await editorOf(page).evaluate((field: HTMLTextAreaElement, wanted) => {
    const at = field.value.indexOf(wanted);
    field.setSelectionRange(at, at);
  }, text);
}

export async function replaceAll(page: Page, text: string): Promise<void> {
  await editorOf(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

/** The problem beside the editor; it leads to its line. */
export function problemOf(page: Page): Locator {
  return page.locator(".edit-problem").getByRole("button");
}
