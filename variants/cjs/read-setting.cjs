// Reads one setting from the environment: a text, a number, one or some of several words.

// --- What cannot work ---

function refuse(sentence) {
  throw Object.assign(new Error(sentence), { code: "BAD_SETTING" });
}

// --- Reading one setting ---

function readersOf(env) {
  function text(name, fallback) {
    const value = env[name] ?? fallback;
    return value === "" ? refuse(`${name} is empty: give it a value or unset it.`) : value;
  }

  function number(name, fallback, [from, to]) {
    const value = text(name, String(fallback));
    if (/^\d+$/.test(value) && Number(value) >= from && Number(value) <= to) return Number(value);
    return refuse(`${name} must be a whole number from ${from} to ${to}, got "${value}".`);
  }

  // With commas between; all of the choices by default.
  function someOf(name, choices) {
    const names = text(name, choices.join()).split(",");
    return names.map((each) =>
      choose(`Each of ${name}, with commas between,`, each.trim(), choices),
    );
  }

  // The first of the choices by default.
  function oneOf(name, choices) {
    return choose(name, text(name, choices[0]), choices);
  }

  return { text, number, oneOf, someOf };
}

function choose(name, value, choices) {
  const choice = choices.find((each) => each === value);
  return choice ?? refuse(`${name} must be one of ${choices.join(", ")}, got "${value}".`);
}

module.exports = { refuse, readersOf, choose };
