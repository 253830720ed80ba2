import { z } from "zod";
import { credentialKind } from "@rollcall/nhi-model";
import type { ImportFile, SelfInventory } from "@rollcall/posture-pipeline";
import { parseJson } from "../input/parse-json.ts";
import { peekText, readText } from "../input/read-text.ts";

const mark = '"rollcall-self/v1"';
const text = z.string().max(512);
const instant = z.iso.datetime({ offset: true });

const person = z.object({ userId: text, name: text, email: text.nullable(), admin: z.boolean(), member: z.boolean() });
const apiKey = z.object({
  id: text,
  keyId: text,
  name: text,
  scopes: z.array(z.enum(["ingest", "read", "triage", "admin"])),
  networks: z.array(text),
  sources: z.array(text),
  replacedBy: text.nullable(),
  serviceUserId: text.nullable(),
  createdAt: instant,
  createdBy: text.nullable(),
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
const serviceUser = z.object({
  id: text,
  name: text,
  purpose: text,
  ownerUserId: text.nullable(),
  ownerName: text.nullable(),
  ownerTeamId: text.nullable().default(null),
  ownerTeam: text.nullable(),
  createdAt: instant,
  createdBy: text.nullable(),
  disabledAt: instant.nullable(),
});
const federation = z.object({
  id: text,
  serviceUserId: text,
  serviceUserName: text,
  name: text,
  issuer: text,
  audience: text,
  conditions: z.array(z.object({ claim: text, match: z.enum(["exact", "glob"]), value: text })),
  scopes: z.array(z.enum(["ingest", "read", "triage", "admin"])),
  sources: z.array(text),
  tokenMinutes: z.int(),
  createdAt: instant,
  createdBy: text.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
/** Of its address, its state and its credential only what is needed to govern it. */
const pullSource = z.object({
  id: text,
  name: text,
  url: z.url().max(2_048),
  account: text.nullable(),
  paging: z.null().catch(null),
  intervalHours: z.int(),
  auth: z.object({ kind: z.enum(["none", "bearer", "header", "basic"]), name: text.nullable() }),
  credential: z
    .object({
      setAt: instant,
      setBy: text.nullable(),
      setByName: text.nullable(),
      fingerprint: text.nullable(),
      expiresAt: instant.nullable(),
      lastUsedAt: instant.nullable(),
      problem: text.nullable(),
    })
    .nullable(),
  createdAt: instant,
  createdBy: text.nullable(),
  nextRunAt: instant,
  run: z.null().catch(null),
  last: z.null().catch(null),
  lastIngestionId: text.nullable(),
});
const signInLink = z.object({
  id: text,
  role: text,
  createdBy: text.nullable(),
  createdAt: instant,
  expiresAt: instant,
  usedAt: instant.nullable(),
});
const databaseRole = z.object({
  name: text,
  purpose: z.enum(["app", "limited", "system", "owner"]),
  superuser: z.boolean(),
  validUntil: instant.nullable(),
});
const instanceSecret = z.object({
  id: text,
  kind: credentialKind,
  name: text,
  purpose: text,
  storage: z.enum(["env_var", "filesystem"]).nullable(),
  rotatedAt: instant.nullable(),
  lastStartedAt: instant,
});

/** Unknown members are dropped: whatever else a row may hold never goes further. */
const inventory: z.ZodType<SelfInventory> = z.object({
  format: z.literal("rollcall-self/v1"),
  workspaceId: text,
  asOf: instant,
  people: z.array(person),
  serviceUsers: z.array(serviceUser),
  apiKeys: z.array(apiKey),
  federations: z.array(federation),
  pullSources: z.array(pullSource),
  signInLinks: z.array(signInLink),
  databaseRoles: z.array(databaseRole),
  instanceSecrets: z.array(instanceSecret),
});

export const looksLikeSelf = (file: ImportFile): boolean => peekText(file, 200).includes(mark);

/** The inventory, or in words what is wrong with it. */
export function readSelf(file: ImportFile): SelfInventory | string {
  const parsed = parseJson(readText(file), 16);
  if (!parsed.ok) return parsed.message;
  const result = inventory.safeParse(parsed.value);
  if (result.success) return result.data;
  return `is not what Rollcall writes: ${result.error.issues[0]?.path.join(".") ?? ""}`;
}
