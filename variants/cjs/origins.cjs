// Which pages may connect: those of this server, and those of ALLOWED_ORIGINS.

// --- The check of the Origin ---

// A request without an Origin does not come from a page of another site. Behind a proxy that changes Host
// no page could connect: have it pass Host on as it came.
function isAllowed({ origin, host }, allowedOrigins) {
  const own = [`https://${host}`, `http://${host}`];
  return origin === undefined || own.includes(origin) || allowedOrigins.includes(origin);
}

function allowOrigins(allowedOrigins) {
  return {
    // A page of any origin can open a websocket: CORS does not apply to it. As long as the page must show
    // a token, that is harmless. A cookie the browser sends along, so without this check the page would
    // speak for its user (cross-site websocket hijacking).
    allowRequest: (req, decide) => decide(null, isAllowed(req.headers, allowedOrigins)),
    // Without `cors`, pages of other origins cannot use polling; with `credentials` the browser sends the
    // cookie, too. To a page of another site it sends none that is `SameSite=Strict`.
    ...(allowedOrigins.length > 0 && { cors: { origin: allowedOrigins, credentials: true } }),
  };
}

module.exports = { allowOrigins };
