// The claims that a person has named as those that say who the user is: a token without them is nobody's.
import type { Case } from "../case.ts";
import { createForge } from "../forge.ts";
import { expectRefusedEverywhere } from "../verdicts.ts";

/** "The set of claims that a JWT must contain to be considered valid is context dependent." */
const NEEDED = "RFC 7519 §4";
const SUBJECT = "RFC 7519 §4.1.2, StringOrURI";
const NOT_TRUSTED = "RFC 8725 §3.10";

const LOOK_AT_THE_USER =
  "Look at the claims that name the user once the signature is verified: each must be there, and of the type that you expect.";

interface Row {
  name: string;
  what: string;
  source: string;
  /** What stands in place of the claim; undefined leaves it out. */
  replacement: unknown;
  /** The claims that the case applies to; all if left out. */
  isAbout?: (claim: string, good: unknown) => boolean;
}

// Of what type another claim may be is for the server to say: here is only what can name nobody.
// oxfmt-ignore
const ROWS: Row[] = [
  { name: "missing", what: "a token without a claim that names the user", source: NEEDED, replacement: undefined },
  { name: "null", what: "null in place of a claim that names the user", source: NOT_TRUSTED, replacement: null },
  { name: "empty", what: "an empty text in place of a text that names the user", source: NOT_TRUSTED, replacement: "", isAbout: (_claim, good) => typeof good === "string" },
  { name: "sub-object", what: "an object in place of the subject", source: SUBJECT, replacement: { $gt: "" }, isAbout: (claim) => claim === "sub" },
];

export const tokenUserClaimCases = ROWS.map(
  ({ name, what, source, replacement, isAbout = () => true }): Case => ({
    id: `token.user-claims-${name}`,
    title: `refuses ${what}`,
    source,
    needs: ["mint", "checks-token", "user-claims"],
    remedy: LOOK_AT_THE_USER,
    run: async (probe) => {
      const forge = createForge(probe);
      for (const [claim, good] of Object.entries(probe.target.userClaims ?? {}))
        if (isAbout(claim, good))
          await expectRefusedEverywhere(probe, forge.token({ [claim]: replacement }));
    },
  }),
);
