import { isRecord } from "../../is-record.ts";
import { parseArn } from "../arn.ts";
import type { RequestContext } from "./request-facts.ts";

/** Who makes a request. */
export interface RequestPrincipal {
  readonly kind: "user" | "role" | "session" | "federated_user" | "root" | "service" | "federated" | "canonical" | "anonymous";
  /** ARN, service name, identity provider or canonical id. */
  readonly name: string;
  /** Null when it belongs to no account that AWS evaluates: a service, an outside identity, anyone. */
  readonly account: string | null;
  /** ARN of the account itself, as policies name it. */
  readonly accountArn: string | null;
  /** User or role name without its path, or the session's role. */
  readonly ownName: string;
  /** `AIDA...` or `AROA...`, when the question says. */
  readonly uniqueId: string | null;
  /** A user seen through a session with policies of its own. */
  readonly isFederating?: boolean;
  /** A role that is asked about for whatever session of it: a statement that names one of them may or may not mean it. */
  readonly isAnySession?: boolean;
}

const account = /^\d{12}$/;

/** Reads an ARN, an account id, a service, `*` for anyone, or `{AWS | Service | Federated | CanonicalUser: ...}`. Text = what is wrong with it. */
export function readPrincipal(value: unknown): RequestPrincipal | string {
  if (typeof value === "string") return ofText(value.trim());
  if (!isRecord(value)) return "the principal is neither text nor an object";
  const uniqueId = typeof value["id"] === "string" ? value["id"] : null;
  for (const [key, kind] of [
    ["Federated", "federated"],
    ["CanonicalUser", "canonical"],
  ] as const) {
    const name = value[key];
    if (typeof name === "string" && name !== "") return outside(kind, name);
  }
  const text = value["AWS"] ?? value["Service"] ?? value["arn"];
  if (typeof text !== "string") return "the principal object has no AWS, Service, Federated, CanonicalUser or arn";
  const principal = ofText(text.trim());
  return typeof principal === "string" ? principal : { ...principal, uniqueId };
}

function ofText(text: string): RequestPrincipal | string {
  if (text === "*" || text.toLowerCase() === "anonymous") return outside("anonymous", "*");
  if (account.test(text)) return ofText(`arn:aws:iam::${text}:root`);
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$/i.test(text)) {
    return /^(www\.amazon\.com|cognito-identity\.amazonaws\.com)$/i.test(text) ? outside("federated", text) : outside("service", text);
  }
  const arn = parseArn(text);
  if (arn === null) return /^[a-z0-9.-]+\.[a-z]{2,}(\/.*)?$/i.test(text) ? outside("federated", text) : `${text} is not a principal`;
  if (/[*?]/.test(text)) return `the principal ${text} has a wildcard`;
  return ofArn(text, arn) ?? `${text} is not the ARN of a principal`;
}

function ofArn(name: string, arn: NonNullable<ReturnType<typeof parseArn>>): RequestPrincipal | null {
  const [type, ...path] = arn.resource.split("/");
  const last = path.at(-1) ?? "";
  const base = { name, account: arn.account, accountArn: `arn:${arn.partition}:iam::${arn.account}:root`, uniqueId: null };
  if (arn.account === "") return null;
  if (arn.service === "iam" && arn.resource === "root") return { ...base, kind: "root", ownName: "root" };
  if (arn.service === "iam" && (type === "oidc-provider" || type === "saml-provider")) return outside("federated", name);
  if (last === "") return null;
  if (arn.service === "iam" && (type === "user" || type === "role")) return { ...base, kind: type, ownName: last };
  if (arn.service === "sts" && type === "assumed-role" && path.length === 2) return { ...base, kind: "session", ownName: path[0]! };
  if (arn.service === "sts" && type === "federated-user") return { ...base, kind: "federated_user", ownName: path.join("/") };
  return null;
}

const outside = (kind: RequestPrincipal["kind"], name: string): RequestPrincipal => ({
  kind,
  name,
  account: null,
  accountArn: null,
  ownName: name,
  uniqueId: null,
});

/** The role a session was made from; AWS writes session ARNs without the role's path. */
const roleArnOf = ({ kind, name, account: owner, ownName }: RequestPrincipal): string =>
  kind === "session" ? `arn:${name.split(":")[1]}:iam::${owner}:role/${ownName}` : name;

/** A role as whatever session of it comes: which ones do, and under which names, an inventory does not say. */
export const asAnySession = (principal: RequestPrincipal): RequestPrincipal =>
  principal.kind === "role" ? { ...principal, isAnySession: true } : principal;

/** Roles that only AWS uses: organisation policies leave them alone. */
export const isServiceLinked = ({ kind, name, ownName }: RequestPrincipal): boolean =>
  (kind === "role" && name.includes(":role/aws-service-role/")) || (kind === "session" && ownName.startsWith("AWSServiceRoleFor"));

const typeNames: Partial<Record<RequestPrincipal["kind"], string>> = {
  user: "User",
  role: "AssumedRole",
  session: "AssumedRole",
  federated_user: "FederatedUser",
  root: "Account",
  anonymous: "Anonymous",
};

/** Condition keys that follow from who asks; no values = absent for such a principal. */
export function keysOfPrincipal(principal: RequestPrincipal): RequestContext {
  const { kind, name, account: owner, ownName, uniqueId } = principal;
  const known = new Map<string, readonly string[]>([["aws:principalisawsservice", [String(kind === "service")]]]);
  const type = typeNames[kind];
  if (type !== undefined) known.set("aws:principaltype", [type]);
  if (owner !== null) {
    known.set("aws:principalaccount", [owner]);
    known.set("aws:principalarn", [roleArnOf(principal)]);
  }
  known.set("aws:username", kind === "user" ? [ownName] : []);
  if (kind === "root") known.set("aws:userid", [owner!]);
  if (kind === "user" && uniqueId !== null) known.set("aws:userid", [uniqueId]);
  if (kind === "session" && uniqueId !== null) known.set("aws:userid", [`${uniqueId}:${name.slice(name.lastIndexOf("/") + 1)}`]);
  if (kind === "service") {
    known.set("aws:principalservicename", [name]);
    known.set("aws:principalservicenameslist", [name]);
  }
  return known;
}
