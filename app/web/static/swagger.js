// Starts Swagger UI with the documents. The Authorize button asks for a token as the app "swagger-ui", or as a developer's own.
const ui = SwaggerUIBundle({
  dom_id: "#swagger-ui",
  urls: [
    { name: "v2", url: "/openapi/v2.json" },
    { name: "v1", url: "/openapi/v1.json" },
    { name: "Praxis", url: "/openapi/praxis.json" },
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: "StandaloneLayout",
  deepLinking: true,
  docExpansion: "none", // so that the page begins with all the groups, and not with one of them
  displayRequestDuration: true,
  validatorUrl: null,
  persistAuthorization: true, // or the token is lost between the documents
  syntaxHighlight: false, // which takes minutes for a list of thousands
  oauth2RedirectUrl: `${location.origin}/swagger/oauth2-redirect.html`,
});
// A developer who comes from the page of an app authorizes as that app.
const asked = new URLSearchParams(location.search);
ui.initOAuth({
  clientId: asked.get("client_id") || "swagger-ui",
  scopes: asked.get("scope") || "full",
  usePkceWithAuthorizationCodeGrant: true,
});
