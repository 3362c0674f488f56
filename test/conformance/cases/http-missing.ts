// Requests for what is not there.
import { isAlike } from "../alike.ts";
import type { Case } from "../case.ts";
import { expectThat } from "../expectation.ts";
import { expectErrorBody } from "../login.ts";
import type { Probe } from "../probe.ts";
import { describeResponse, type RawRequest, sendRequest } from "../raw-http.ts";

// oxfmt-ignore
const missing = [
  ["page", "a page that is not there", "GET", "/nothing-here"],
  ["post", "a POST to nowhere", "POST", "/nothing-here"],
  ["dotfile", "a hidden file", "GET", "/.env"],
  ["source", "its own source", "GET", "/server.cjs"],
  ["parent", "a file above the page's folder", "GET", "/../package.json"],
  ["parent-encoded", "a file above the page's folder, with an encoded slash", "GET", "/..%2f..%2fpackage.json"],
  ["parent-dots-encoded", "a file above the page's folder, with encoded dots", "GET", "/%2e%2e/%2e%2e/package.json"],
  ["null-byte", "a path with a null byte", "GET", "/index.html%00.js"],
  ["bad-encoding", "a path that cannot be decoded", "GET", "/%E0%A4%A"],
  ["backslash", "a path with backslashes", "GET", "/..\\..\\package.json"],
  ["long-path", "a path of 8,000 characters", "GET", `/${"a".repeat(8000)}`],
] as const;

/** Whether it is the page of an app that finds its way in the browser: the server sends it for every path. */
async function isPageForAll(probe: Probe, request: RawRequest): Promise<boolean> {
  const before = await sendRequest(probe, { path: "/any-path/that-nobody-has" });
  const { body } = await sendRequest(probe, request);
  const after = await sendRequest(probe, { path: "/another-path/that-nobody-has" });
  return before.status === 200 && isAlike(body, before.body, after.body);
}

export const httpMissingCases = missing.map(([name, what, method, path]): Case => ({
  id: `http.missing-${name}`,
  title: `refuses a request for ${what}, without a stack`,
  source: "RFC 9110 §15.5",
  needs: [],
  run: async (probe) => {
    const answer = await sendRequest(probe, { method, path });
    if (answer.status === 200 && (await isPageForAll(probe, { method, path }))) return;
    const isRefused = answer.status >= 300 && answer.status < 500;
    expectThat(isRefused, "a refusal, or the page that any path gets", describeResponse(answer));
    if (answer.status >= 400) expectErrorBody(probe, answer);
  },
}));
