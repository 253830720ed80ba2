import { fieldOfPath } from "./field-words.ts";

/** Values of closed vocabularies that "first letter up, underscores to spaces" would not make readable. */
const known: Readonly<Record<string, string>> = {
  prod: "Production",
  dev: "Development",
  ci_cd: "CI/CD",
  oidc: "OpenID Connect",
  saml: "SAML",
  oauth: "OAuth",
  mtls: "Mutual TLS",
  pat: "Personal access token",
  ssh_key: "SSH key",
  api_key: "API key",
  x509_certificate: "Certificate",
  ai_agent: "AI agent",
  none: "None",
};

/** What people or sources write freely is shown as it was written. */
const freeText = new Set([
  "name",
  "ref",
  "attestation.reason",
  "purpose",
  "owner.label",
  "owner.email",
  "owner.personId",
  "owner.business",
  "lifecycle.retirementTrigger",
  "lifecycle.offboardingRunbook",
  "managed.scopeStatement",
  "managed.revocationAuthority",
  "managed.revocationRunbook",
  "credentials.storage",
]);

const token = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

function oneWord(text: string): string {
  if (known[text] !== undefined) return known[text];
  if (!token.test(text)) return text;
  const spaced = text.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Units stand at the end of a field's name. */
const units: readonly (readonly [suffix: string, unit: string])[] = [
  ["Days", " days"],
  ["Hours", " hours"],
  ["Pct", " %"],
];

function withUnit(path: string, text: string): string {
  const unit = units.find(([suffix]) => path.endsWith(suffix));
  return unit === undefined || !/^-?\d+(\.\d+)?$/.test(text) ? text : `${text}${unit[1]}`;
}

/** `prod` -> `Production`, `static_key` -> `Static key`, `true` -> `Yes`. Instants stay as they are: whoever shows them knows the reader's zone. */
export function valueWords(path: string, value: unknown): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.length === 0 ? "None" : value.map((item) => valueWords(path, item)).join(", ");
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  const text = withUnit(path, String(value));
  return typeof value === "string" && !freeText.has(fieldOfPath(path)) ? oneWord(text) : text;
}

/** The same for a value that was stored as text. */
export function storedValueWords(path: string, text: string): string {
  if (text === "true" || text === "false") return valueWords(path, text === "true");
  if (text.startsWith("[")) {
    try {
      return valueWords(path, JSON.parse(text));
    } catch {
      // Cut at its end when it was stored: shown as far as it goes.
      return text;
    }
  }
  return valueWords(path, text);
}
