// Compares a user name and a password with those of the demo user.
const { createHash, timingSafeEqual } = require("node:crypto");

function hash(text) {
  return createHash("sha256").update(text).digest();
}

// Hashes have one length, and comparing them takes the same time wherever they differ, so the time
// of an answer tells nothing about the password.
function isSameText(given, expected) {
  return typeof given === "string" && timingSafeEqual(hash(given), hash(expected));
}

function isDemoLogin(body, { demoUser, demoPassword }) {
  // Express leaves the body undefined if the request is not JSON. Both comparisons run, so that a
  // wrong name takes as long as a wrong password.
  const isUsername = isSameText(body?.username, demoUser.username);
  const isPassword = isSameText(body?.password, demoPassword);
  return isUsername && isPassword;
}

module.exports = { isDemoLogin };
