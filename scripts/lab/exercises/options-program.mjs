// Loads the file of client options that a person writes, and answers each token that it is sent with the options for it.
const tokens = [];
let hasCome = () => undefined;
process.on("message", (token) => {
  tokens.push(token);
  hasCome();
});

const { default: whole, clientOptions = whole?.clientOptions } = await import(process.argv[1]);
process.send({ loaded: true });
if (typeof clientOptions !== "function")
  throw new TypeError("clientOptions must be exported, and be a function of the token");
while (true) {
  while (tokens.length > 0) process.send({ options: await plainOptions(tokens.shift()) });
  await new Promise((resolve) => (hasCome = resolve));
}

/** Plain data, which can be sent: `auth` may also be a function, which the client calls when it needs it. */
async function plainOptions(token) {
  const options = await clientOptions(token);
  if (options === null || typeof options !== "object")
    throw new TypeError(`clientOptions must return an object with options, got ${options}`);
  const { auth } = options;
  if (typeof auth !== "function") return options;
  return { ...options, auth: await new Promise((resolve) => auth(resolve)) };
}
