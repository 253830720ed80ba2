import type { StatedFact } from "@rollcall/nhi-model";
import { asObject, asString } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import { fitRef, grantRef } from "../../observe/collector.ts";
import { environmentOf } from "../../observe/tag-facts.ts";
import { readCertificate } from "../certificate.ts";
import { heldValues } from "../held-values.ts";
import type { K8sContext } from "../context.ts";
import { namespaceOf, refOf, serviceAccountRef } from "../context.ts";
import type { K8sObject } from "../read-objects.ts";
import { k8sRef } from "../refs.ts";
import { tagsOf } from "./service-accounts.ts";

const dataset = "secrets";
const sensitivity = { weight: 60, reason: "A stored secret: whoever reads it can act as its holder" };

/** Types of which the content is taken apart below. */
const handled: ReadonlySet<string> = new Set([
  "kubernetes.io/service-account-token",
  "kubernetes.io/tls",
  "kubernetes.io/dockerconfigjson",
  "kubernetes.io/dockercfg",
]);

/** Names of the keys and the type of a Secret. A value is read only to take a keyed fingerprint or the public part of a certificate, then dropped. */
export function normaliseSecret(context: K8sContext, object: K8sObject): void {
  const { collector, cluster } = context;
  const ref = refOf(context, object);
  const namespace = namespaceOf(context, object) ?? context.homeNamespace;
  const type = asString(object.raw["type"]) ?? "Opaque";
  const environment = environmentOf(tagsOf(object)) ?? context.environmentOfNamespace.get(namespace);
  const createdAt = readInstant(object.createdAt);
  const account = type === "kubernetes.io/service-account-token" ? object.annotations.get("kubernetes.io/service-account.name") : undefined;
  const keys = [
    ...new Set([...Object.keys(asObject(object.raw["data"]) ?? {}), ...Object.keys(asObject(object.raw["stringData"]) ?? {})]),
  ].sort();
  collector.add(
    dataset,
    {
      kind: "resource",
      ref,
      resourceKind: "secret",
      name: `${namespace}/${object.name}`,
      provider: "kubernetes",
      account: cluster,
      sensitivity,
      ...(environment === undefined ? {} : { environment }),
      attributes: {
        namespace,
        secretType: type,
        keys: keys.map((key) => key.slice(0, 253)),
        ...(handled.has(type)
          ? {}
          : heldValues(
              keys.map((key) => valueOf(object.raw, key) ?? ""),
              context.fingerprint,
            )),
        ...(createdAt === undefined ? {} : { createdAt }),
        ...(account === undefined ? {} : { serviceAccountRef: serviceAccountRef(context, namespace, account) }),
      },
    },
    object.where,
  );
  if (account !== undefined) addToken(context, object, { place: { ref, namespace, createdAt }, account });
  else if (type === "kubernetes.io/tls") addCertificate(context, object, { ref, namespace, createdAt });
  else if (type === "kubernetes.io/dockerconfigjson" || type === "kubernetes.io/dockercfg")
    addRegistryLogin(context, object, { ref, namespace, createdAt });
}

interface Place {
  readonly ref: string;
  readonly namespace: string;
  readonly createdAt: string | undefined;
}

const stored: Readonly<Record<string, StatedFact>> = {
  status: "active",
  storage: "platform",
  approvedStore: { unknown: "not_offered" },
  rotationAutomated: { unknown: "not_offered" },
  "exposure.state": { unknown: "not_collected" },
};
const datesOf = ({ createdAt }: Place): Record<string, StatedFact> =>
  createdAt === undefined ? {} : { createdAt, lastRotatedAt: createdAt };

/** Named by a workload but not listed: it exists all the same, and somebody reads it. */
export function addNamedSecret(
  context: K8sContext,
  secret: { namespace: string; name: string },
  source: { dataset: string; where: string },
): string {
  const ref = k8sRef(context.cluster, { ...secret, kind: "Secret" });
  if (!context.collector.has(dataset, "resource", ref)) {
    context.collector.ensure(
      source.dataset,
      {
        kind: "resource",
        ref,
        resourceKind: "secret",
        name: `${secret.namespace}/${secret.name}`,
        provider: "kubernetes",
        account: context.cluster,
        sensitivity,
        attributes: { namespace: secret.namespace, listed: false },
      },
      source.where,
    );
  }
  return ref;
}

/** A token Secret is the old kind of service account token: it never expires. */
function addToken(context: K8sContext, object: K8sObject, { place, account }: { place: Place; account: string }): void {
  const token = valueOf(object.raw, "token");
  const lastUsedAt = readInstant(object.labels.get("kubernetes.io/legacy-token-last-used"));
  addCredential(context, object, {
    place,
    credentialKind: "token",
    identityRef: serviceAccountRef(context, place.namespace, account),
    name: "Service account token (Secret)",
    fingerprint: token === undefined ? null : context.fingerprint(token),
    facts: { ...stored, ...datesOf(place), static: true, hasExpiry: false, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) },
  });
}

/** The identity is the one that the certificate names: a server or client, not the Secret. */
function addCertificate(context: K8sContext, object: K8sObject, place: Place): void {
  const certificate = readCertificate(valueOf(object.raw, "tls.crt"));
  const subject = certificate?.subject ?? `${place.namespace}/${object.name}`;
  const identityRef = derivedIdentity(context, object, {
    place,
    suffix: "subject",
    identityKind: "workload",
    name: subject,
    method: "mtls",
  });
  addCredential(context, object, {
    place,
    credentialKind: "x509_certificate",
    identityRef,
    name: subject,
    fingerprint: certificate?.fingerprint ?? null,
    facts: {
      ...stored,
      ...datesOf(place),
      static: true,
      hasExpiry: true,
      ...(certificate?.facts ?? { expiresAt: { unknown: "not_collected" } }),
    },
  });
}

function addRegistryLogin(context: K8sContext, object: K8sObject, place: Place): void {
  const identityRef = derivedIdentity(context, object, {
    place,
    suffix: "registry",
    identityKind: "api_client",
    name: `Registry login ${place.namespace}/${object.name}`,
    method: "password",
  });
  addCredential(context, object, {
    place,
    credentialKind: "password",
    identityRef,
    name: "Image registry login",
    fingerprint: null,
    facts: { ...stored, ...datesOf(place), static: true, hasExpiry: { unknown: "not_offered" } },
  });
}

function derivedIdentity(
  context: K8sContext,
  object: K8sObject,
  about: { place: Place; suffix: string; identityKind: "workload" | "api_client"; name: string; method: string },
): string {
  const ref = fitRef(`${about.place.ref}#${about.suffix}`);
  context.collector.add(
    dataset,
    {
      kind: "identity",
      ref,
      identityKind: about.identityKind,
      name: about.name.slice(0, 512),
      provider: "kubernetes",
      account: context.cluster,
      facts: {
        status: "active",
        "auth.methods": [about.method],
        "auth.interactiveLoginEnabled": false,
        "usage.lastUsedAt": { unknown: "not_offered" },
      },
      attributes: { namespace: about.place.namespace, derivedFrom: about.place.ref },
    },
    object.where,
  );
  return ref;
}

interface HeldCredential {
  readonly place: Place;
  readonly credentialKind: "token" | "x509_certificate" | "password";
  readonly identityRef: string;
  readonly name: string;
  readonly fingerprint: string | null;
  readonly facts: Record<string, StatedFact>;
}

/** The credential, and that the Secret holds it: whoever can read the Secret has the credential. */
function addCredential(context: K8sContext, object: K8sObject, held: HeldCredential): void {
  const ref = fitRef(`${held.place.ref}#credential`);
  context.collector.add(
    dataset,
    {
      kind: "credential",
      ref,
      identityRef: held.identityRef,
      credentialKind: held.credentialKind,
      name: held.name.slice(0, 512),
      ...(held.fingerprint === null ? {} : { fingerprint: held.fingerprint }),
      facts: held.facts,
    },
    object.where,
  );
  context.collector.add(
    dataset,
    { kind: "grant", ref: grantRef(held.place.ref, "stores", ref), dialect: "direct", grantKind: "STORES", from: held.place.ref, to: ref },
    object.where,
  );
}

function valueOf(raw: Json, key: string): string | undefined {
  const plain = asString(asObject(raw["stringData"])?.[key]);
  const encoded = asString(asObject(raw["data"])?.[key]);
  return plain ?? (encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8"));
}
