import { createHash } from "node:crypto";
import type { CredentialObservation } from "@rollcall/nhi-model";

/** One hit of a scanner, in the words all scanners share. The value is used for its fingerprint and dropped. */
export interface LeakHit {
  readonly scanner: Scanner;
  /** The scanner's own rule or detector, e.g. `slack-user-token`. */
  readonly rule: string;
  /** What kind of secret it is, for people. */
  readonly title: string;
  readonly path: string;
  /** From 1; null when the report does not say. */
  readonly line: number | null;
  readonly commit: string | null;
  readonly repository: string | null;
  /** Raw value, when the report carries it. Never leaves the connector. */
  readonly secret: string | null;
  /** Whether it still works; null when nobody tried. */
  readonly live: boolean | null;
  readonly public: boolean | null;
  /** Dismissed as no secret, or used in tests only. */
  readonly dismissed: boolean;
  readonly revoked: boolean;
  readonly detectedAt: string | undefined;
}

export type Scanner = "gitleaks" | "trufflehog" | "sarif" | "github";

export interface Unreadable {
  readonly where: string;
  readonly code: string;
  readonly message: string;
}

const shortestStrong = 12;
const leastBitsPerCharacter = 2.5;

/** A value that cannot be guessed from its fingerprint: passwords and test words are too poor for that. */
export function isStrong(secret: string): boolean {
  if (secret.length < shortestStrong) return false;
  const counts = new Map<string, number>();
  for (const character of secret) counts.set(character, (counts.get(character) ?? 0) + 1);
  const length = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const bits = [...counts.values()].reduce((sum, count) => sum - (count / length) * Math.log2(count / length), 0);
  return bits >= leastBitsPerCharacter;
}

/** What makes two hits the same secret: its fingerprint, or else the place and kind of find. Hits of several scanners meet here. */
export function leakKey(hit: LeakHit, fingerprint: (secret: string) => string | null): string {
  const print = hit.secret !== null && isStrong(hit.secret) ? fingerprint(hit.secret) : null;
  if (print !== null) return `fp:${print}`;
  const place = JSON.stringify([hit.repository, hit.path, hit.line, hit.rule, hit.commit]);
  return `at:${createHash("sha256").update(place).digest("hex").slice(0, 32)}`;
}

const kinds: readonly (readonly [RegExp, CredentialObservation["credentialKind"]])[] = [
  [/private.?key|ssh|rsa|dsa|pgp|age-secret/i, "ssh_key"],
  [/aws|akia|access.?key/i, "access_key"],
  [/password|passwd|htpasswd|basic.?auth|curl-auth|uri|jdbc|postgres|mongo|sql|ftp/i, "password"],
  [/client.?secret|oauth/i, "client_secret"],
  [/github|gitlab|pat\b|personal/i, "pat"],
  [/api.?key|apikey/i, "api_key"],
];

/** The nearest kind of the model; scanners have hundreds of names for a token. */
export const credentialKindOf = (rule: string): CredentialObservation["credentialKind"] =>
  kinds.find(([pattern]) => pattern.test(rule))?.[1] ?? "token";
