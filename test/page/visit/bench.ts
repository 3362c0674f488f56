// The token bench as a person uses it: paste, read the verdicts, change a claim, another key, no signature.
import { generateKeyPairSync, sign as signWith } from "node:crypto";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { makeToken } from "../../../scripts/lab/named-tokens.ts";
import { serverKey } from "../../../scripts/lab/servers/pool.ts";
import { FIRST_SWITCHES } from "../../../scripts/model/switches.ts";
import { AUTH_MODES, type AuthMode } from "../../../scripts/model/vocabulary.ts";
import { plain, type Site, visit } from "./site.ts";

/** Waits for the sentence above the three verdicts. */
function verdict(page: Page, sentence: string): Promise<void> {
  return page.locator(".verdicts[aria-busy=false]").getByText(sentence, { exact: true }).waitFor();
}

/** All that the bench shows is of new servers. */
async function restartsAllServers(page: Page, { pids }: Site): Promise<void> {
  const of = (auth: AuthMode): number | undefined =>
    pids.get(serverKey({ ...FIRST_SWITCHES, auth }));
  const before = AUTH_MODES.map(of);
  await page.getByRole("button", { name: "Restart demo server" }).click();
  await expect.poll(() => AUTH_MODES.filter((auth, at) => of(auth) === before[at])).toEqual([]);
  await verdict(page, "All modes accept it.");
}

/** A public key, and a token of another issuer that it fits. */
function foreignToken(): [string, string] {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const [header, claims] = [{ alg: "ES256" }, { iss: "https://idp.example.org" }].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const key = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
  const signature = signWith("sha256", Buffer.from(`${header}.${claims}`), key).toString(
    "base64url",
  );
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return [pem, `${header}.${claims}.${signature}`];
}

export function benchTests(site: () => Site): void {
  describe("the token bench", () => {
    it("tells of a pasted token what each mode says, and lets one change it, sign it otherwise, and try it", async () => {
      const pasted = makeToken("wrong-audience", site().sandbox.lab.tokenMaker())!;
      await visit(site(), { path: "/bench" }, async (page) => {
        await verdict(page, "All modes accept it.");
        await restartsAllServers(page, site());
        const sign = page.getByRole("button", { name: "Sign and try" });

        await page.getByLabel("or paste").fill(`Bearer ${pasted}`);
        // Typed and not pasted, so it may not be all yet.
        await verdict(page, "These are the results of the token before.");
        expect(await page.getByText("Nothing is wrong with it").count()).toBe(0);
        await page.keyboard.press("Tab");
        await verdict(page, "All modes refuse it.");
        const cards = (await page.locator(".verdict-card").allTextContents()).map(plain);
        expect(cards.map((card) => /^\w+/.exec(card)![0])).toEqual(AUTH_MODES);
        for (const card of cards) expect(card).toMatch(/The check: jwt audience invalid/);
        // The answer to a login holds no other token, and a blank more makes none.
        await page
          .getByLabel("or paste", { exact: true })
          .fill(`{"user":"john","token":"${pasted}"} `);
        await page.getByText("Press Enter or leave the field to decode it.").waitFor();
        await verdict(page, "These are the results of the token before.");
        await page.keyboard.press("Tab");
        await verdict(page, "All modes refuse it.");
        expect(cards[0]).toContain("What the client sees:");

        // Good again, by its claims alone.
        const claims = page.getByLabel("Claims, as JSON");
        const text = await claims.inputValue();
        expect(JSON.parse(text)).toMatchObject({ data: { id: 1 } });
        await claims.fill(text.replace(/"aud": ".*"/, '"aud": "yoursite.net"'));
        await sign.click();
        await verdict(page, "All modes accept it.");

        await page.getByRole("radio", { name: "another secret" }).check();
        await sign.click();
        await verdict(page, "All modes refuse it.");
        await page.getByText("invalid signature").first().waitFor();

        await page.getByRole("radio", { name: "the demo server's secret" }).check();
        await page.getByRole("radio", { name: "drop the signature" }).check();
        await sign.click();
        await page.getByText("jwt signature is required").first().waitFor();

        await page.getByRole("button", { name: "Undo" }).click();
        await page.getByText("invalid signature").first().waitFor();
        await claims.fill("{");
        expect(await sign.isDisabled()).toBe(true);

        // What a claim is in the token, by keyboard.
        await page.getByLabel("Pick").selectOption("tampered");
        await verdict(page, "All modes refuse it.");
        await page.getByText("was john, now jane; signature unchanged.").waitFor();
        await page.getByRole("button", { name: "data", exact: true }).focus();
        const marked = (await page.locator(".encoded mark").textContent())!;
        // The brace before it takes six of the eight bits of the first character.
        expect(Buffer.from(`e${marked}`, "base64url").toString()).toBe(
          '{"data":{"id":2,"username":"jane"}',
        );

        // One that a client presented comes from its trace, and is in no address on the way.
        await page.getByRole("link", { name: "Sandbox", exact: true }).click();
        await page.keyboard.press("l");
        const cause = "sandbox, Your own attempt, Node";
        await page.getByRole("log").getByRole("link", { name: cause }).last().click();
        await page.waitForURL(/attempt=own&client=node$/);
        await page.keyboard.press("l");
        await page.locator(".wire-row:has(.is-token)").first().press("Enter");
        await page.getByText("The user was john, now jane; signature unchanged.").first().waitFor();
        await page.getByRole("button", { name: "Open in Bench" }).first().click();
        await verdict(page, "All modes refuse it.");
        await page.getByText("was john, now jane; signature unchanged.").waitFor();
        expect(await page.getByLabel("Pick").inputValue()).toBe("typed");
        expect(await page.locator(".encoded pre").textContent()).toMatch(/^eyJ/);
        const kept = await page.evaluate(
          "location.href + JSON.stringify({ ...sessionStorage, ...localStorage }) + JSON.stringify(history.state)",
        );
        expect(kept).not.toContain("eyJ");

        // With the key that belongs to it, and with one that nobody should show.
        const [pem, foreign] = foreignToken();
        await page.getByLabel("or paste").fill(`curl -H "Authorization: Bearer ${foreign}"`);
        await page.keyboard.press("Enter");
        await verdict(page, "All modes refuse it.");
        expect(await page.locator(".encoded pre").textContent()).toMatch(/^[•.]+$/);
        const keyField = page.getByLabel("Public key, as PEM, JWK or JWK Set");
        await keyField.fill(pem);
        await page.getByRole("button", { name: "Check the signature" }).click();
        await page.getByText("The signature fits this key.").waitFor();
        await keyField.fill(pem.replaceAll("PUBLIC", "PRIVATE"));
        await page.getByRole("button", { name: "Check the signature" }).click();
        await page.getByText("That is a private or secret key").waitFor();
        expect(await keyField.inputValue()).toBe("");
      });
    });
  });
}
