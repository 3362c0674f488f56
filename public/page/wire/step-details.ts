// The details of one step: everything that the wire stored of it.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Packet, RequestStep, Step } from "../../../scripts/model/trace.ts";
import { curlCommand } from "../../../scripts/model/words/curl.ts";
import { packetMeaning, packetName, packetWords } from "../../../scripts/model/words/packet.ts";
import { copyButton } from "../shell/copy.ts";
import { tokenCard } from "./token-card.ts";

interface ChosenStep {
  steps: readonly Step[];
  index: number;
  /** What its client is called. */
  client: string;
  /** False for the one that stands beside the chosen one. */
  isChosen: boolean;
  /** The step in words. */
  sentence: string;
  /** Seconds since 1970. */
  now: number;
}

/** In blocks that stand beside each other where there is room. */
export function stepDetails(chosen: ChosenStep): TemplateResult {
  const { steps, index, client, sentence, isChosen } = chosen;
  const step = steps[index]!;
  const label = `${isChosen ? "Details of" : "Beside it:"} step ${index + 1} of ${client}`;
  return html`<section class="step-details" aria-label=${label}>
    <header>
      <h4>${client}, step ${index + 1} of ${steps.length}</h4>
      <p>${sentence}</p>
    </header>
    <div>
      ${step.kind === "request" ? targetBlock(step) : nothing}
      ${"headers" in step ? headerTable(step.headers) : nothing}
    </div>
    <div>
      ${"packets" in step ? packetList(step.packets) : nothing}
      ${"body" in step && step.body !== "" ? bodyBlock(step.body, step.isCutShort) : nothing}
      ${tokenCards(chosen, step)}
    </div>
  </section>`;
}

function targetBlock(step: RequestStep): TemplateResult {
  return html`<div class="wire-copy">
      <h4>Request line</h4>
      ${copyButton("Copy as curl", () => curlCommand(step))}
    </div>
    <pre class="wire-block">${step.method} ${step.target}</pre>
    <p class="quiet-text">
      The curl command asks <code>localhost:3000</code>, where <code>npm start</code> listens:
      change that for another server, and put a token into <code>TOKEN</code> first.
    </p>`;
}

function headerTable(headers: Record<string, string>): TemplateResult | typeof nothing {
  const entries = Object.entries(headers);
  if (entries.length === 0) return nothing;
  return html`<h4>Headers</h4>
    <dl class="wire-headers">
      ${entries.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`;
}

function packetList(packets: readonly Packet[]): TemplateResult | typeof nothing {
  if (packets.length === 0) return nothing;
  return html`<h4>${packets.length === 1 ? "Packet" : "Packets"}</h4>
    <ul class="wire-packets">
      ${packets.map(
        (packet) =>
          html`<li>
            <code>${packetWords(packet)}</code>
            <p>${packetMeaning(packet)}</p>
            ${packet.data === undefined || packetName(packet) === packet.engine ? nothing : dataBlock(packet.data)}
          </li>`,
      )}
    </ul>`;
}

/** Only data that does not fit on a line is worth a block of its own. */
function dataBlock(data: unknown): TemplateResult | typeof nothing {
  const text = JSON.stringify(data, null, 2) ?? "";
  return text.length < 60 ? nothing : html`<pre class="wire-block">${text}</pre>`;
}

function bodyBlock(body: string, isCutShort: true | undefined): TemplateResult {
  return html`<h4>Body</h4>
    <pre class="wire-block">
${prettyBody(body)}${isCutShort ? "\n… the rest was not stored" : ""}</pre>`;
}

/** JSON in lines; everything else as it came. */
function prettyBody(body: string): string {
  if (!/^\s*[[{]/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // It only looked like JSON, or was cut short.
    return body;
  }
}

function tokenCards({ steps, now }: ChosenStep, step: Step): TemplateResult | typeof nothing {
  if (!("tokens" in step) || step.tokens.length === 0) return nothing;
  return html`<h4>${step.tokens.length === 1 ? "Token" : "Tokens"}</h4>
    ${step.tokens.map((token) => tokenCard({ token, steps, step, now }))}`;
}
