import type { Credential } from "@rollcall/nhi-model";
import type { GraphDraft } from "../draft.ts";
import { evidence } from "../edge-builder.ts";
import type { Inventory, Located, LocatedCredential, LocatedResource } from "../inventory.ts";
import { refWords } from "../gap-words.ts";

/**
 * STORES from a secret to the credentials that lie in it: named by its source (`attributes.credentialRef`, or the `accessKeyId` beside a key of AWS), or the same value by keyed
 * fingerprint (`attributes.valueFingerprint`); `credentialRefs` and so on for a secret of several values. Two credentials of one value open each other's identity.
 */
export function storedValueEdges(inventory: Inventory, draft: GraphDraft): void {
  const byFingerprint = new Map<string, LocatedCredential[]>();
  const keys = new Map<string, LocatedCredential[]>();
  for (const located of inventory.allCredentials) {
    const id = accessKeyId(located.entity);
    if (id !== null) keys.set(id, [...(keys.get(id) ?? []), located]);
    // The fingerprint of a certificate is public: having it says nothing about the key.
    if (located.entity.fingerprint === null || located.entity.kind === "x509_certificate") continue;
    const list = byFingerprint.get(located.entity.fingerprint);
    if (list === undefined) byFingerprint.set(located.entity.fingerprint, [located]);
    else list.push(located);
  }
  for (const secret of inventory.allResources) addStored(inventory, draft, { secret, byFingerprint, keys });
  for (const same of byFingerprint.values()) addCopies(draft, same);
}

function addStored(
  inventory: Inventory,
  draft: GraphDraft,
  {
    secret,
    byFingerprint,
    keys,
  }: {
    secret: LocatedResource;
    byFingerprint: ReadonlyMap<string, readonly LocatedCredential[]>;
    keys: ReadonlyMap<string, readonly LocatedCredential[]>;
  },
): void {
  const { ref, sourceId, attributes } = secret.entity;
  for (const named of textsIn(attributes, "credentialRef")) {
    if (named === "") continue;
    const held = inventory.resolve(sourceId, named);
    // Some sources know whom a value belongs to and not which of its credentials it is.
    if (held !== undefined && held.kind !== "resource")
      add(draft, secret, held, `holds ${wordFor(held.entity)}, by its source's own reference`);
    else draft.addGap({ ref, what: "unresolved_reference", detail: `it holds ${refWords(named)}, which is not in the inventory` });
  }
  for (const keyId of textsIn(attributes, "accessKeyId"))
    for (const credential of keys.get(keyId) ?? [])
      add(draft, secret, credential, `holds ${wordFor(credential.entity)}, by the id beside it`);
  for (const fingerprint of textsIn(attributes, "valueFingerprint"))
    for (const credential of byFingerprint.get(fingerprint) ?? [])
      add(draft, secret, credential, `the same value as ${wordFor(credential.entity)}, by its fingerprint`);
}

/** A secret of one value states it under the name, one of several values as a list under the plural. */
function textsIn(attributes: Readonly<Record<string, unknown>>, name: string): ReadonlySet<string> {
  const several = attributes[`${name}s`];
  return new Set([attributes[name], ...(Array.isArray(several) ? several : [])].filter((each) => typeof each === "string"));
}

/** Ids of access keys are no secrets: AWS shows them in the name or reference of the key. */
const accessKeyId = ({ kind, name, ref }: Credential): string | null =>
  kind === "access_key" ? (/\bA[A-Z]IA[A-Z0-9]{12,28}\b/.exec(`${name ?? ""} ${ref}`)?.[0] ?? null) : null;

/** A ring, so that many copies of one value stay few edges. */
function addCopies(draft: GraphDraft, same: readonly LocatedCredential[]): void {
  same.forEach((credential, index) => {
    const next = same[(index + 1) % same.length]!;
    if (next.key !== credential.key) add(draft, credential, next, `the same value as ${wordFor(next.entity)}, by its fingerprint`);
  });
}

const wordFor = ({ name, ref }: Pick<Credential, "name" | "ref">): string => name ?? ref;

function add(draft: GraphDraft, from: Located, to: Located, detail: string): void {
  draft.addEdge({
    from: from.key,
    to: to.key,
    kind: "STORES",
    conditional: false,
    level: null,
    why: evidence([{ ref: from.entity.ref, detail }]),
  });
}
