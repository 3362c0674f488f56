// All cases, in the order of their groups.
import type { Case } from "./case.ts";
import { cookieLoginCases } from "./cases/cookie-login.ts";
import { cookieCases } from "./cases/cookie.ts";
import { floodCases } from "./cases/floods.ts";
import { gateCases } from "./cases/gate.ts";
import { handshakeIdleCases } from "./cases/handshake-idle.ts";
import { handshakeOriginCases } from "./cases/handshake-origin.ts";
import { handshakeRefusalCases } from "./cases/handshake-refusal.ts";
import { handshakeSessionCases } from "./cases/handshake-session.ts";
import { openingHandshakeCases } from "./cases/handshake.ts";
import { identityCases } from "./cases/identity.ts";
import { loginGivesCases } from "./cases/login-gives.ts";
import { loginLimitCases } from "./cases/login-limit.ts";
import { tokenAgainCases } from "./cases/token-again.ts";
import { tokenExpiryCases } from "./cases/token-expiry.ts";
import { tokenKeyChoiceCases } from "./cases/token-key-choice.ts";
import { logoutNamespaceCases } from "./cases/logout-namespaces.ts";
import { logoutRefreshCases } from "./cases/logout-refresh.ts";
import { logoutCases } from "./cases/logout.ts";
import { headerCases } from "./cases/header.ts";
import { httpHeaderCases } from "./cases/http-headers.ts";
import { httpMissingCases } from "./cases/http-missing.ts";
import { httpCases } from "./cases/http.ts";
import { namespaceCases } from "./cases/namespaces.ts";
import { nodesCases } from "./cases/nodes.ts";
import { payloadCases } from "./cases/payload.ts";
import { refreshCookieCases } from "./cases/refresh-cookie.ts";
import { refreshCases } from "./cases/refresh.ts";
import { rightsCases } from "./cases/rights.ts";
import { namedEventCases } from "./cases/robustness-events.ts";
import { handlerRobustnessCases } from "./cases/robustness-handlers.ts";
import { httpRobustnessCases } from "./cases/robustness-http.ts";
import { packetRobustnessCases } from "./cases/robustness-packets.ts";
import { sizeRobustnessCases } from "./cases/robustness-sizes.ts";
import { tokenClaimCases } from "./cases/token-claims.ts";
import { tokenSignatureCases } from "./cases/token-signature.ts";
import { tokenKeyCases } from "./cases/token-keys.ts";
import { tokenUserClaimCases } from "./cases/token-user-claims.ts";
import { tokenUserCases } from "./cases/token-user.ts";
import { upgradeCases } from "./cases/transports-upgrade.ts";
import { transportCases } from "./cases/transports.ts";
import { userNoteCases } from "./cases/user-rooms-notes.ts";
import { userRoomCases } from "./cases/user-rooms.ts";

export const cases: readonly Case[] = [
  ...httpCases,
  ...loginGivesCases,
  ...loginLimitCases,
  ...httpHeaderCases,
  ...httpMissingCases,
  ...tokenClaimCases,
  ...tokenSignatureCases,
  ...tokenUserCases,
  ...tokenKeyCases,
  ...tokenUserClaimCases,
  ...tokenKeyChoiceCases,
  ...tokenAgainCases,
  ...tokenExpiryCases,
  ...identityCases,
  ...headerCases,
  ...gateCases,
  ...openingHandshakeCases,
  ...handshakeSessionCases,
  ...handshakeRefusalCases,
  ...handshakeOriginCases,
  ...handshakeIdleCases,
  ...namespaceCases,
  ...transportCases,
  ...upgradeCases,
  ...payloadCases,
  ...cookieCases,
  ...cookieLoginCases,
  ...refreshCases,
  ...refreshCookieCases,
  ...userRoomCases,
  ...userNoteCases,
  ...rightsCases,
  ...nodesCases,
  ...logoutCases,
  ...logoutRefreshCases,
  ...logoutNamespaceCases,
  ...floodCases,
  ...httpRobustnessCases,
  ...packetRobustnessCases,
  ...sizeRobustnessCases,
  ...handlerRobustnessCases,
  ...namedEventCases,
];
