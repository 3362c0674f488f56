// Asks the other servers: with several behind one address, each knows only its own connections.

// A server that was killed is noticed after about ten seconds. Until then, every question waits as long as this; a
// client that waits for an answer should wait longer.
const LONGEST_WAIT_MS = 3_000;

/** Some server has not answered, so nobody knows the whole answer. */
class MissingAnswer extends Error {}

// --- Answering ---

/** Lets this server answer a question of the others. */
function answerOthers(io, question, answer) {
  // An event between servers: no client can send it.
  io.on(question, (about, reply) => reply(answer(about)));
}

// --- Asking ---

// Not `fetchSockets()`: each server would send the handshake of every socket, with the token in it, and all that is asked
// is a number or a list of names.
async function ask(adapter, packet) {
  // With the adapter in memory this is always so.
  if ((await adapter.serverCount()) < 2) return [];
  return new Promise((resolve, reject) => {
    const finish = (error, answers) => (error ? reject(error) : resolve(answers));
    // Not `io.serverSideEmitWithAck()`: it drops the promise of the adapter, and one that fails would end the process.
    Promise.resolve(adapter.serverSideEmit([...packet, finish])).catch(reject);
  });
}

/**
 * Asks all other servers, and does not wait for them forever.
 * @param about such as the id of a user; left out in a question about all users
 * @returns one answer of each
 * @throws MissingAnswer
 */
function askOthers(io, question, about = 0) {
  return new Promise((resolve, reject) => {
    const giveUp = (cause) =>
      reject(new MissingAnswer("Not every server has answered.", { cause }));
    const timer = setTimeout(giveUp, LONGEST_WAIT_MS);
    ask(io.sockets.adapter, [question, about])
      .then((answers) => resolve(answers), giveUp)
      .finally(() => clearTimeout(timer));
  });
}

module.exports = { MissingAnswer, answerOthers, askOthers };
