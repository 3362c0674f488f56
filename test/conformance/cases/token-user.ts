// The user inside a token: a signature says who wrote the claims, not that they have the shape the server needs.
import type { Case } from "../case.ts";
import { createForge } from "../forge.ts";
import { acceptedTokens, refusedTokens, type TokenRow } from "../token-case.ts";
import { expectAcceptedEverywhere } from "../verdicts.ts";

const SHAPE = "RFC 8725 §3.10";
const LOOK_AT_THE_USER =
  "Look at the user before you trust it, in one place: an id that is a positive whole number, a username that is a text and not empty.";

/** A token whose user has other members than the good one. */
function withUser(changes: Record<string, unknown>): TokenRow[3] {
  return (forge) => forge.token({ data: { ...forge.user, ...changes } });
}

function withData(data: unknown): TokenRow[3] {
  return (forge) => forge.token({ data });
}

const accepted: Case[] = [
  ...acceptedTokens(
    [
      [
        "user-more",
        "a user with more members, and gives out id and username alone",
        "RFC 7519 §4",
        withUser({ password: "x", isAdmin: true }),
      ],
    ],
    ["data-claim"],
  ),
  ...[
    { name: "user-name-unicode", what: "a username in any script", username: "Ζωή Ünïcode 🦉" },
    {
      name: "user-name-markup",
      what: "a username that looks like markup, as it is",
      username: "<b>'\"&</b>",
    },
    {
      name: "user-name-format",
      what: "a username that looks like a format, as it is",
      username: "%s %d ${1} {0}",
    },
    { name: "user-name-long", what: "a username of 200 characters", username: "n".repeat(200) },
    { name: "user-id-large", what: "the largest whole number as id", id: Number.MAX_SAFE_INTEGER },
  ].map(({ name, what, ...changes }): Case => ({
    id: `token.${name}`,
    title: `accepts ${what}`,
    source: "RFC 7519 §4",
    needs: ["mint", "checks-token", "data-claim"],
    run: async (probe) => {
      const forge = createForge(probe);
      const user = { ...forge.user, ...changes };
      await expectAcceptedEverywhere(probe, forge.token({ data: user }), user);
    },
  })),
];

// oxfmt-ignore
const data: TokenRow[] = [
  ["data-missing", "a token without a user", SHAPE, withData(undefined)],
  ["data-null", "a user that is null", SHAPE, withData(null)],
  ["data-text", "a user that is a text", SHAPE, withData("john")],
  ["data-number", "a user that is a number", SHAPE, withData(1)],
  ["data-array", "a user that is a list", SHAPE, (f) => f.token({ data: [f.user] })],
  ["data-empty", "a user without members", SHAPE, withData({})],
  ["data-elsewhere", "a user beside the claim where it belongs", SHAPE, (f) => f.token({ data: undefined, user: f.user, ...f.user, sub: "1" })],
  ["data-prototype", "a user hidden in __proto__", SHAPE, (f) => f.mint({ payload: JSON.stringify(f.claims()).replace('"data":', '"__proto__":') })],
  ["data-user-prototype", "an id hidden in __proto__ of the user", SHAPE, (f) => f.mint({ payload: JSON.stringify(f.claims({ data: { wrap: f.user } })).replace('"wrap":', '"__proto__":') })],
];

// oxfmt-ignore
const ids: TokenRow[] = [
  ["id-missing", "a user without an id", SHAPE, withUser({ id: undefined })],
  ["id-null", "an id that is null", SHAPE, withUser({ id: null })],
  ["id-text", "an id that is a text", SHAPE, withUser({ id: "1" })],
  ["id-zero", "the id 0", SHAPE, withUser({ id: 0 })],
  ["id-negative", "a negative id", SHAPE, withUser({ id: -1 })],
  ["id-fraction", "an id with a fraction", SHAPE, withUser({ id: 1.5 })],
  ["id-unsafe", "an id that a number cannot hold exactly", SHAPE, withUser({ id: 2 ** 53 })],
  ["id-boolean", "an id that is true", SHAPE, withUser({ id: true })],
  ["id-array", "an id in a list", SHAPE, withUser({ id: [1] })],
  ["id-object", "an id that is an object", SHAPE, withUser({ id: { $gt: 0 } })],
];

// oxfmt-ignore
const usernames: TokenRow[] = [
  ["username-missing", "a user without a username", SHAPE, withUser({ username: undefined })],
  ["username-null", "a username that is null", SHAPE, withUser({ username: null })],
  ["username-empty", "a username that is empty", SHAPE, withUser({ username: "" })],
  ["username-number", "a username that is a number", SHAPE, withUser({ username: 1 })],
  ["username-array", "a username in a list", SHAPE, withUser({ username: ["john"] })],
  ["username-object", "a username that is an object without a way to be a text", SHAPE, withUser({ username: { toString: null } })],
];

export const tokenUserCases: Case[] = [
  ...accepted,
  ...refusedTokens([...data, ...ids, ...usernames], ["data-claim"], LOOK_AT_THE_USER),
];
