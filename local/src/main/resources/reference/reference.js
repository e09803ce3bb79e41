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
  // The samples are those of openapi.yaml.
  hiddenClients: true,
  persistAuth: false,
  defaultOpenAllTags: true,
  documentDownloadType: "direct",
});

// What the viewer's elements lack for a reader of the screen: a button has no aria-selected and needs a name, an aside is no navigation,
// and what scrolls must take the focus.
function mend() {
  for (const button of root.querySelectorAll("button[aria-selected]:not([role=tab])")) {
    button.ariaCurrent = button.ariaSelected;
    button.removeAttribute("aria-selected");
  }
  for (const button of root.querySelectorAll("button[role=search]")) {
    button.removeAttribute("role");
    button.ariaLabel = "Search";
  }
  for (const aside of root.querySelectorAll("aside[role=navigation]")) {
    aside.removeAttribute("role");
  }
  for (const button of root.querySelectorAll("button[class*=copy-button]:not([aria-label])")) {
    button.ariaLabel = "Copy";
  }
  for (const card of root.querySelectorAll("[role=region].response-card")) {
    card.role = "group";
  }
  for (const code of root.querySelectorAll("pre code:not([tabindex])")) {
    code.tabIndex = 0;
  }
}
new MutationObserver(mend).observe(root, { subtree: true, childList: true, attributeFilter: ["aria-selected", "role"] });
