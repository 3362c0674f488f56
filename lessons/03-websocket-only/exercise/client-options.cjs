// The start of an exercise, do not copy it: the page and the program in Node load this file, and pass to
// `io` what it returns. In a page it connects to no server.

function clientOptions(token) {
  return {
    transports: ["websocket"],
    extraHeaders: { authorization: `bearer ${token}` },
  };
}

module.exports = { clientOptions };
