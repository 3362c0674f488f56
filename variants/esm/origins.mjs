// Which pages may connect: those of this server, and those of ALLOWED_ORIGINS.

// --- The check of the Origin ---

// Behind a proxy that changes Host no page could connect: have it pass Host on as it came. If it adds TLS,
// have browsers use nothing else (HSTS): this server cannot tell the scheme of its own pages.
export function isAllowedOrigin({ headers }, allowedOrigins) {
  const { origin, host } = headers;
  const own = [`https://${host}`, `http://${host}`];
  return origin === undefined || own.includes(origin) || allowedOrigins.includes(origin);
}

function isAllowed(req, allowedOrigins) {
  // Without an Origin come programs, the polling of our own page, and what any page loads with a tag. A
  // page cannot read what its tags load, except a script. Engine.IO answers in a script (JSONP) if the
  // query has "j", which no client of version 3 or later sends.
  if (req._query.j !== undefined) return false;
  return isAllowedOrigin(req, allowedOrigins);
}

export function allowOrigins(allowedOrigins) {
  return {
    // A page of any origin can open a websocket: CORS does not apply to it. As long as the page must show
    // a token, that is harmless. A cookie the browser sends along, so without this check the page would
    // speak for its user (cross-site websocket hijacking).
    allowRequest: (req, decide) => decide(null, isAllowed(req, allowedOrigins)),
    // Without `cors`, pages of other origins cannot use polling; with `credentials` the browser sends the
    // cookie, too. To a page of another site it sends none that is `SameSite=Strict`.
    ...(allowedOrigins.length > 0 && { cors: { origin: allowedOrigins, credentials: true } }),
  };
}
