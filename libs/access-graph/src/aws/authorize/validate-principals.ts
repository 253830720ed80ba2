import { isRecord } from "../../is-record.ts";

const kinds: ReadonlySet<string> = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

/** `"*"`, or lists of names by kind. */
export function validatePrincipals(value: unknown): string | null {
  if (value === "*") return null;
  if (typeof value === "string") return `Principal "${value}" says no kind: AWS, Service, Federated or CanonicalUser`;
  if (!isRecord(value)) return 'Principal is neither an object nor "*"';
  const entries = Object.entries(value);
  if (entries.length === 0) return "Principal is empty";
  for (const [kind, names] of entries) {
    if (!kinds.has(kind)) return `Principal kind ${kind} is not AWS, Service, Federated or CanonicalUser`;
    const list: readonly unknown[] = Array.isArray(names) ? names : [names];
    if (list.length === 0) return `Principal ${kind} is empty`;
    for (const name of list) {
      if (typeof name !== "string" || name === "") return `Principal ${kind} holds something that is not text`;
      if (!isName(kind, name)) return `Principal "${name}" is not a valid ${kind} principal`;
    }
  }
  return null;
}

function isName(kind: string, name: string): boolean {
  if (kind === "AWS") return name === "*" || isAwsName(name);
  if (kind === "Service") return /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(name);
  return !/\s/.test(name);
}

/** An account, user, role or session by its whole name, or the unique id AWS leaves of one that was deleted. */
const isAwsName = (name: string): boolean =>
  /^\d{12}$/.test(name) ||
  /^A[A-Z0-9]{15,127}$/.test(name) ||
  /^arn:[a-z0-9-]+:iam::(\d{12}|cloudfront):(root|(user|role)\/[^*?]+)$/.test(name) ||
  /^arn:[a-z0-9-]+:sts::\d{12}:(assumed-role\/[^*?/]+\/[^*?]+|federated-user\/[^*?]+|self)$/.test(name);
