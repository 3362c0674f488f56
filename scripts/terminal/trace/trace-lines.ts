// The lines of `npm run trace`: one for a step, a few for a trouble, and the summary. Pure.
import type { Client } from "../../model/follow/clients.ts";
import { userOf } from "../../model/follow/credential.ts";
import type { FoundTrouble, News, Sum } from "../../model/follow/follow.ts";
import { durationWords } from "../../model/words/values.ts";
import type { Look } from "../paint.ts";
import { cut, printable, wrap } from "../text.ts";
import type { TraceOptions } from "./trace-options.ts";

const TIME_WIDTH = 8;
const CLIENT_WIDTH = 4;

/** Whether a line is shown. */
export function isShown(
  { topic, client, trouble }: News,
  { only, client: wanted }: Pick<TraceOptions, "only" | "client">,
): boolean {
  if (wanted !== undefined && !isNamed(client, wanted)) return false;
  return only.length === 0 || trouble !== undefined || only.some((each) => each === topic);
}

function isNamed(client: Client | undefined, name: string): boolean {
  return (
    String(client?.number) === name || !!client?.tokens.some((token) => userOf(token) === name)
  );
}

export function renderNews(news: News, { width, paint }: Look): string[] {
  const { atMs, client, sign, text, took, bytes, tone, topic, trouble } = news;
  const time = (atMs / 1000).toFixed(3).padStart(TIME_WIDTH);
  const who = (client?.number === undefined ? "" : `#${client.number}`).padEnd(CLIENT_WIDTH);
  const indent = `${time} ${who} `.length + 2;
  const room = width - indent;
  const size = bytes === undefined ? "" : `  ${bytes.toLocaleString("en-GB")} bytes`;
  const more = size + (took === undefined ? "" : `  ${durationWords(took)}`);
  const parts =
    topic === "events"
      ? [cut(printable(text), room - more.length) + more]
      : wrap(printable(text) + more, room);
  const meaning = trouble ? "surprise" : tone === "good" || tone === "bad" ? tone : undefined;
  const painted = parts.map((part) => (meaning ? paint(meaning, part) : part));
  const [first = "", ...rest] = [...painted, ...(trouble ? helpLines(trouble, room) : [])];
  const blank = " ".repeat(indent);
  return [
    `${paint("quiet", `${time} ${who}`)} ${sign} ${first}`,
    ...rest.map((part) => blank + part),
  ];
}

function helpLines({ help, lesson }: FoundTrouble, room: number): string[] {
  const where = lesson === undefined ? [] : [`→ npm run lesson ${lesson}`];
  return [...wrap(printable(help), room), ...where];
}

/** A line for a program. */
export function newsAsJson({
  atMs,
  client,
  topic,
  sign,
  text,
  took,
  bytes,
  trouble,
}: News): string {
  const users = client?.tokens.map(userOf).filter((user) => user !== undefined) ?? [];
  return JSON.stringify({
    atMs,
    client: client?.number ?? null,
    user: users.at(-1) ?? null,
    topic,
    from: sign === "▶" ? "client" : sign === "◀" ? "server" : null,
    text: printable(text),
    ...(took !== undefined && { tookMs: Math.round(took * 100) / 100 }),
    ...(bytes !== undefined && { bytes }),
    ...(trouble && { trouble: troubleAsJson(trouble) }),
  });
}

function troubleAsJson({ name, help, lesson }: FoundTrouble): object {
  return { name, help, ...(lesson !== undefined && { lesson }) };
}

/** Who came, with which credential, what came of it, and why not. */
export function renderSum(
  { ends, troubles, heartbeats, others }: Sum,
  { width, paint }: Look,
): string[] {
  const entry = (text: string, indent = "  "): string[] =>
    wrap(text, width - indent.length - 2).map(
      (line, at) => (at === 0 ? indent : `${indent}  `) + line,
    );
  const who = [...new Set(ends.map(({ credential }) => credential))].flatMap((each) => [
    ...entry(printable(each)),
    ...ends.filter(({ credential }) => credential === each).flatMap(endLines),
  ]);
  const wrong = troubles.flatMap((trouble) => [
    ...entry(`! ${printable(trouble.sentence)}${timesWords(trouble.count)}`).map((line) =>
      paint("surprise", line),
    ),
    ...helpLines(trouble, width - 4).map((line) => `    ${line}`),
  ]);
  const notShown = [
    ...(heartbeats > 0 ? [`heartbeats (${heartbeats})`] : []),
    ...(others > 0 ? [`what is not of Socket.IO (${others})`] : []),
  ];
  function endLines({ end, isGood, count }: Sum["ends"][number]): string[] {
    const words = `${isGood ? "✓" : "✗"} ${printable(end)}${timesWords(count)}`;
    return entry(words, "    ").map((line) => paint(isGood ? "good" : "bad", line));
  }
  return [
    "",
    paint("strong", ends.length === 0 ? "No client came." : "Who came, and what came of it:"),
    ...who,
    ...(wrong.length > 0 ? ["", paint("strong", "Troubles:"), ...wrong] : []),
    ...(notShown.length > 0 ? wrap(`Not shown: ${notShown.join(", ")}.`, width) : []),
  ];
}

function timesWords(count: number): string {
  return count > 1 ? ` (×${count})` : "";
}
