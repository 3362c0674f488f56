// `npm run load`: many clients with tokens on three servers, notes between them counted one by one, and one server killed.
import { randomBytes } from "node:crypto";
import { endInGoodOrder } from "./command/ending.ts";
import { runCommand } from "./command/run-command.ts";
import { LOAD_HELP, readLoadOptions } from "./tools/load/options.ts";
import { type LoadReport, type Part, runLoad } from "./tools/load/run.ts";
import { SERVERS } from "./tools/load/servers.ts";

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function count(number: number): string {
  return number.toLocaleString("en");
}

function describePart({ name, tally, answers, durationMs }: Part): string[] {
  const { notes, delivered, lost, away, unanswered, doubled, misdelivered } = tally;
  const missing = [
    away > 0 && `${count(away)} for clients that were not connected`,
    unanswered > 0 && `${count(unanswered)} that went down with the sender's server`,
  ].filter((part) => part !== false);
  const unknown = [
    answers.errors > 0 && `${count(answers.errors)} "Not every server has answered."`,
    answers.none > 0 && `${count(answers.none)} without an answer`,
  ].filter((part) => part !== false);
  return [
    `${name}: ${count(notes)} notes in ${seconds(durationMs)}, ${count(delivered)} deliveries`,
    ...(missing.length > 0 ? [`  not delivered: ${missing.join(", ")}`] : []),
    `  lost ${count(lost)}, doubled ${count(doubled)}, misdelivered ${count(misdelivered)}`,
    ...(unknown.length > 0 ? [`  of the senders' answers: ${unknown.join(", ")}`] : []),
  ];
}

function describe({ connectedMs, parts, ...times }: LoadReport): string[] {
  const [before, during, after] = parts.map(describePart);
  return [
    `All connected after ${seconds(connectedMs)}.`,
    ...before!,
    ...during!,
    `  another server ran after ${seconds(times.runsAgainMs)}, all clients were back after ${seconds(times.allBackMs)},`,
    `  and all answers were whole again after ${seconds(times.wholeAgainMs)}`,
    ...after!,
  ];
}

let stop = (): Promise<void> => Promise.resolve();
const ending = endInGoodOrder(() => stop());
await runCommand(async () => {
  const options = readLoadOptions(process.argv.slice(2), process.env);
  if (options === undefined) return console.log(LOAD_HELP);
  const { clients, adapter } = options;
  console.log(
    `${count(clients)} clients of ${count(Math.ceil(clients / 2))} users on ${SERVERS} servers, by the ${adapter} adapter.`,
  );
  const secret = randomBytes(32).toString("base64url");
  const report = await runLoad(options, secret, (end) => void (stop = end));
  console.log(describe(report).join("\n"));
  const isFaulty = report.parts.some(
    ({ tally: { lost, doubled, misdelivered } }) => lost + doubled + misdelivered > 0,
  );
  process.exitCode = isFaulty ? 1 : 0;
}, ending);
