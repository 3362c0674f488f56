// The list of revoked logins: it remembers each for as long as one of its tokens may be good, and not longer.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createRevoked } from "../../variants/ts/revoked.ts";

const LIFETIME_SECONDS = 3600;
const START_SECONDS = 1_800_000_000;
const user = { id: 1, username: "john" };

beforeEach(() => void vi.useFakeTimers({ now: START_SECONDS * 1000 }));
afterEach(() => void vi.useRealTimers());

function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

it("remembers a login until a token of this second has expired, and forgets it at the next logout", () => {
  const revoked = createRevoked(LIFETIME_SECONDS);
  const iat = START_SECONDS;
  // The token of the logout ends soon; one that was issued after it does not.
  revoked.revokeLogin("first", START_SECONDS + 1);
  pass(LIFETIME_SECONDS - 1);
  revoked.revokeLogin("second", START_SECONDS);
  expect(revoked.isRevoked({ user, iat, sid: "first" })).toBe(true);
  pass(1);
  revoked.revokeLogin("third", START_SECONDS);
  expect(revoked.isRevoked({ user, iat, sid: "first" })).toBe(false);
  expect(revoked.isRevoked({ user, iat, sid: "second" })).toBe(true);
});

it("remembers a login for longer if the token of the logout is good for longer", () => {
  const revoked = createRevoked(LIFETIME_SECONDS);
  revoked.revokeLogin("first", START_SECONDS + 2 * LIFETIME_SECONDS);
  pass(2 * LIFETIME_SECONDS - 1);
  revoked.revokeLogin("second", START_SECONDS);
  expect(revoked.isRevoked({ user, iat: START_SECONDS, sid: "first" })).toBe(true);
});

it("never takes back a logout everywhere, also if the clock goes back", () => {
  const revoked = createRevoked(LIFETIME_SECONDS);
  revoked.revokeUser(user.id, revoked.nextGoodSecond(user.id));
  pass(-60);
  revoked.revokeUser(user.id, revoked.nextGoodSecond(user.id));
  expect(revoked.isRevoked({ user, iat: START_SECONDS, sid: undefined })).toBe(true);
});

it("looks at no more logins than have ended, so a user who logs in and out all the time makes no logout slower", () => {
  const revoked = createRevoked(LIFETIME_SECONDS);
  const steps = vi.spyOn(Object.getPrototypeOf(new Map().entries()), "next");
  try {
    for (let count = 0; count < 1_000; count += 1) revoked.revokeLogin(`${count}`, START_SECONDS);
    expect(steps.mock.calls.length).toBeLessThanOrEqual(1_000);
  } finally {
    steps.mockRestore();
  }
});
