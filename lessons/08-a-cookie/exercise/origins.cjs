// The start of an exercise, do not copy it: the Origin is compared by a part of it.

// --- The check of the Origin ---

// Behind a proxy that changes Host, no page could connect: let the proxy pass Host on unchanged. If it adds
// TLS, let browsers use nothing else (HSTS): this server cannot tell the scheme of its own pages.
function isAllowedOrigin({ headers }, allowedOrigins) {
  const { origin, host } = headers;
  // Without the port: 127.0.0.1.
  const [name = ""] = (host ?? "").split(":");
  return origin === undefined || origin.includes(name) || allowedOrigins.includes(origin);
}

function isAllowed(req, allowedOrigins) {
  // A request without an Origin comes from a program, from the polling of our own page, or from a tag on
  // any page, which cannot read what its tags load unless it is a script. Engine.IO answers with a script
  // (JSONP) if the query has "j", which no client of version 3 or later sends.
  if (req._query.j !== undefined) return false;
  return isAllowedOrigin(req, allowedOrigins);
}

function allowOrigins(allowedOrigins) {
  return {
    // A page of any origin can open a websocket: CORS does not apply to it. As long as the page must show
    // a token, that is harmless. But the browser sends cookies along, so without this check the page could
    // act as the user (cross-site websocket hijacking).
    allowRequest: (req, decide) => decide(null, isAllowed(req, allowedOrigins)),
    // Without `cors`, pages of other origins cannot use polling; with `credentials` the browser sends the
    // cookie as well, but never a `SameSite=Strict` one for a page of another site.
    ...(allowedOrigins.length > 0 && { cors: { origin: allowedOrigins, credentials: true } }),
  };
}

module.exports = { isAllowedOrigin, allowOrigins };
