// Starts Swagger UI with both documents. The Authorize button asks for a token as the app "swagger-ui".
const ui = SwaggerUIBundle({
  dom_id: "#swagger-ui",
  urls: [
    { name: "v2", url: "/openapi/v2.json" },
    { name: "v1", url: "/openapi/v1.json" },
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: "StandaloneLayout",
  deepLinking: true,
  docExpansion: "none", // so that the page begins with all the groups, and not with one of them
  displayRequestDuration: true,
  validatorUrl: null,
  persistAuthorization: true, // or the token is lost between v2 and v1
  syntaxHighlight: false, // which takes minutes for a list of thousands
  oauth2RedirectUrl: `${location.origin}/swagger/oauth2-redirect.html`,
});
ui.initOAuth({ clientId: "swagger-ui", scopes: "full", usePkceWithAuthorizationCodeGrant: true });
