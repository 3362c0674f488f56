// `npm run benchmark`: what the project promises of its speed and size, measured beside a baseline of the same run.
import {
  BENCHMARK_HELP,
  type BenchmarkOptions,
  readBenchmarkOptions,
} from "./tools/benchmark/options.ts";
import { type Part, PARTS } from "./tools/benchmark/parts.ts";
import { renderRow, renderRowHead } from "./tools/benchmark/row.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { runCommand } from "./command/run-command.ts";

const NOTICEABLE_MS = 1_000;

async function runPart(name: string, part: Part, options: BenchmarkOptions): Promise<void> {
  const measure = await part.load();
  console.log(`\n${name}: ${part.title}`);
  console.log(renderRowHead());
  let state = "starting";
  const timer = setInterval(() => console.error(`… ${name}: ${state}`), NOTICEABLE_MS);
  try {
    await measure({
      ...options,
      onRow: (row) => console.log(renderRow(row)),
      onProgress: (what) => {
        state = what;
      },
      onRemark: (sentence) => console.error(sentence),
    });
  } finally {
    clearInterval(timer);
  }
}

// What was started ends with this process.
const ending = endInGoodOrder(() => Promise.resolve());
await runCommand(async () => {
  const options = readBenchmarkOptions(process.argv.slice(2), process.env);
  if (options === undefined) console.log(BENCHMARK_HELP);
  else for (const name of options.parts) await runPart(name, PARTS[name]!, options);
}, ending);
