// The results as one page that needs nothing else: what was seen first, each fault, and a table of the groups.
import { GROUPS } from "../../test/conformance/case.ts";
import { type Finding, findingsOf } from "./findings.ts";
import { escapeMarkup as text } from "./markup.ts";
import type { Report } from "./run.ts";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2, h3, td, code, pre { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; font-size: 0.875rem; border-left: 3px solid; padding-left: 0.75rem; opacity: 0.85; }
dt { font-weight: 600; } dd { margin: 0 0 0.5rem 1.5rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 0.15rem 1rem 0.15rem 0; }
`;

function row(term: string, words: string | undefined): string {
  return words ? `<dt>${term}</dt><dd>${text(words)}</dd>` : "";
}

function renderFinding({ first, alike, remedy, advisory, isLibrary }: Finding): string {
  const { id, title, source, failure } = first;
  const { expected, seen, sent, isTargetDown, obstacle } = failure;
  const end =
    isTargetDown && obstacle === undefined
      ? "The server did not accept a good token any more."
      : undefined;
  return `<section><h3>${text(id)}</h3><p>${text(title)} – ${text(source)}</p><dl>
${row("Expected", expected)}${row("Seen", seen || "nothing")}${row("Not judged", obstacle)}${row("Afterwards", end)}${row("Alike", alike.join(", "))}
${row("Known", advisory)}${row("Up to", isLibrary ? "the library: update it first" : undefined)}${row("Helps", remedy)}
</dl><details><summary>What was sent</summary><pre>${text(sent.join("\n"))}</pre></details></section>`;
}

function renderReport(report: Report): string {
  const { name, results, sight = [], remarks = [] } = report;
  const findings = findingsOf(report);
  const groups = GROUPS.map((group) => {
    const own = results.filter(
      ({ id, result }) => id.startsWith(`${group}.`) && result !== "not claimed",
    );
    const failed = own.filter(({ result }) => result !== "passed").length;
    return own.length === 0
      ? ""
      : `<tr><th>${group}</th><td>${own.length - failed} passed</td><td>${failed} not passed</td></tr>`;
  });
  return `<h2>${text(name)}</h2>
${[...sight, ...remarks].map((line) => `<p>${text(line)}</p>`).join("\n")}
<table>${groups.join("")}</table>
<p>${findings.length === 0 ? "Every case that was run has passed." : `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`}</p>
${findings.map(renderFinding).join("\n")}`;
}

export function renderHtml(reports: readonly Report[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Conformance</title><style>${STYLE}</style></head>
<body><h1>Conformance</h1>
${reports.map(renderReport).join("\n")}
</body></html>
`;
}
