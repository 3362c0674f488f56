// Which requests are for the sandbox: by its own names, by the origin that a person gave it, and by nothing that a client claims.
import { describe, expect, it } from "vitest";
import { ownAddress, portIn } from "../../scripts/sandbox/own-address.ts";

const PUBLIC = "https://name.example";
const local = ownAddress(4000);
const forwarded = ownAddress(4000, PUBLIC);

/** Whether the door opens for a websocket with these headers. */
function isLetIn(own: typeof local, host: string, origin?: string, more: object = {}): boolean {
  const headers = { host, ...(origin === undefined ? {} : { origin }), ...more };
  return own.isHost(headers) && own.isOrigin(headers);
}

describe("an own address", () => {
  it.each([
    ["127.0.0.1:4000", "http://127.0.0.1:4000"],
    ["localhost:4000", "http://localhost:4000"],
    ["[::1]:4000", "http://[::1]:4000"],
    ["127.0.0.1:4000", undefined],
  ])("lets in Host %s, Origin %s", (host, origin) => {
    expect([isLetIn(local, host, origin), isLetIn(forwarded, host, origin)]).toEqual([true, true]);
  });

  it.each([
    // DNS rebinding: the name is that of the page.
    ["evil.example:4000", "http://evil.example:4000"],
    ["127.0.0.1.evil.example:4000", undefined],
    ["", undefined],
    // Other pages, and another page of this machine.
    ["127.0.0.1:4000", "https://evil.example"],
    ["127.0.0.1:4000", "http://127.0.0.1:4001"],
    ["127.0.0.1:4000", "http://localhost:4000"],
    ["127.0.0.1:4000", "https://127.0.0.1:4000"],
    ["127.0.0.1:4000", "http://localhost"],
    ["127.0.0.1:4000", "null"],
    ["name.example", "http://name.example"],
  ])("does not let in Host %s, Origin %s, whether it is forwarded or not", (host, origin) => {
    expect([isLetIn(local, host, origin), isLetIn(forwarded, host, origin)]).toEqual([
      false,
      false,
    ]);
  });

  it.each([
    ["name.example", PUBLIC],
    ["127.0.0.1:4000", PUBLIC],
    ["localhost", "http://localhost"],
    ["localhost", "https://localhost"],
    ["localhost", undefined],
  ])("lets in Host %s, Origin %s if a person gave it a public origin", (host, origin) => {
    expect([isLetIn(local, host, origin), isLetIn(forwarded, host, origin)]).toEqual([false, true]);
  });

  it("believes no header that says where a request was forwarded from", () => {
    const claims = { "x-forwarded-host": "127.0.0.1:4000", forwarded: "host=127.0.0.1:4000" };
    for (const own of [local, forwarded])
      expect(isLetIn(own, "evil.example", undefined, claims)).toBe(false);
  });

  it("is left without its port at port 80, as browsers do", () => {
    const own = ownAddress(portIn("http://127.0.0.1"));
    expect(own.origin).toBe("http://127.0.0.1");
    for (const name of ["127.0.0.1", "localhost"]) {
      expect(isLetIn(own, name, `http://${name}`)).toBe(true);
      expect(own.has(`http://${name}`)).toBe(true);
    }
    expect(isLetIn(own, "evil.example", "http://evil.example")).toBe(false);
  });
});
