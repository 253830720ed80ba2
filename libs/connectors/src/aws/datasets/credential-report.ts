import type { StatedFact } from "@rollcall/nhi-model";
import { fitRef, grantRef } from "../../observe/collector.ts";
import type { AwsContext } from "../context.ts";
import { accountRef } from "../arn.ts";
import type { ReportUser } from "../credential-report.ts";

const dataset = "credential_report";
/** Neither an export nor an API of IAM says where a copy of a key lies, or whether it leaked. */
const whereabouts: Readonly<Record<string, StatedFact>> = {
  approvedStore: { unknown: "not_collected" },
  storage: { unknown: "not_collected" },
  "exposure.state": { unknown: "not_collected" },
  rotationAutomated: { unknown: "not_offered" },
};

export function normaliseReportUser(context: AwsContext, user: ReportUser, where: string): void {
  const { collector, account } = context;
  collector.add(
    dataset,
    {
      kind: "identity",
      ref: user.arn,
      identityKind: user.root ? "platform" : "service_account",
      name: user.root ? "root user" : user.name,
      provider: "aws",
      account,
      facts: identityFacts(context, user),
      attributes: { ...(user.root ? { awsRoot: true } : {}), ...(user.mfaActive === undefined ? {} : { mfaActive: user.mfaActive }) },
    },
    where,
  );
  if (user.root) {
    // Nothing in IAM grants this: the root user owns its account by definition.
    const to = accountRef(account);
    collector.add(
      dataset,
      { kind: "grant", ref: grantRef(user.arn, "owns", to), dialect: "direct", grantKind: "OWNS", from: user.arn, to },
      where,
    );
  }
  addKeys(context, user, where);
  addPassword(context, user, where);
  addCertificates(context, user, where);
}

function identityFacts(context: AwsContext, user: ReportUser): Record<string, StatedFact> {
  const use = context.useOf(user.arn);
  const signIn = user.passwordEnabled ?? (user.passwordLastUsedAt === undefined ? undefined : true);
  const methods = [...(user.keys.some((key) => key.active) ? ["static_key"] : []), ...(signIn === true ? ["password"] : [])];
  const facts: Record<string, StatedFact> = {
    status: "active",
    "auth.interactiveLoginEnabled": signIn ?? { unknown: "not_offered" },
    "auth.methods": methods,
  };
  if (user.createdAt !== undefined) facts["createdAt"] = user.createdAt;
  if (use?.lastUsedAt !== undefined) facts["usage.lastUsedAt"] = use.lastUsedAt;
  if (use !== undefined) facts["usage.observedDays"] = use.observedDays;
  return facts;
}

function addKeys({ collector }: AwsContext, user: ReportUser, where: string): void {
  for (const key of user.keys) {
    const ref = fitRef(`${user.arn}#access_key/${key.slot}`);
    collector.add(
      dataset,
      {
        kind: "credential",
        ref,
        identityRef: user.arn,
        credentialKind: "access_key",
        name: `Access key ${key.slot}`,
        facts: {
          ...whereabouts,
          status: key.active ? "active" : "inactive",
          static: true,
          hasExpiry: false,
          // The report has one date for "created or last changed": for an access key both are the same moment.
          ...(key.rotatedAt === undefined ? {} : { createdAt: key.rotatedAt, lastRotatedAt: key.rotatedAt }),
          ...(key.lastUsedAt === undefined ? {} : { lastUsedAt: key.lastUsedAt }),
        },
      },
      where,
    );
    if (key.lastUsedAt === undefined || key.lastUsedService === undefined) continue;
    collector.add(
      dataset,
      {
        kind: "usage",
        ref: `${ref}/use`,
        identityRef: user.arn,
        credentialRef: ref,
        service: key.lastUsedService,
        lastUsedAt: key.lastUsedAt,
        attributes: { basis: "access key last used" },
      },
      where,
    );
  }
}

function addPassword({ collector }: AwsContext, user: ReportUser, where: string): void {
  if (user.passwordEnabled !== true) return;
  collector.add(
    dataset,
    {
      kind: "credential",
      ref: fitRef(`${user.arn}#password`),
      identityRef: user.arn,
      credentialKind: "password",
      name: "Console password",
      facts: {
        ...whereabouts,
        status: "active",
        static: true,
        hasExpiry: user.passwordExpiresAt !== undefined,
        ...(user.passwordExpiresAt === undefined ? {} : { expiresAt: user.passwordExpiresAt }),
        ...(user.passwordChangedAt === undefined ? {} : { lastRotatedAt: user.passwordChangedAt }),
        ...(user.passwordLastUsedAt === undefined ? {} : { lastUsedAt: user.passwordLastUsedAt }),
      },
    },
    where,
  );
}

function addCertificates({ collector }: AwsContext, user: ReportUser, where: string): void {
  for (const certificate of user.certificates) {
    collector.add(
      dataset,
      {
        kind: "credential",
        ref: fitRef(`${user.arn}#certificate/${certificate.slot}`),
        identityRef: user.arn,
        credentialKind: "x509_certificate",
        name: `Signing certificate ${certificate.slot}`,
        facts: {
          ...whereabouts,
          status: certificate.active ? "active" : "inactive",
          static: true,
          expiresAt: { unknown: "not_collected" },
          ...(certificate.rotatedAt === undefined ? {} : { createdAt: certificate.rotatedAt, lastRotatedAt: certificate.rotatedAt }),
        },
      },
      where,
    );
  }
}
