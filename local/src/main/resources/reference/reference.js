const root = document.getElementById("reference");

Scalar.createApiReference(root, {
  url: "openapi.yaml",
  authentication: {
    preferredSecurityScheme: "ApiKey",
    securitySchemes: { ApiKey: { token: root.dataset.apiKey } },
  },
  // Nothing from another host, and nothing to one.
  withDefaultFonts: false,
  proxyUrl: "",
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
  persistAuth: false,
  defaultOpenAllTags: true,
  documentDownloadType: "direct",
});
