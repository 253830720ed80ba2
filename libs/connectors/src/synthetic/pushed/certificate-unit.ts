import type { Unit, World } from "../estate.ts";
import { ordinaryLife, presentOwner } from "../governance.ts";
import { COMPANY, serviceName } from "../names.ts";
import type { CredentialSpec, Nhi } from "../nhi.ts";
import type { Story } from "../unit.ts";
import { pushedNhi, pushedUnit } from "./pushed-unit.ts";

const accountOf = (world: World): string => `pki:${world.prefix}${COMPANY}`;

/** Three generations of one PKI: short-lived from the mesh, a year by ACME, two years by hand. */
const certificateOf = (world: World, ref: string, bornDaysAgo: number): CredentialSpec => {
  const roll = world.random("pki", ref).next();
  const base = { ref: `${ref}#certificate`, credentialKind: "x509_certificate", bornDaysAgo, static: false } as const;
  const sound = { algorithm: "RSA", keyBits: 2048, selfSigned: false };
  if (roll < 0.5)
    return {
      ...base,
      rotateEveryDays: 1,
      lifetimeDays: 2,
      facts: { ...sound, algorithm: "ECDSA", keyBits: 256, rotationAutomated: true, kind: "x509_svid", sanUriCount: 1 },
    };
  if (roll < 0.85) return { ...base, rotateEveryDays: 60, lifetimeDays: 90, facts: { ...sound, rotationAutomated: true } };
  return { ...base, rotateEveryDays: 360, lifetimeDays: 397, facts: { ...sound, rotationAutomated: false } };
};

const ordinary = (world: World, n: number): Nhi => {
  const device = n % 5 === 4;
  const name = device ? `scanner-${String(100 + n)}` : serviceName(n);
  const ref = `${accountOf(world)}/${device ? "device" : "service"}/${name}`;
  const life = ordinaryLife(world, ref);
  return pushedNhi(world, accountOf(world), {
    ref,
    identityKind: device ? "device" : "workload",
    name: device ? `warehouse ${name}` : `${name} (mesh)`,
    serviceIndex: n,
    bornDaysAgo: life.bornDaysAgo,
    environment: "prod",
    facts: { "auth.methods": ["mtls"] },
    credentials: [certificateOf(world, ref, life.bornDaysAgo)],
  });
};

const planted = (world: World, slug: string, name: string, spec: Omit<CredentialSpec, "ref" | "credentialKind" | "static">): Nhi => {
  const ref = `${accountOf(world)}/service/${slug}`;
  return pushedNhi(world, accountOf(world), {
    ref,
    identityKind: "workload",
    name,
    serviceIndex: 4,
    bornDaysAgo: 900,
    environment: "prod",
    ownership: presentOwner(world, 162),
    registered: true,
    facts: { "auth.methods": ["mtls"] },
    credentials: [{ ref: `${ref}#certificate`, credentialKind: "x509_certificate", static: false, ...spec }],
  });
};

const expiredCertificateStory = (world: World): Story => ({
  id: "expired-certificate",
  title: "Certificate of edge-mtls-gateway expired 12 days ago and is still in use",
  ruleIds: ["CERT-001"],
  sinceDaysAgo: 42,
  nhi: () =>
    planted(world, "edge-mtls-gateway", "edge-mtls-gateway", {
      bornDaysAgo: 377,
      rotateEveryDays: 0,
      lifetimeDays: 365,
      facts: { algorithm: "RSA", keyBits: 2048, selfSigned: false, rotationAutomated: false },
    }),
});

const weakCertificateStory = (world: World): Story => ({
  id: "weak-certificate",
  title: "Partner gateway presents a self-signed 1024-bit certificate in production",
  ruleIds: ["CERT-002"],
  sinceDaysAgo: 500,
  nhi: () =>
    planted(world, "partner-edi-gateway", "partner-edi-gateway", {
      bornDaysAgo: 600,
      rotateEveryDays: 0,
      lifetimeDays: 3650,
      facts: { algorithm: "RSA", keyBits: 1024, selfSigned: true, rotationAutomated: false },
    }),
});

const svidTwoUrisStory = (world: World): Story => ({
  id: "svid-two-uris",
  title: "SVID of legacy-mesh-proxy carries two URI names",
  ruleIds: ["CERT-003"],
  sinceDaysAgo: 140,
  nhi: () =>
    planted(world, "legacy-mesh-proxy", "legacy-mesh-proxy", {
      bornDaysAgo: 140,
      rotateEveryDays: 1,
      lifetimeDays: 2,
      facts: { kind: "x509_svid", algorithm: "ECDSA", keyBits: 256, selfSigned: false, sanUriCount: 2, rotationAutomated: true },
    }),
});

const expiredAndRenewedStory = (world: World): Story => ({
  id: "expired-and-renewed",
  title: "Certificate of returns-portal had expired, and was renewed",
  ruleIds: ["CERT-001"],
  sinceDaysAgo: 62,
  fixedDaysAgo: 31,
  nhi: (present) =>
    planted(
      world,
      "returns-portal",
      "returns-portal",
      present
        ? {
            bornDaysAgo: 400,
            rotateEveryDays: 0,
            lifetimeDays: 338,
            facts: { algorithm: "RSA", keyBits: 2048, selfSigned: false, rotationAutomated: false },
          }
        : {
            bornDaysAgo: 31,
            rotateEveryDays: 0,
            lifetimeDays: 397,
            facts: { algorithm: "RSA", keyBits: 2048, selfSigned: false, rotationAutomated: true },
          },
    ),
});

const stories = (world: World): readonly Story[] => [
  expiredCertificateStory(world),
  weakCertificateStory(world),
  svidTwoUrisStory(world),
  expiredAndRenewedStory(world),
];

export const certificateUnit = (world: World, identities: number): Unit =>
  pushedUnit(world, {
    account: accountOf(world),
    sourceName: `PKI ${world.prefix}${COMPANY}`,
    identities,
    stories: stories(world),
    ordinary: (n) => ordinary(world, n),
  });
