// What a person does on the client page, and sees there, in a real browser.
import jwt from "jsonwebtoken";
import type { Locator, Page } from "playwright-core";

/** The secret of every server here, so that a test can sign tokens of its own. */
export const SECRET = "a secret for tests, of 32 bytes or more";

/** Logs in with the keyboard. */
export async function logIn(page: Page, password = "changeit"): Promise<void> {
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
}

/** Writes a note and sends it with the keyboard. */
export async function sendNote(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Note" }).fill(text);
  await page.keyboard.press("Enter");
}

/** Waits until a part of the page shows this, and returns all it shows. */
export async function shown(page: Page, id: string, text: string | RegExp): Promise<string> {
  const part = page.locator(`#${id}`, { hasText: text });
  await part.waitFor();
  return part.innerText();
}

/** Lets the page's own clock run until it shows this part. */
export async function advanceUntil(part: Locator): Promise<void> {
  while (!(await part.isVisible())) await part.page().clock.runFor(500);
}

/** Opens the page again with a token that was stored on an earlier visit. */
export async function comeBackWithToken(page: Page, token: string): Promise<void> {
  await page.evaluate((kept) => localStorage.setItem("token for /", kept), token);
  await page.reload();
}

/** A token for john that lived from 1,000 to 2,000 seconds after 1970. */
export function signExpired(secret = SECRET): string {
  const claims = { data: { id: 1, username: "john" }, iat: 1_000, exp: 2_000 };
  return jwt.sign(claims, secret, { issuer: "accounts.examplesoft.com", audience: "yoursite.net" });
}

/** A token for john that another server signed a moment ago. */
export function signForeign(): string {
  return jwt.sign(
    { data: { id: 1, username: "john" } },
    "a secret of some other server, somewhere",
    {
      expiresIn: 60,
    },
  );
}
