// Which rules the library of a server keeps or breaks, and not the server's own code.

interface LibraryMatter {
  /** What is known of it, with the version that has the remedy. */
  advisory?: string;
}

/** How sessions and packets are read: a program that uses Socket.IO does not do that. */
const LIBRARY =
  /^(handshake\.(polling|websocket|transport)-|handshake\.(sid|other-namespace)|transports\.(?!polling-same-server|websocket-only)|payload\.event-after-refusal|robustness\.(engine|socket|event|ack|connect|disconnect|namespace|reserved|binary|bytes|handshake|too-big|packets-many)(-|$))/;
/** The server's own code: what checks a token and knows its user, the named events, and what reads header fields. */
const OWN =
  /-no-token$|^transports\.(\w+-(connects|whoami)|upgrade-keeps-socket)$|^robustness\.(events|handshake-(origin|cookie|forwarded))-/;

const ERROR_EVENT =
  'GHSA-25hc-qcg6-38wj (CVE-2024-38355): an event by the name of error ends the process; fixed in Socket.IO 4.6.2 and 2.5.1. Until then socket.on("error", …) on every socket helps.';
const EVENT_NAME =
  "CVE-2023-32695: an event whose name is not a text ends the process; fixed in socket.io-parser 4.2.3.";
const PLACEHOLDER =
  "CVE-2022-2421: the number of an attachment is not checked; fixed in socket.io-parser 4.2.1 and 4.0.5.";
const UPGRADE =
  "CVE-2022-41940: a crafted request ends the process; fixed in engine.io 6.2.1 and 3.6.1.";

const ADVISORIES: [id: RegExp, isOnlyAtEnd: boolean, advisory: string][] = [
  [/^robustness\.event-error$/, true, ERROR_EVENT],
  [/^robustness\.event-(name|object|no-name)/, true, EVENT_NAME],
  [/^robustness\.binary-num-/, false, PLACEHOLDER],
  [/^(transports\.upgrade|handshake\.websocket)-/, true, UPGRADE],
];

/** @param hasEnded whether the server ended at the case @returns undefined if its own code does that */
export function libraryMatter(id: string, hasEnded: boolean): LibraryMatter | undefined {
  if (!LIBRARY.test(id) || OWN.test(id)) return undefined;
  const known = ADVISORIES.find(
    ([about, isOnlyAtEnd]) => about.test(id) && (hasEnded || !isOnlyAtEnd),
  );
  // Other libraries may do the same, and these versions are not theirs.
  return known === undefined ? {} : { advisory: `If it is Socket.IO for Node: ${known[2]}` };
}
