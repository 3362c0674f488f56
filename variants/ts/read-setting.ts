// Reads one setting from the environment: a text, a number, one or some of several words.

/** TypeScript: what `process.env` is. */
export type Environment = Record<string, string | undefined>;

// --- What cannot work ---

export function refuse(sentence: string): never {
  throw Object.assign(new Error(sentence), { code: "BAD_SETTING" });
}

// --- Reading one setting ---

export function readersOf(env: Environment) {
  function text(name: string, fallback: string): string {
    const value = env[name] ?? fallback;
    return value === "" ? refuse(`${name} is empty: give it a value or unset it.`) : value;
  }

  function number(name: string, fallback: number, [from, to]: [number, number]): number {
    const value = text(name, String(fallback));
    if (/^\d+$/.test(value) && Number(value) >= from && Number(value) <= to) return Number(value);
    return refuse(`${name} must be a whole number from ${from} to ${to}, got "${value}".`);
  }

  // With commas between; all of the choices by default.
  function someOf<Choice extends string>(name: string, choices: Choice[]): Choice[] {
    const names = text(name, choices.join()).split(",");
    return names.map((each) =>
      choose(`Each of ${name}, with commas between,`, each.trim(), choices),
    );
  }

  // The first of the choices by default.
  function oneOf<Choice extends string>(name: string, choices: [Choice, ...Choice[]]): Choice {
    return choose(name, text(name, choices[0]), choices);
  }

  return { text, number, oneOf, someOf };
}

export function choose<Choice extends string>(
  name: string,
  value: string,
  choices: Choice[],
): Choice {
  const choice = choices.find((each) => each === value);
  return choice ?? refuse(`${name} must be one of ${choices.join(", ")}, got "${value}".`);
}
