// The third part: what the signature says, what it takes to check it, and a field for the public key that can.
import { html, nothing, type TemplateResult } from "lit-html";
import type { BenchReport } from "../../../scripts/model/protocol.ts";
import { shapeIcon } from "../shell/icons.ts";
import type { BenchActions } from "./bench-actions.ts";
import type { BenchState } from "./bench-state.ts";
import { claimRow } from "./decoded-view.ts";
import type { Fault } from "./faults.ts";
import { isPrivateKey, publicAlgorithm } from "./public-key.ts";
import type { DecodedToken } from "./token-text.ts";

export function signatureView(
  decoded: DecodedToken,
  { report, isJudging, keyCheck }: BenchState,
  { faults, actions }: { faults: Fault[]; actions: BenchActions },
): TemplateResult {
  const { header, signature } = decoded;
  const algorithm = publicAlgorithm(header["alg"]);
  const known = isJudging ? undefined : report?.signature;
  return html`<h3 class="part-signature">Signature</h3>
    <dl class="claims part-signature">
      ${claimRow({
        mark: { part: "signature", name: "signature" },
        value: signature === "" ? undefined : `${signature.length} characters`,
        meaning:
          algorithm === undefined
            ? SECRET_WORDS[known ?? "not checked"]
            : html`Made with a private key (${algorithm.words}). To check it, the issuer's public
              key is needed${whereToFind(decoded)}.`,
        faults,
        point: actions.point,
      })}
    </dl>
    ${algorithm === undefined || signature === "" ? nothing : keyForm(keyCheck, actions)}`;
}

const SECRET_WORDS: Record<BenchReport["signature"], string> = {
  ours: "Made from the two parts before it with the demo server's secret.",
  "not ours": "Does not fit the two parts before it and the demo server's secret.",
  none: "Without it, anyone could have written the two parts before it.",
  "not checked": "Made from the two parts before it with a secret.",
};

/** OpenID Connect Discovery 1.0 §4: the address follows from the issuer. The page itself fetches nothing from there. */
function whereToFind({ claims: { iss } }: DecodedToken): string | TemplateResult {
  if (typeof iss !== "string" || !/^https:\/\/[\w.:/-]{1,200}$/.test(iss)) return "";
  const address = `${iss.replace(/\/$/, "")}/.well-known/openid-configuration`;
  return html`: an OpenID provider names its address in “jwks_uri” at <code>${address}</code>`;
}

function keyForm(check: BenchState["keyCheck"], actions: BenchActions): TemplateResult {
  return html`<form
    class="key-form"
    @submit=${(event: Event) => {
      event.preventDefault();
      checkTyped(event.currentTarget as HTMLFormElement, actions);
    }}
  >
    <label for="public-key">Public key, as PEM, JWK or JWK Set</label>
    <textarea
      id="public-key"
      name="key"
      class="field code"
      rows="3"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      required
    ></textarea>
    <p class="key-line">
      <button type="submit" class="button">Check the signature</button>
      <span class="quiet-text">The key stays in this tab.</span>
    </p>
    <p class="key-result" role="status">
      ${
        check === undefined
          ? nothing
          : html`<span class=${check.isGood ? "no-faults" : "fault"}
              >${shapeIcon(check.isGood ? "good" : "bad")} ${check.sentence}</span
            >`
      }
    </p>
  </form>`;
}

function checkTyped(form: HTMLFormElement, actions: BenchActions): void {
  const field = form.querySelector("textarea")!;
  actions.checkKey(field.value);
  // It should not lie there until the next screenshot.
  if (isPrivateKey(field.value)) field.value = "";
}
