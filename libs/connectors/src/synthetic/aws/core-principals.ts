import { agoLately, awsAccountOf, clusterOf } from "../estate.ts";
import type { AwsAccount, World } from "../estate.ts";
import { presentOwner } from "../governance.ts";
import { COMPANY } from "../names.ts";
import { digitsOf, hexOf } from "../random.ts";
import {
  allow,
  bucketArn,
  documentOf,
  iamArn,
  managedArn,
  REGION,
  trustAccount,
  trustCluster,
  trustGithub,
  trustRole,
  trustService,
  trustVendor,
} from "./policy.ts";
import type { AwsPrincipal } from "./principal.ts";

export const eksIssuer = (seed: number, cluster: string): string =>
  `oidc.eks.${REGION}.amazonaws.com/id/${hexOf(32, seed, "eks", cluster).toUpperCase()}`;

/** Service accounts of a cluster that sign in to AWS, with the namespace they live in. */
export const CLOUD_SERVICE_ACCOUNTS = [
  { namespace: "external-dns", name: "external-dns", role: "external-dns" },
  { namespace: "cert-manager", name: "cert-manager", role: "cert-manager" },
  { namespace: "kube-system", name: "cluster-autoscaler", role: "cluster-autoscaler" },
  { namespace: "external-secrets", name: "external-secrets", role: "external-secrets" },
] as const;

export const irsaRoleName = (cluster: string, role: string): string => `${cluster}-${role}`;
export const vendorAccountId = (vendor: string): string => digitsOf(12, "vendor", vendor);

const irsaStatements = {
  "external-dns": [allow("Records", ["route53:ChangeResourceRecordSets", "route53:ListHostedZones"], ["*"])],
  "cert-manager": [allow("Challenge", ["route53:ChangeResourceRecordSets", "route53:GetChange"], ["*"])],
  "cluster-autoscaler": [allow("Scale", ["autoscaling:SetDesiredCapacity", "autoscaling:DescribeAutoScalingGroups"], ["*"])],
  "external-secrets": [allow("Fetch", ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], ["*"])],
} as const;

const irsaRoles = (world: World, account: AwsAccount): AwsPrincipal[] =>
  Array.from({ length: world.clusters }, (_, index) => clusterOf(world, index))
    .filter((cluster) => cluster.awsAccount.index === account.index)
    .flatMap((cluster) =>
      CLOUD_SERVICE_ACCOUNTS.map((sa): AwsPrincipal => ({
        type: "role",
        name: irsaRoleName(cluster.name, sa.role),
        serviceIndex: 4,
        bornDaysAgo: 420,
        quietSinceDaysAgo: 0,
        trust: trustCluster(account.id, eksIssuer(world.seed, cluster.name), `${sa.namespace}:${sa.name}`),
        inline: [{ name: sa.role, statements: irsaStatements[sa.role] }],
      })),
    );

const owned = (world: World, index: number): Pick<AwsPrincipal, "ownership" | "registered"> => ({
  ownership: presentOwner(world, index),
  registered: true,
});

/** Who may administer the account. */
const administrators = (world: World, account: AwsAccount): readonly AwsPrincipal[] => {
  const management = awsAccountOf(world, 4);
  const isManagement = account.index === management.index;
  return [
    {
      type: "role",
      name: "terraform-apply",
      serviceIndex: 4,
      bornDaysAgo: 900,
      quietSinceDaysAgo: 0,
      ...owned(world, 3),
      attached: [managedArn("AdministratorAccess")],
      trust: isManagement
        ? trustGithub(account.id, `repo:${COMPANY}/landing-zone:environment:production`)
        : trustRole(iamArn(management.id, "role", "terraform-apply")),
      facts: {
        "managed.isPlatformManaged": true,
        "managed.scopeStatement": "docs/landing-zone#terraform",
        "managed.revocationAuthority": "security on-call",
        "managed.revocationRunbook": "runbooks/revoke/terraform-apply",
        ...(account.index % 3 === 2 ? {} : { "managed.revocationTestedAt": agoLately(world, 45 + account.index, 180) }),
      },
    },
    {
      type: "role",
      name: "break-glass-admin",
      serviceIndex: 9,
      bornDaysAgo: 1100,
      quietSinceDaysAgo: 35,
      ...owned(world, 9),
      attached: [managedArn("AdministratorAccess")],
      trust: trustAccount(management.id),
      facts: { purpose: "Emergency access, sealed", "access.jitSupported": true },
    },
    {
      type: "role",
      name: "engineer-sso",
      serviceIndex: 14,
      bornDaysAgo: 800,
      quietSinceDaysAgo: 0,
      ...owned(world, 14),
      attached: [managedArn(account.stage === "prod" ? "job-function/ViewOnlyAccess" : "PowerUserAccess")],
      trust: documentOf({
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${account.id}:saml-provider/fernhollow-sso` },
        Action: "sts:AssumeRoleWithSAML",
        Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml", "SAML:namequalifier": "fernhollow-sso" } },
      }),
    },
  ];
};

/** Who looks at it, keeps its backups or its logs. */
const readers = (world: World, account: AwsAccount): readonly AwsPrincipal[] => {
  const management = awsAccountOf(world, 4);
  return [
    {
      type: "role",
      name: "security-audit",
      serviceIndex: 19,
      bornDaysAgo: 900,
      quietSinceDaysAgo: 0,
      ...owned(world, 19),
      attached: [managedArn("SecurityAudit")],
      trust: trustAccount(management.id),
    },
    {
      type: "role",
      name: "kite-posture-reader",
      serviceIndex: 19,
      bornDaysAgo: 300,
      quietSinceDaysAgo: 0,
      ...owned(world, 24),
      attached: [managedArn("SecurityAudit")],
      trust: trustVendor(vendorAccountId("Cloudposture Kite"), hexOf(20, world.seed, "external-id", account.index)),
      facts: { "thirdParty.vendorStatus": "active", "thirdParty.vettedAt": agoLately(world, 140, 365) },
    },
    {
      type: "role",
      name: "backup-vault",
      serviceIndex: 4,
      bornDaysAgo: 640,
      quietSinceDaysAgo: 0,
      ...owned(world, 29),
      trust: trustService("backup.amazonaws.com"),
      attached: [managedArn("service-role/AWSBackupServiceRolePolicyForBackup")],
    },
  ];
};

const automation = (world: World, account: AwsAccount): readonly AwsPrincipal[] => {
  return [
    {
      type: "role",
      name: "log-archive",
      serviceIndex: 9,
      bornDaysAgo: 640,
      quietSinceDaysAgo: 0,
      trust: trustService("lambda.amazonaws.com"),
      inline: [{ name: "archive", statements: [allow("Archive", ["s3:PutObject"], [`${bucketArn(account, "audit-logs")}/*`])] }],
    },
    {
      type: "user",
      name: "svc-artifact-mirror",
      serviceIndex: 4,
      bornDaysAgo: 500,
      quietSinceDaysAgo: 0,
      groups: ["automation"],
      keys: [{ bornDaysAgo: 500, rotateEveryDays: 60, quietSinceDaysAgo: 0 }],
    },
    ...(account.index === 0
      ? [
          {
            type: "role",
            name: "analytics-export-reader",
            serviceIndex: 25,
            bornDaysAgo: 255,
            quietSinceDaysAgo: 0,
            ...owned(world, 34),
            trust: trustRole(iamArn(awsAccountOf(world, 2).id, "role", "notebook-sandbox")),
            inline: [
              { name: "exports", statements: [allow("Exports", ["s3:GetObject"], [`${bucketArn(account, "payments-api")}/exports/*`])] },
            ],
          } as const,
        ]
      : []),
    ...irsaRoles(world, account),
  ];
};

/** Principals of the landing zone: the same in every account. */
export const corePrincipals = (world: World, account: AwsAccount): readonly AwsPrincipal[] => [
  ...administrators(world, account),
  ...readers(world, account),
  ...automation(world, account),
];
