import type { AuditRow } from "@/api/views.ts";
import { word } from "../../ui/words.ts";

/** What somebody did, after their name: "revoked an API key". An action we do not know yet is shown readably. */
const PHRASES: Readonly<Record<string, string>> = {
  "ingestion.created": "brought in data",
  "ingestion.cancelled": "cancelled an import",
  "removals.approved": "approved held removals",
  "source.removed": "removed a source",
  "identity.attested": "stated facts about an identity",
  "task.claim": "claimed a task",
  "task.release": "gave a task back",
  "task.assign": "assigned a task",
  "task.start": "started a task",
  "task.submit": "submitted a task for verification",
  "task.snooze": "snoozed a task",
  "task.wake": "woke a task",
  "task.withdraw": "took a task back from verification",
  "task.request_exception": "asked to accept a risk",
  "task.grant_exception": "accepted a risk",
  "task.end_exception": "ended the acceptance of a risk",
  "task.mark_false_positive": "marked a task as false positive",
  "task.reopen": "reopened a task",
  "task.opened": "opened a task with a plan",
  "task.withdrawn": "withdrew a task with a plan",
  "task.comment": "commented on a task",
  "audit.pruned": "pruned old rows of this log",
  "federation.created": "let jobs in without a key",
  "federation.exchanged": "came in as a job without a key",
  "federation.refused": "was refused as a job without a key",
  "federation.revoked": "stopped letting jobs in without a key",
  "instance_secret.added": "began to keep a secret of this instance",
  "instance_secret.rotated": "replaced a secret of this instance",
  "member.limit_changed": "changed what a member sees",
  "pull_source.created": "set up a source that is fetched",
  "pull_source.credential_removed": "removed the credential of a source",
  "pull_source.credential_rewrapped": "sealed the credential of a source with a newer key",
  "pull_source.credential_set": "set the credential of a source",
  "pull_source.removed": "removed a source that was fetched",
  "pull_source.run_cancelled": "stopped a run of a source",
  "pull_source.run_requested": "asked for a run of a source",
  "service_user.changed": "changed a service user",
  "service_user.created": "added a service user",
  "service_user.disabled": "disabled a service user",
  "team.created": "made a team",
  "team.removed": "removed a team",
  "api_key.created": "created an API key",
  "api_key.rotated": "rotated an API key",
  "api_key.revoked": "revoked an API key",
  "member.added": "joined",
  "member.role_changed": "changed a member's role",
  "member.removed": "removed a member",
  "sign_in_link.created": "made a sign-in link",
  "sign_in_link.used": "opened a sign-in link",
  "workspace.credentials_shredded": "destroyed the credentials of the workspace and the keys that opened them",
  "workspace.renamed": "renamed the workspace",
  "session.signed_in": "signed in",
  "session.signed_out": "signed out",
  "session.revoked": "ended a session",
  "session.others_revoked": "ended all their other sessions",
  "passkey.added": "added a passkey",
  "passkey.removed": "removed a passkey",
  "second_factor.begun": "began to set up a second factor",
  "second_factor.added": "put a second factor in force",
  "second_factor.removed": "removed the second factor",
  "password.set": "set a password",
  "password.forgotten": "ended a forgotten password",
  "password.changed": "changed the password",
  "email.changed": "changed the e-mail address",
  "profile.changed": "changed the profile",
};

export const actionPhrase = (action: string): string => PHRASES[action] ?? action.replaceAll(/[._]/g, " ");

/** A long list would bury the row; the exported row has all of it. */
const listWords = (values: readonly string[]): string =>
  values.length > 5 ? `${values.slice(0, 4).join(", ")} and ${values.length - 4} others` : values.join(", ");

/** A day is enough in a summary; the exported row has the instant. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})T.*Z$/;

/** What nobody can read: the exported row has it. */
const IDENTIFIER = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$|^[A-Za-z0-9]{32}$/;

/** A condition on a claim reads as one; of anything else its values do. */
function partWords(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { claim, match, value: wanted, ...rest } = value as Readonly<Record<string, unknown>>;
  if (typeof claim === "string") return `${claim} ${match === "glob" ? "like" : "is"} ${String(wanted)}`;
  return Object.values({ ...(wanted === undefined ? {} : { wanted }), ...rest })
    .filter((each) => typeof each !== "object")
    .map(String)
    .join(" ");
}

/** Details whose stored name or value says little to a reader. */
const ORIGIN: Readonly<Record<string, string>> = {
  import: "uploaded",
  push: "pushed over the API",
  pull: "fetched from the source",
  demo: "the demo",
  self: "Rollcall's own accounts and keys",
};

function oneDetail(name: string, text: string): string {
  if (name === "origin") return ORIGIN[text] ?? text;
  if (name === "fileCount") return text === "1" ? "1 file" : `${text} files`;
  return `${name.replaceAll(/([A-Z])/g, " $1").toLowerCase()} ${text}`;
}

/** What Rollcall hands to itself are no files to a reader. */
function withoutOwnFiles(detail: AuditRow["detail"]): AuditRow["detail"] {
  if (detail["origin"] !== "self" && detail["origin"] !== "demo") return detail;
  return Object.fromEntries(Object.entries(detail).filter(([name]) => name !== "files" && name !== "fileCount"));
}

/** The small facts of a row in words: "role auditor", "from open to claimed". */
export function detailWords({ detail }: AuditRow): string {
  const words: string[] = [];
  const { from, to, ...rest } = withoutOwnFiles(detail);
  if (typeof from === "string" && typeof to === "string" && from !== to) words.push(`from ${word(from)} to ${word(to)}`);
  for (const [name, value] of Object.entries(rest)) {
    const text = Array.isArray(value)
      ? listWords(value.map(partWords))
      : typeof value === "object"
        ? ""
        : String(value).replace(INSTANT, "$1");
    if (text !== "" && !IDENTIFIER.test(text)) words.push(oneDetail(name, text));
  }
  return words.join(" · ");
}

const PAGES: Readonly<Record<string, (id: string) => string>> = {
  identity: (id) => `/identities/${id}`,
  task: (id) => `/tasks?queue=all&task=${id}`,
  ingestion: (id) => `/sources/imports/${id}`,
};

/** Opening a link is written down before anybody is known: the row after it says who signed in. */
export const actorWords = ({ action, actorId, actorName }: AuditRow): string =>
  action === "sign_in_link.used" && actorId === null ? "Somebody" : actorName;

const PAGE_WORDS: Readonly<Record<string, string>> = { identity: "see the identity", task: "see the task", ingestion: "see the import" };

/** What the link to that page says where the thing has no name. */
export const pageWords = (objectKind: string): string => PAGE_WORDS[objectKind] ?? "see it";

/** The page of what a row speaks of, when it has one. */
export const objectHref = ({ objectKind, objectId }: AuditRow): string | null =>
  objectId === null ? null : (PAGES[objectKind]?.(objectId) ?? null);
