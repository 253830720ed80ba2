import type { Credential, Grant, Resource } from "@rollcall/nhi-model";
import { isInherent } from "../inherent-grant.ts";
import { isRecord } from "../is-record.ts";
import type { GraphInput } from "../types.ts";
import { narrowed } from "./narrow-statement.ts";
import { statementsOf } from "./statements-of.ts";
import type { Change } from "./what-if-types.ts";

/** The inventory as the next sync would find it after the changes. All of them speak of the inventory as it is now. */
export function applyChanges(input: GraphInput, changes: readonly Change[]): GraphInput {
  const inherent = new Set(input.grants.flatMap((grant) => (isInherent(grant) ? [grant.id] : [])));
  const removedGrants = new Set(
    changes.flatMap((change) => (change.kind === "remove_grant" && !inherent.has(change.grant) ? [change.grant] : [])),
  );
  const revoked = new Set(changes.flatMap((change) => (change.kind === "revoke_credential" ? [change.credential] : [])));
  const deleted = new Set(changes.flatMap((change) => (change.kind === "delete_identity" ? [change.identity] : [])));
  const gone = input.identities.filter((identity) => deleted.has(`identity:${identity.ref}`));
  const goneIds = new Set(gone.map((identity) => identity.id));
  const goneRefs = new Set(gone.map((identity) => identity.ref));
  const inline = new Set(input.grants.filter((grant) => removedGrants.has(grant.id) && isInline(grant.to)).map((grant) => grant.to));
  return {
    ...input,
    identities: input.identities.filter((identity) => !goneIds.has(identity.id)),
    credentials: input.credentials.flatMap((credential) => {
      if (goneIds.has(credential.identityId)) return [];
      return [revoked.has(`credential:${credential.ref}`) ? asRevoked(credential) : credential];
    }),
    // An inline policy exists only where it is attached.
    resources: input.resources.filter((resource) => !inline.has(resource.ref)).map((resource) => changedPolicy(resource, changes)),
    grants: input.grants
      .filter((grant) => !goneRefs.has(grant.from) && !(goneRefs.has(grant.to) && grant.dialect !== "aws_iam"))
      .flatMap((grant) => {
        if (!removedGrants.has(grant.id)) return [changedCarrier(grant, changes)];
        // A role cannot be without a trust policy; it can be without a statement in it.
        return grant.grantKind === "trust" ? [withDocument(grant, emptyDocument)] : [];
      })
      .filter((grant) => !isStolenCopy(grant, changes)),
  };
}

const isInline = (ref: string): boolean => ref.includes("#inline/");
const emptyDocument = { Version: "2012-10-17", Statement: [] };

const asRevoked = (credential: Credential): Credential => ({
  ...credential,
  facts: { ...credential.facts, status: { known: "revoked", source: credential.sourceId, observedAt: "1970-01-01T00:00:00Z" } },
});

/** After a rotation an outsider holds a value that no longer works. */
const isStolenCopy = (grant: Grant, changes: readonly Change[]): boolean =>
  grant.from.startsWith("external:") &&
  changes.some((change) => change.kind === "rotate_credential" && change.credential === `credential:${grant.to}`);

function changedPolicy(resource: Resource, changes: readonly Change[]): Resource {
  if (resource.kind === "permission_set") return withoutRules(resource, changes);
  if (resource.kind !== "policy") return withOwnPolicy(resource, changes);
  const document = changedDocument(resource.ref, resource.attributes["document"], changes);
  return document === resource.attributes["document"] ? resource : { ...resource, attributes: { ...resource.attributes, document } };
}

function withOwnPolicy(resource: Resource, changes: readonly Change[]): Resource {
  const own = resource.attributes["resourcePolicy"];
  const changed = own === undefined ? own : changedDocument(resource.ref, own, changes);
  return changed === own ? resource : { ...resource, attributes: { ...resource.attributes, resourcePolicy: changed } };
}

/** Rules of a cluster role are known by their place. */
function withoutRules(resource: Resource, changes: readonly Change[]): Resource {
  const rules = resource.attributes["rules"];
  const removed = new Set(
    changes.flatMap((change) => (change.kind === "remove_statement" && change.policy === resource.ref ? [change.statement] : [])),
  );
  if (removed.size === 0 || !Array.isArray(rules)) return resource;
  return { ...resource, attributes: { ...resource.attributes, rules: rules.filter((_, index) => !removed.has(`rule ${index + 1}`)) } };
}

/** Trust policies and policies of resources are on the grant that says whose they are. */
function changedCarrier(grant: Grant, changes: readonly Change[]): Grant {
  if (grant.grantKind !== "trust" && grant.grantKind !== "resource_policy") return grant;
  const document = changedDocument(grant.from, grant.attributes["document"], changes);
  return document === grant.attributes["document"] ? grant : withDocument(grant, document);
}

const withDocument = (grant: Grant, document: unknown): Grant => ({ ...grant, attributes: { ...grant.attributes, document } });

/** Resources may carry their policy as text. */
function asDocument(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function changedDocument(ref: string, document: unknown, changes: readonly Change[]): unknown {
  if (!changes.some((change) => "policy" in change && change.policy === ref)) return document;
  let changed = asDocument(document);
  for (const change of changes) if (change.kind === "narrow_policy" && change.policy === ref) changed = change.document;
  const removed = new Set(
    changes.flatMap((change) => (change.kind === "remove_statement" && change.policy === ref ? [change.statement] : [])),
  );
  const edits = changes.flatMap((change) => (change.kind === "narrow_statement" && change.policy === ref ? [change] : []));
  if (removed.size + edits.length === 0 || !isRecord(changed)) return changed;
  // By the ids of the whole document, whatever goes first.
  const kept = statementsOf(changed).flatMap(({ id, statement }) => {
    if (removed.has(id)) return [];
    const left = edits
      .filter((edit) => edit.statement === id)
      .reduce<unknown>((each, edit) => (each === null ? null : narrowed(each, edit)), statement);
    return left === null ? [] : [left];
  });
  return { ...changed, Statement: kept };
}
