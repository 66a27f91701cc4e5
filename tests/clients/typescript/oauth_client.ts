/**
 * The authorization code flow with PKCE, as oauth4webapi has it: a library that checks what it is told.
 *
 * `begin` prints where the browser is to go. `revoke` and `replay`, with the address that it came back to, get tokens,
 * refresh them, and end in one of two ways.
 * Run with the address of the server, the client id, the redirect URI, and the secret of a confidential app or "".
 */
import assert from "node:assert/strict";
import * as oauth from "oauth4webapi";

const [step, server, client_id, redirectUri, secret, ...more] = process.argv.slice(2);
const client: oauth.Client = { client_id };
const proof = secret ? oauth.ClientSecretBasic(secret) : oauth.None();
const onThisMachine = { [oauth.allowInsecureRequests]: true }; // or it insists on https

async function discover(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(server);
  const answer = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...onThisMachine });
  return oauth.processDiscoveryResponse(issuer, answer);
}

async function begin(): Promise<object> {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const url = new URL((await discover()).authorization_endpoint!);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id,
    redirect_uri: redirectUri,
    scope: "full",
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  }).toString();
  return { url: url.href, verifier, state };
}

async function finish(back: string, verifier: string, state: string): Promise<object> {
  const as = await discover();
  const came = new URL(back);
  expectIssuerToMatter(as, came, state);
  const parameters = oauth.validateAuthResponse(as, client, came, state);
  const request = [as, client, proof, parameters, redirectUri, verifier, onThisMachine] as const;
  const answer = await oauth.authorizationCodeGrantRequest(...request);
  const first = await oauth.processAuthorizationCodeResponse(as, client, answer);
  const me = await ask(first.access_token);
  assert.equal(me.status, 200);

  const second = await refresh(as, first.refresh_token!);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal((await ask(second.access_token)).status, 200);

  if (step === "revoke") {
    const revoked = await oauth.revocationRequest(as, client, proof, second.refresh_token!, onThisMachine);
    await oauth.processRevocationResponse(revoked);
  } else {
    // A second use means that somebody has a copy, so the tokens that came of it end too.
    assert.equal(await refusalOf(refresh(as, first.refresh_token!)), "invalid_grant");
  }
  await assert.rejects(ask(second.access_token), oauth.WWWAuthenticateChallengeError);
  assert.equal(await refusalOf(refresh(as, second.refresh_token!)), "invalid_grant");
  return { user: (await me.json()).id, issuer: as.issuer, scope: first.scope, expires_in: first.expires_in };
}

/** An answer of another server, or of nobody in particular, is refused (RFC 9207). */
function expectIssuerToMatter(as: oauth.AuthorizationServer, came: URL, state: string): void {
  const [other, none] = [new URL(came), new URL(came)];
  other.searchParams.set("iss", "https://elsewhere.example.com");
  none.searchParams.delete("iss");
  for (const url of [other, none]) {
    assert.throws(() => oauth.validateAuthResponse(as, client, url, state), /"iss"/);
  }
}

async function ask(token: string): Promise<Response> {
  return oauth.protectedResourceRequest(
    token, "GET", new URL("/api/v2/users/me", server), undefined, undefined, onThisMachine,
  );
}

async function refresh(as: oauth.AuthorizationServer, token: string): Promise<oauth.TokenEndpointResponse> {
  const answer = await oauth.refreshTokenGrantRequest(as, client, proof, token, onThisMachine);
  return oauth.processRefreshTokenResponse(as, client, answer);
}

async function refusalOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) return error.error;
    throw error;
  }
  assert.fail("it was not refused");
}

async function main(): Promise<void> {
  console.log(JSON.stringify(step === "begin" ? await begin() : await finish(more[0], more[1], more[2])));
}

void main();
